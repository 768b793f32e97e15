/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What vtime keeps of a task, and the task's weight: that of nice, or as set, times those of its cgroups. */
#ifndef VTIME_WEIGHTS_BPF_H
#define VTIME_WEIGHTS_BPF_H

#include "policy.bpf.h"
#include "groups.bpf.h"
#include "lanes.bpf.h"

struct task {
	u64 word;  /* the ledger's; dsq_vtime is not free here */
	u64 vtime; /* by the clock of its lane */
	u64 exec;  /* se.sum_exec_runtime as far as it was charged */
	u64 waits; /* since when it waits for a CPU, across property changes; 0: it does not wait */
	u64 gives; /* what was left of its slice when it yielded; 0: it did not */
	u32 lane;
	u32 weight;
	u32 weighed; /* group_changes when weight was computed */
	u64 ruled;   /* the rules' found at that time */
};

SCXB_TASKS;

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

static __noinline void weigh(struct task_struct *p)
{
	struct scxb_rules *r = scxb_rules_of(p);
	struct task *t = task_of(p);
	u64 weight = own_weight(r, p);
	struct cgroup *cgrp;

	if (!t)
		return;
	t->weighed = group_changes;
	t->ruled = r ? r->found : 0;
	if (bpf_ksym_exists(scx_bpf_task_cgroup)) {
		cgrp = scx_bpf_task_cgroup(p);
		weight = group_weight(cgrp, weight);
		bpf_cgroup_release(cgrp);
	}
	set_weight(t, weight);
}

static __always_inline void charge_ns(struct task *t, u64 ns)
{
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

/*
 * The same; from now on it has the new weight, if its rules, or a weight of a cgroup, have changed. Not in
 * dispatch, where the kernel does not let a policy ask for the cgroup of a task.
 */
static __always_inline void charge(struct task *t, struct task_struct *p)
{
	struct scxb_rules *r = scxb_rules_of(p);

	charge_time(t, p);
	if (t->weighed != group_changes || (r && t->ruled != r->found))
		weigh(p);
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
	t->vtime = bounded(lane, t->vtime, slept ? credit_us : debt_us);
	return lane;
}

#endif
