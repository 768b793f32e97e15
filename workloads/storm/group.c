/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Groups s0 to s3, with the cpu controller: without it a group has no weight, and schedulers are not notified
 * when a task moves.
 */
#include <stdio.h>
#include "../kit/group.h"
#include "../kit/undo.h"
#include "storm.h"

static const char *const name[STORM_GROUPS] = { "s0", "s1", "s2", "s3" };

const char *groups_begin(struct storm *s, pid_t guard)
{
	const char *why = group_begin();
	int place = 0;

	for (int i = 0; !why && i < STORM_GROUPS; i++)
		why = group_make(name[i]);
	if (!why)
		why = group_leave_own(name[0], guard);
	if (why)
		return why;
	for (struct target *t = s->target; t < s->target + s->nr_targets; t++) {
		t->group = t->tid == t->pid ? place++ % STORM_GROUPS : t[-1].group;
		if (t->tid == t->pid && !group_enter(name[t->group], t->pid))
			return "a task can't be moved into a group";
	}
	return group_take_cpu();
}

bool change_group(struct target *t, uint64_t how)
{
	int next = (t->group + 1 + how % (STORM_GROUPS - 1)) % STORM_GROUPS;

	if (!group_enter(name[next], t->pid))
		return false;
	t->group = next;
	return true;
}

/* A process moves with all its threads; the first of these has the group. */
static struct target *leader(struct storm *s, struct target *t)
{
	while (t > s->target && t->tid != t->pid)
		t--;
	return t;
}

enum outcome cgroup_change(struct storm *s, struct draw draw)
{
	enum outcome outcome;
	struct target *t = watch_pick(s, draw.who, &outcome);

	return change_group(leader(s, t), draw.how) ? outcome : REFUSED;
}

enum outcome cgweight_change(struct storm *s, struct draw draw)
{
	enum outcome outcome;
	struct target *t = watch_pick(s, draw.who, &outcome);
	char weight[16];

	snprintf(weight, sizeof(weight), "%d", (int)(1 + draw.how % 10000));
	return write_text(group_file(name[leader(s, t)->group], "cpu.weight"), weight) ? outcome : REFUSED;
}
