/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Counting. Each op begins with scxb_begin(), which counts the call and finds this CPU's counters, once;
 * everything that the op counts later goes through what that returned. Ops run with interrupts off, so plain
 * increments of this CPU's own entry are exact (init_task, enable and disable are the exceptions, see there).
 */
#ifndef SCXB_STATS_BPF_H
#define SCXB_STATS_BPF_H

#include "common.bpf.h"
#include "slots.h"

/* A section of data, so that an op reaches the entry of its CPU without a look-up. The loader makes it as
 * long as the machine has CPUs.
 */
#ifdef SCXB_NO_LEDGER
struct scxb_cpu scxb_cpus[1]; /* which nothing reads or writes */
#else
struct scxb_cpu scxb_cpus[1] SEC(SCXB_COUNTERS_MAP);
#endif
SCXB_CPU_MAP(scxb_detail_hist, struct scxb_cpu_detail);

/* As the kernel has it. Of libbpf's, which has 32 bits, clang would clear the others once more. */
static u64 (*const scxb_this_cpu)(void) = (void *)BPF_FUNC_get_smp_processor_id;

/* A call of an op: the counters of its CPU, its task, and its arguments. */
struct scxb_call {
	struct scxb_cpu *cpu;
	struct task_struct *p; /* NULL in ops about a CPU */
	u64 flags;	       /* the op's enq_flags or deq_flags */
	u32 op;
	u64 here;   /* the CPU */
	u32 queue;  /* the queue into which the task is inserted; see SCXB_QUEUES */
	bool plain; /* an enqueue of which nothing is special: scxb_begin_plain() */
	u64 now;    /* of an enqueue or a dequeue: when it came */
	u64 word;   /* the task's, as the ledger last read or wrote it: a read of a task is dear */
};

#define SCXB_CALL(_op, _p, _flags) { .p = (_p), .flags = (_flags), .op = SCXB_OP_##_op }

/* Without counting the call. The verifier knows the kernel's number of CPUs, and refuses to load an object
 * which has fewer entries than that.
 */
static __always_inline void scxb_find(struct scxb_call *call)
{
	struct scxb_cpu *all = scxb_cpus;

	call->here = scxb_this_cpu();
	barrier_var(all); /* the compiler knows of one entry */
	if (scxb_kept)
		call->cpu = &all[call->here];
}

static __always_inline void scxb_begin(struct scxb_call *call)
{
	scxb_find(call);
	if (scxb_kept)
		call->cpu->op[call->op]++;
}

#define scxb_count(call, name)                                   \
	({                                                       \
		if (scxb_kept)                                   \
			(call)->cpu->count[SCXB_COUNT_##name]++; \
	})

/* Global, so that the verifier follows the loops once, and not at each use. */
__noinline u32 scxb_slot_of(u64 value)
{
	return scxb_hist_slot(value);
}

/* Of a time in units of 64 ns, longer than the table has: its slot by the table, else SCXB_HIST_SLOTS. */
static __always_inline u32 scxb_slot_longer(u64 units)
{
	u64 beyond = (units >> SCXB_SLOTS_LONGER) - SCXB_SLOTS_FROM / 64;

	barrier_var(beyond); /* nothing else is kept for the index */
	if (beyond >= (SCXB_SLOTS_TO - SCXB_SLOTS_FROM) / 64)
		return SCXB_HIST_SLOTS;
	return scxb_slots[beyond + SCXB_SLOTS_FROM / 64] + SCXB_SLOTS_FARTHER;
}

/* A negative value counts as 0. */
static __always_inline void scxb_hist_add(struct scxb_hist *h, s64 value)
{
	u32 slot;

	if ((u64)value - SCXB_SLOTS_FROM < SCXB_SLOTS_TO - SCXB_SLOTS_FROM)
		slot = scxb_slots[(u64)value / 64];
	else
		slot = scxb_slot_longer((u64)value / 64);
	if (slot >= SCXB_HIST_SLOTS)
		slot = scxb_slot_of(value > 0 ? value : 0);
	if (slot < SCXB_HIST_SLOTS)
		h->slot[slot]++;
}

/* Only behind "if (scxb_detail)": the verifier then removes it from timed samples altogether. */
static __always_inline struct scxb_cpu_detail *scxb_details(void)
{
	u32 cpu = bpf_get_smp_processor_id();

	return bpf_map_lookup_elem(&scxb_detail_hist, &cpu);
}

/* Is the depth of a queue to be noted? nr: of the inserts into queues so far. */
static __always_inline bool scxb_wants_depth(u64 nr)
{
	return scxb_kept && scxb_detail && nr % SCXB_DEPTH_EVERY == 0;
}

/* Out of line: where it is removed, its caller needs no stack. */
static __noinline __attribute__((unused)) void scxb_note_depth(u64 depth)
{
	struct scxb_cpu_detail *d = scxb_details();

	if (d)
		scxb_hist_add(&d->hist[SCXB_DETAIL_depth], depth);
}

/* A policy of the cid form may not call the kfunc; the field is the same in both. */
static __always_inline s32 scxb_task_cpu(struct task_struct *p)
{
	return p->thread_info.cpu;
}

/* Counts how far the task moves: it was on the first CPU, and now goes to the other. */
static __noinline void scxb_count_far(struct scxb_cpu *cpu, s32 was, s32 goes)
{
	struct scxb_topo_cpu *from = bpf_map_lookup_elem(&scxb_topo, &was);
	struct scxb_topo_cpu *to = bpf_map_lookup_elem(&scxb_topo, &goes);

	if (!from || !to || !cpu)
		return;
	if (from->core == to->core)
		cpu->count[SCXB_COUNT_mig_core]++;
	else if (from->l3 == to->l3)
		cpu->count[SCXB_COUNT_mig_l3]++;
	else if (from->node == to->node)
		cpu->count[SCXB_COUNT_mig_node]++;
	else
		cpu->count[SCXB_COUNT_mig_far]++;
}

static __always_inline void scxb_count_move(struct scxb_call *call, s32 was, s32 goes)
{
	if (scxb_kept && was != goes)
		scxb_count_far(call->cpu, was, goes);
}

static __always_inline struct cgroup *scxb_cgroup_of(struct task_struct *p)
{
	struct css_set *cset = p->cgroups;

	return cset ? cset->dfl_cgrp : NULL;
}

static __always_inline bool scxb_below_workload(struct cgroup *cgrp)
{
	struct cgroup *ancestor;
	bool below;

	if (!scxb_cgroup_id)
		return true;
	if (!cgrp || cgrp->level < (s32)scxb_cgroup_level)
		return false;
	ancestor = bpf_cgroup_ancestor(cgrp, scxb_cgroup_level);
	if (!ancestor)
		return false;
	below = ancestor->kn->id == scxb_cgroup_id;
	bpf_cgroup_release(ancestor);
	return below;
}

/*
 * The workload's time: what a task has run when it leaves the workload's cgroup or the class, less what it
 * had run when it came. The kernel keeps that anyway, so nothing is done while tasks run. These ops may run
 * with interrupts on, hence the atomic.
 */
static __always_inline void scxb_account(struct scxb_call *call, struct cgroup *cgrp, s64 sign)
{
	if (scxb_kept && scxb_below_workload(cgrp))
		__sync_fetch_and_add(&call->cpu->count[SCXB_COUNT_workload_ns],
				     sign * call->p->se.sum_exec_runtime);
}

#endif
