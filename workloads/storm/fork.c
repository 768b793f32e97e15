/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Children that hardly live: they are changed while they are new, wait, become another program and exit. */
#include <signal.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include "storm.h"

#define CHILDREN 8

static struct target child[CHILDREN]; /* pid 0: a free place */

static void live(uint64_t how, pid_t parent)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(1);
	task_burn(how % 4000);
	if (how >> 16 & 1)
		execl("/bin/true", "true", (char *)NULL);
	_exit(0);
}

static void make(struct target *c, uint64_t how)
{
	pid_t parent = getpid(), pid = fork();

	if (pid == 0)
		live(how, parent);
	if (pid > 0)
		*c = (struct target){ .pid = pid, .tid = pid, .pidfd = pidfd_open(pid, 0) };
}

/* Frees the place of one that has ended. */
static void reap(struct target *c, int flags)
{
	if (!c->pid || waitpid(c->pid, NULL, flags) != c->pid)
		return;
	close(c->pidfd);
	c->pid = 0;
}

enum outcome fork_change(struct storm *s, struct draw draw)
{
	struct target *c = &child[draw.who % CHILDREN];
	enum outcome outcome;
	bool done;

	reap(c, WNOHANG);
	if (!c->pid)
		make(c, draw.who >> 8);
	if (!c->pid)
		return REFUSED;
	outcome = watch_in_custody(c) ? CAUGHT : DONE;
	switch (draw.how % 4) {
	case 0: done = change_affinity(s, c, draw.how >> 2); break;
	case 1: done = change_policy(c, draw.how >> 2); break;
	case 2: done = change_nice(c, draw.how >> 2); break;
	default: done = change_group(c, draw.how >> 2);
	}
	return done ? outcome : REFUSED;
}

void fork_end(void)
{
	for (int i = 0; i < CHILDREN; i++) {
		if (child[i].pid)
			kill(child[i].pid, SIGKILL);
		reap(&child[i], 0);
	}
}
