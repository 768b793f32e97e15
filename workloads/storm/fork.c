/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Short-lived children: they are changed while they are new, wait, exec another program and exit. */
#include <signal.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include "storm.h"

#define CHILDREN 8

static struct target child[CHILDREN]; /* pid 0: a free place */

static void fork_live(uint64_t how, pid_t parent)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(1);
	for (uint64_t turns = how >> 24 & 3; turns; turns--) {
		task_burn(how % 4000);
		sched_yield();
	}
	if (how >> 16 & 1)
		execl("/bin/true", "true", (char *)NULL);
	_exit(0);
}

static void fork_make(struct target *c, uint64_t how)
{
	pid_t parent = getpid(), pid = fork();

	if (pid == 0)
		fork_live(how, parent);
	if (pid > 0)
		*c = (struct target){ .pid = pid, .tid = pid, .pidfd = pidfd_open(pid, 0) };
}

/* Frees the place of a child that has ended. */
static void fork_reap(struct target *c, int flags)
{
	if (!c->pid || waitpid(c->pid, NULL, flags) != c->pid)
		return;
	close(c->pidfd);
	c->pid = 0;
}

/* A new child if the drawn place is free; else the first from there on that is in custody now, or the drawn
 * one. */
static struct target *fork_choose(uint64_t who, enum outcome *outcome)
{
	struct target *c = &child[who % CHILDREN];

	fork_reap(c, WNOHANG);
	if (!c->pid)
		fork_make(c, who >> 8);
	for (int i = 0; c->pid && i < CHILDREN; i++) {
		struct target *other = &child[(who + i) % CHILDREN];

		*outcome = CAUGHT;
		if (other->pid && watch_in_custody(other))
			return other;
	}
	*outcome = DONE;
	return c;
}

enum outcome fork_change(struct storm *s, struct draw draw)
{
	enum outcome outcome;
	struct target *c = fork_choose(draw.who, &outcome);
	bool done;

	if (!c->pid)
		return REFUSED;
	switch (draw.how % 4) {
	case 0:
		done = change_affinity(s, c, draw.how >> 2);
		break;
	case 1:
		done = change_policy(c, draw.how >> 2);
		break;
	case 2:
		done = change_nice(c, draw.how >> 2);
		break;
	default:
		done = change_group(c, draw.how >> 2);
	}
	return done ? outcome : REFUSED;
}

/* After the other tasks have ended: beside them, a child with the least weight would take minutes to die. */
void fork_end(void)
{
	for (int i = 0; i < CHILDREN; i++) {
		if (child[i].pid)
			kill(child[i].pid, SIGKILL);
		fork_reap(&child[i], 0);
	}
}
