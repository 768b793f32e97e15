/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Counting. Each op begins with scxb_begin(), which counts the call and finds this CPU's counters, once;
 * everything that the op counts later goes through what that returned. Ops run with interrupts off, so plain
 * increments of this CPU's own entry are exact (task_init() is the exception, see there).
 */
#ifndef SCXB_STATS_BPF_H
#define SCXB_STATS_BPF_H

#include "common.bpf.h"

SCXB_CPU_MAP(scxb_cpu, struct scxb_cpu);
SCXB_CPU_MAP(scxb_detail_hist, struct scxb_cpu_detail);

/* What is kept of a task besides its custody. */
struct scxb_run {
	u64 exec; /* se.sum_exec_runtime as far as it was accounted; 0: it has not run under the policy yet */
	u64 cgroup; /* id of the cgroup in which it was last seen, to which in_workload belongs */
	u64 woke;   /* when it woke, until it runs; 0 otherwise */
	u64 ran;    /* since when it runs */
	s32 cpu;    /* where it ran last; -1: it never did */
	bool in_workload;
};

/* A call of an op: the counters of its CPU, its task, and its arguments. */
struct scxb_call {
	struct scxb_cpu *cpu;
	struct task_struct *p; /* NULL in ops about a CPU */
	u64 flags;	       /* the op's enq_flags or deq_flags */
	u32 op;
	u32 queue; /* the queue into which the task is inserted; see struct scxb_queue */
};

static __always_inline struct scxb_cpu *scxb_this_cpu(void)
{
	u32 cpu = bpf_get_smp_processor_id();

	return bpf_map_lookup_elem(&scxb_cpu, &cpu);
}

#define SCXB_CALL(_op, _p, _flags) { .p = (_p), .flags = (_flags), .op = SCXB_OP_##_op }

/* False only where the loader sized the maps wrongly: then the op can't continue. */
static __always_inline bool scxb_begin(struct scxb_call *call)
{
	call->cpu = scxb_this_cpu();
	if (!call->cpu) {
		scxb_error("the map scxb_cpu has no entry for this CPU");
		return false;
	}
	call->cpu->op[call->op]++;
	return true;
}

#define scxb_count(call, name) ((call)->cpu->count[SCXB_COUNT_##name]++)

static __always_inline void scxb_hist_add(struct scxb_hist *h, u64 value)
{
	u32 slot = scxb_hist_slot(value);

	if (slot < SCXB_HIST_SLOTS)
		h->slot[slot]++;
}

/* Only behind "if (scxb_detail)": the verifier then removes it from timed samples altogether. */
static __always_inline void scxb_detail_add(enum scxb_detail which, u64 value)
{
	u32 cpu = bpf_get_smp_processor_id();
	struct scxb_cpu_detail *d = bpf_map_lookup_elem(&scxb_detail_hist, &cpu);

	if (d)
		scxb_hist_add(&d->hist[which], value);
}

/* Counts how far the task moved since it last ran. */
static __always_inline void scxb_count_move(struct scxb_call *call, struct scxb_run *r, s32 cpu)
{
	struct scxb_topo_cpu *from, *to;
	s32 last = r->cpu;

	r->cpu = cpu;
	if (last == cpu) {
		scxb_count(call, stay);
		return;
	}
	from = bpf_map_lookup_elem(&scxb_topo, &last);
	to = bpf_map_lookup_elem(&scxb_topo, &cpu);
	if (!from || !to)
		return; /* its first run */
	if (from->core == to->core)
		scxb_count(call, mig_core);
	else if (from->l3 == to->l3)
		scxb_count(call, mig_l3);
	else if (from->node == to->node)
		scxb_count(call, mig_node);
	else
		scxb_count(call, mig_far);
}

static __always_inline bool scxb_below_workload(struct cgroup *cgrp)
{
	struct cgroup *ancestor;
	bool below;

	if (cgrp->level < (s32)scxb_cgroup_level)
		return false;
	ancestor = bpf_cgroup_ancestor(cgrp, scxb_cgroup_level);
	if (!ancestor)
		return false;
	below = ancestor->kn->id == scxb_cgroup_id;
	bpf_cgroup_release(ancestor);
	return below;
}

/* Whether the task belongs to the workload; kept, because the id of a cgroup is never used again. */
static __always_inline void scxb_locate(struct scxb_run *r, struct task_struct *p)
{
	struct css_set *cset;
	struct cgroup *cgrp;
	u64 id;

	if (!scxb_cgroup_id)
		return;
	cset = p->cgroups;
	if (!cset)
		return;
	cgrp = cset->dfl_cgrp;
	if (!cgrp)
		return;
	id = cgrp->kn->id;
	if (id == r->cgroup)
		return;
	r->cgroup = id;
	r->in_workload = scxb_below_workload(cgrp);
}

/*
 * The time that was charged to the task since the last call; called at each tick too, because a task that is
 * alone on its CPU runs on without stopping. It belongs to the workload when the task was in the workload's
 * cgroup at either end: the kernel charges what ran before a move to the cgroup after it, and a task that
 * exits has left its cgroup when it stops for the last time.
 */
static __always_inline u64 scxb_account(struct scxb_call *call, struct scxb_run *r)
{
	u64 exec = call->p->se.sum_exec_runtime, ran = since(r->exec, exec);
	bool was = r->in_workload;

	r->exec = exec;
	scxb_locate(r, call->p);
	if (!scxb_cgroup_id || was || r->in_workload)
		call->cpu->count[SCXB_COUNT_workload_ns] += ran;
	return ran;
}

/* A policy of the cid form may not ask for a CPU's number. */
static __always_inline s32 scxb_task_cpu(struct task_struct *p)
{
#ifdef SCXB_CID
	return scx_bpf_cid_to_cpu(scx_bpf_task_cid(p));
#else
	return scx_bpf_task_cpu(p);
#endif
}

static __always_inline void scxb_run_start(struct scxb_call *call, struct scxb_run *r)
{
	if (!r->exec)
		r->exec = call->p->se.sum_exec_runtime;
	scxb_count_move(call, r, scxb_task_cpu(call->p));
	if (!scxb_detail)
		return;
	r->ran = scx_bpf_now();
	if (r->woke)
		scxb_detail_add(SCXB_DETAIL_wakeup_ns, since(r->woke, r->ran));
	r->woke = 0;
}

static __always_inline u64 scxb_run_stop(struct scxb_call *call, struct scxb_run *r)
{
	if (scxb_detail)
		scxb_detail_add(SCXB_DETAIL_slice_ns, since(r->ran, scx_bpf_now()));
	return scxb_account(call, r);
}

/* The task leaves the class or is dead: accounts what was charged after it last stopped, if it ever ran. */
static __always_inline void scxb_run_end(struct scxb_call *call, struct scxb_run *r)
{
	if (r->exec)
		scxb_account(call, r);
	r->exec = 0;
}

#endif
