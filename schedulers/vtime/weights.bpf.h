/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What vtime keeps of a task, and the task's weight: that of nice, or as set, times those of its cgroups. */
#ifndef VTIME_WEIGHTS_BPF_H
#define VTIME_WEIGHTS_BPF_H

#include "groups.bpf.h"

struct task {
	u64 word; /* the ledger's; dsq_vtime is not free here */
	u64 vtime;
	u64 exec;  /* se.sum_exec_runtime as far as it was charged */
	u64 waits; /* since when it waits for a CPU, across property changes; 0: it does not wait */
	u32 weight;
	u32 weighed; /* group_changes when weight was computed */
	u64 ruled;   /* the rules' found at that time */
};

struct {
	__uint(type, BPF_MAP_TYPE_TASK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct task);
} scxb_tasks SEC(".maps");

static __always_inline struct task *task_of(struct task_struct *p)
{
	return bpf_task_storage_get(&scxb_tasks, p, 0, 0);
}

/* The virtual time at which tasks are served now, in a cache line of its own. */
static struct {
	u64 now;
} clock __attribute__((aligned(128))) SEC(".data.clock");
static __always_inline void set_weight(struct task *t, u64 weight)
{
	u64 old = t->weight;

	t->weight = weight ?: 1;
	if (scxb_before(clock.now, t->vtime))
		t->vtime = clock.now + (t->vtime - clock.now) * old / t->weight;
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

/* What the task ran since the last time, at the weight that it had. */
static __always_inline void charge_time(struct task *t, struct task_struct *p)
{
	u64 exec = p->se.sum_exec_runtime, ran = scxb_since(t->exec, exec);

	t->exec = exec;
	t->vtime += ran * WEIGHT_ONE / (t->weight ?: WEIGHT_ONE);
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

#endif
