/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What vtime keeps of a task, its weight (that of nice, or as set), its slice, and how its time is charged.
 */
#ifndef VTIME_WEIGHTS_BPF_H
#define VTIME_WEIGHTS_BPF_H

#include "policy.bpf.h"
#include "groups.bpf.h"
#include "lanes.bpf.h"

SCXB_KNOB(u64, slice_us, 3000, 100, 1000000, "time that a task may run before the next one, in us");

#define SHORTEST_SLICE (NSEC_PER_USEC * 500)

struct task {
	u64 word;  /* the ledger's; dsq_vtime is not free here */
	u64 vtime; /* by the clock of its lane */
	u64 exec;  /* se.sum_exec_runtime as far as it was charged */
	u64 waits; /* since when it waits for a CPU, across property changes; 0: it does not wait */
	u64 gives; /* what was left of its slice when it yielded; 0: it did not */
	u32 ruled; /* the rules' found when weight was computed */
	u32 early; /* by so much its slice was set shorter than the policy's, in ns */
	u32 lane;
	u32 weight;
	u32 group;
	u32 counted; /* with so much, in the sum of the group; 0: it is not runnable */
};

SCXB_TASKS;
_Static_assert(sizeof(struct task) <= 64, "a machine may have a million tasks");

static __always_inline void set_weight(struct task *t, u64 weight)
{
	struct lane *lane = lane_at(t->lane);
	u64 old = t->weight;

	t->weight = weight ?: 1;
	if (scxb_before(lane->clock, t->vtime))
		t->vtime = lane->clock + (t->vtime - lane->clock) * old / t->weight;
}

static __always_inline u64 own_weight(struct scxb_rules *r, struct task_struct *p)
{
	u64 weight = p->scx.weight;

	barrier_var(weight); /* one load from either pointer would not verify */
	return scxb_rule_is_set(r, weight) ? scxb_rule_value(r, weight) : weight;
}

/* The task is runnable. */
static __always_inline void count_in(struct task *t)
{
	if (t->counted)
		return;
	t->counted = t->weight;
	group_count(t->group, t->counted);
}

/* It no longer is. */
static __always_inline void count_out(struct task *t)
{
	u32 counted = t->counted;

	t->counted = 0;
	if (counted)
		group_count(t->group, -(s64)counted);
}

/* By how much the slice that is set for it is shorter than that of others. */
static __always_inline u64 earlier(struct scxb_rules *r)
{
	u64 others = scxb_param(SCXB_PARAM_slice_us, slice_us);

	return scxb_since(scxb_rules_slice(r, others), others * NSEC_PER_USEC);
}

/* When it is due, by the clock of its lane. */
static __always_inline u64 due(struct task *t)
{
	return t->vtime - t->early;
}

/* A light task gets a shorter one. slice: that of the knob, or that is set. */
static __always_inline u64 slice_of(struct task *t, struct task_struct *p, u64 slice)
{
	if (t->weight >= WEIGHT_ONE || scxb_rule_is_set(scxb_rules_of(p), slice_us))
		return slice;
	slice = slice * t->weight / WEIGHT_ONE;
	return slice > SHORTEST_SLICE ? slice : SHORTEST_SLICE;
}

static __noinline void weigh(struct task_struct *p)
{
	struct scxb_rules *r = scxb_rules_of(p);
	struct task *t = task_of(p);
	bool runnable;

	if (!t)
		return;
	runnable = t->counted;
	count_out(t);
	t->ruled = r ? r->found : 0;
	t->early = earlier(r);
	set_weight(t, own_weight(r, p));
	if (runnable)
		count_in(t);
}

/* So much CPU time of the task in its cgroup, as what it would be in the root. */
static __always_inline u64 crowded(struct task *t, u64 ns)
{
	return t->group == ROOT || !ns ? ns : ns * group_crowd(t->group, t->weight) / CROWD_NONE;
}

static __always_inline void charge_ns(struct task *t, u64 ns)
{
	ns = crowded(t, ns);
	/* Most tasks have that weight, and a division is dear. */
	if (t->weight != WEIGHT_ONE && t->weight)
		ns = ns * WEIGHT_ONE / t->weight;
	t->vtime += ns;
}

/* What the task ran since the last time, at the weight that it had. */
static __always_inline void charge_time(struct task *t, struct task_struct *p)
{
	u64 exec = p->se.sum_exec_runtime, ran = scxb_since(t->exec, exec);

	t->exec = exec;
	charge_ns(t, ran);
}

/* The same; from now on it has the new weight, if its rules have changed. */
static __always_inline void charge(struct task *t, struct task_struct *p)
{
	struct scxb_rules *r = scxb_rules_of(p);

	charge_time(t, p);
	if (r && t->ruled != (u32)r->found)
		weigh(p);
	count_in(t);
}

/*
 * The task is about to wait or to run: in its lane, where it is as far from the clock as it was in the one
 * before, within bounds.
 */
static __always_inline struct lane *place(struct task *t, struct task_struct *p, bool slept)
{
	u32 nr = lane_for(p);
	struct lane *lane = lane_at(nr);

	if (nr != t->lane) {
		t->vtime += lane->clock - lane_at(t->lane)->clock;
		t->lane = nr;
	}
	t->vtime = bounded(lane, t->vtime, crowded(t, (slept ? credit_us : debt_us) * NSEC_PER_USEC),
			   crowded(t, debt_us * NSEC_PER_USEC));
	return lane;
}

#endif
