/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Changes of one task. Each call changes something: the kernel skips calls that change nothing. */
#include <sys/resource.h>
#include "storm.h"
#include "util/affinity.h"

#define CLASS_EXT 7 /* SCHED_EXT */

/* Half of the masks are one CPU, a quarter are any CPUs, a quarter are all. */
static struct affinity draw_mask(const struct storm *s, uint64_t how)
{
	uint64_t bits = how >> 8, nth = bits % s->cpus;
	struct affinity mask = { 0 };

	for (int i = 0; i < s->cpus; i++)
		if (how % 4 == 3 || (how % 4 == 2 ? bits >> i % 56 & 1 : (uint64_t)i == nth))
			affinity_add(&mask, s->cpu[i]);
	return mask;
}

bool change_affinity(const struct storm *s, const struct target *t, uint64_t how)
{
	struct affinity mask = draw_mask(s, how);

	return !affinity_set_of(t->tid, &mask);
}

bool change_policy(struct target *t, uint64_t how)
{
	static const int policies[] = { SCHED_OTHER, SCHED_BATCH, SCHED_IDLE, CLASS_EXT };
	int next = (t->policy + 1 + how % 3) % 4;

	if (sched_setscheduler(t->tid, policies[next], &(struct sched_param){ 0 }))
		return false;
	t->policy = next;
	return true;
}

bool change_nice(struct target *t, uint64_t how)
{
	int nice = (t->nice + 20 + 1 + (int)(how % 39)) % 40 - 20;

	if (setpriority(PRIO_PROCESS, t->tid, nice))
		return false;
	t->nice = nice;
	return true;
}

enum outcome affinity_change(struct storm *s, struct draw draw)
{
	enum outcome outcome;
	struct target *t = watch_pick(s, draw.who, &outcome);

	return change_affinity(s, t, draw.how) ? outcome : REFUSED;
}

enum outcome policy_change(struct storm *s, struct draw draw)
{
	enum outcome outcome;
	struct target *t = watch_pick(s, draw.who, &outcome);

	return change_policy(t, draw.how) ? outcome : REFUSED;
}

enum outcome nice_change(struct storm *s, struct draw draw)
{
	enum outcome outcome;
	struct target *t = watch_pick(s, draw.who, &outcome);

	return change_nice(t, draw.how) ? outcome : REFUSED;
}

/* Into FIFO and back. Only this one task is there, below the drivers, so it can't lock up the machine. */
enum outcome fifo_change(struct storm *s, struct draw draw)
{
	enum outcome outcome;
	struct target *t = watch_pick(s, draw.who, &outcome);

	if (sched_setscheduler(t->tid, SCHED_FIFO, &(struct sched_param){ .sched_priority = 1 }))
		return REFUSED;
	sched_setscheduler(t->tid, SCHED_OTHER, &(struct sched_param){ 0 });
	t->policy = 0;
	return outcome;
}
