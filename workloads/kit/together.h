/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Groups of tasks that begin together and end at one time. Each group has a process of its own, which forks
 * its tasks: what a process can't undo, such as a cookie, stays with it.
 */
#pragma once
#include <errno.h>
#include <stdbool.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "../kit.h"

/* In memory that all of them share. */
struct together {
	long seconds;	     /* from the release on: the caller's to set */
	struct timespec end; /* set before any is released */
};

/* What a group, or a task of it, does in its own process, which then ends with success. */
typedef void together_act(long number, int gate, void *arg);

/* In a task: returns when all are released. */
static inline void together_wait(int gate)
{
	char c;

	if (read(gate, &c, 1)) /* the end of the file is the sign */
		_exit(1);
}

static inline bool together_goes_on(const struct together *t)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec < t->end.tv_sec || (now.tv_sec == t->end.tv_sec && now.tv_nsec < t->end.tv_nsec);
}

/* True when all children of the caller succeeded. */
static inline bool together_reap(void)
{
	bool well = true;
	int status;

	while (wait(&status) > 0)
		well = well && !status;
	return well;
}

/* So many children that each act, on one end of the gate; the other, where it is open, is shut in them. 0, or
 * what kit_fail() returns. */
static inline int together_fork(long nr, const int gate[2], together_act *act, void *arg)
{
	for (long i = 0; i < nr; i++) {
		pid_t pid = fork();

		if (!pid) {
			if (gate[1] >= 0)
				close(gate[1]);
			act(i, gate[0], arg);
			_exit(0);
		}
		if (pid < 0)
			return kit_fail("fork: %s", strerror(errno));
	}
	return 0;
}

/* The tasks of a group, in its process, which ends when they have. */
static inline void together_tasks(long nr, int gate, together_act *task, void *arg)
{
	_exit(together_fork(nr, (int[]){ gate, -1 }, task, arg) || !together_reap());
}

/* All groups, released for t->seconds; then together_reap(). 0, or what kit_fail() returns. */
static inline int together_start(struct together *t, long nr, together_act *group, void *arg)
{
	int gate[2], err;

	if (pipe(gate))
		return kit_fail("pipe: %s", strerror(errno));
	err = together_fork(nr, gate, group, arg);
	clock_gettime(CLOCK_MONOTONIC, &t->end);
	t->end.tv_sec += t->seconds;
	close(gate[1]);
	return err;
}
