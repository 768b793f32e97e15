/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the programs beside this have in common. */
#pragma once
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "control/control.h"

static inline double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec + t.tv_nsec / 1e9;
}

/* Also when a signal comes. */
static inline void rest(double seconds)
{
	double end = now() + seconds, left;

	while ((left = end - now()) > 0)
		nanosleep(&(struct timespec){ (time_t)left, (long)((left - (time_t)left) * 1e9) }, NULL);
}

static inline int set(struct control *c, const char *target, const char *word)
{
	char *words[] = { (char *)word, NULL };
	struct target t;
	int err = target_parse(target, &t);

	return err ? err : control_set(c, &t, words);
}

static inline int reset(struct control *c, const char *target)
{
	struct target t;
	int err = target_parse(target, &t);

	return err ? err : control_reset(c, &t);
}

static inline pid_t start(void (*body)(void *arg), void *arg)
{
	pid_t pid = fork();

	if (pid)
		return pid;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	body(arg);
	_exit(0);
}

static inline void end(pid_t pid)
{
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

static inline void burn(void *arg)
{
	(void)arg;
	for (;;)
		;
}
