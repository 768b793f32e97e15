/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Tasks between the queues of eevdf. A CPU without work takes a task that waits elsewhere, in its L3 group
 * first; one with work looks every BALANCE_NS whether another CPU has more weight. It then also lets run what
 * has waited too long in its own queue.
 */
#ifndef EEVDF_BALANCE_BPF_H
#define EEVDF_BALANCE_BPF_H

#include "entity.bpf.h"

#define BALANCE_NS (32 * NSEC_PER_MSEC)
#define IMBALANCE_PCT 117 /* the busier queue has that much of this one's weight */
#define MOST_FAILED 5

static __always_inline u32 l3_of(u32 cpu)
{
	struct scxb_topo_cpu *topo = bpf_map_lookup_elem(&scxb_topo, &cpu);

	return topo ? topo->l3 : 0;
}

/* Does somebody wait in it? */
static __always_inline bool is_behind(struct queue *q)
{
	return *(volatile u32 *)&q->nr > (*(volatile u64 *)&q->runs.weight != 0);
}

/* The first that waits and may run here. */
static bool take_from(u32 cpu)
{
	struct queue *q = queue_of(cpu);

	return q && is_behind(q) && scx_bpf_dsq_move_to_local(cpu);
}

static __noinline bool steal(u32 cpu)
{
	u32 i, pass, other, l3 = l3_of(cpu);

	bpf_for (pass, 0, scxb_nr_l3 > 1 ? 2 : 1)
		bpf_for (i, 1, scxb_nr_cpus) {
			other = (cpu + i) % scxb_nr_cpus;
			if ((pass == 0) == (l3_of(other) == l3) && take_from(other))
				return true;
		}
	return false;
}

/* A task that is current might not be allowed to move, for the while that an op needs (scxb_prologue). */
static __always_inline bool may_come(struct task_struct *p, u32 cpu)
{
	return bpf_cpumask_test_cpu(cpu, p->cpus_ptr) && !p->migration_disabled && !scx_bpf_task_running(p);
}

/* The first that waits there whose move makes the two queues more alike; after failures any heavier one. */
static bool pull(struct queue *q, u32 cpu, u32 from, u64 excess)
{
	struct task_struct *p;
	struct task *t;

	bpf_for_each (scx_dsq, p, from, 0) {
		t = task_of(p);
		if (t && t->weight >> q->failed < excess && may_come(p, cpu) &&
		    scx_bpf_dsq_move(&___it, p, SCX_DSQ_LOCAL, 0))
			return true;
	}
	return false;
}

/* The busiest other one; cpu where there is none. A CPU that went offline can't run what is left there. */
static u32 busiest(u32 cpu)
{
	u32 i, most = cpu;
	u64 weight = 0;

	bpf_for (i, 0, scxb_nr_cpus) {
		struct queue *q = queue_of(i);

		if (!q || i == cpu || !is_behind(q))
			continue;
		if (q->offline)
			return i;
		if (q->weight > weight) {
			weight = q->weight;
			most = i;
		}
	}
	return most;
}

static __noinline bool balance(u32 cpu)
{
	struct queue *q = queue_of(cpu), *other;
	u32 from = busiest(cpu);
	bool came;

	other = queue_of(from);
	if (!q || !other || from == cpu)
		return false;
	if (other->offline)
		return scx_bpf_dsq_move_to_local(from);
	if (other->weight * 100 <= q->weight * IMBALANCE_PCT) {
		q->failed = 0;
		return false;
	}
	came = pull(q, cpu, from, other->weight - q->weight);
	q->failed = came || q->failed == MOST_FAILED ? 0 : q->failed + 1;
	return came;
}

/* Only its own CPU writes those. */
static __always_inline bool is_time(u64 *last, u64 now, u64 period)
{
	if (scxb_since(*last, now) < period)
		return false;
	*last = now;
	return true;
}

/* The one that has waited too long runs, whatever it owes. */
static __noinline bool rescue(s32 cpu, u64 now)
{
	struct task_struct *p;
	struct task *t;

	bpf_for_each (scx_dsq, p, cpu, 0) {
		t = task_of(p);
		if (t && t->waits && scxb_since(t->waits, now) > patience_ms * NSEC_PER_MSEC &&
		    scxb_task_cpu(p) == cpu && scx_bpf_dsq_move(&___it, p, SCX_DSQ_LOCAL, 0))
			return true;
	}
	return false;
}

/* What is not of every switch. True when it has found a task to run. */
static __always_inline bool look_around(struct queue *q, s32 cpu)
{
	u64 now = scxb_clock();

	if (!is_time(&q->balanced, now, BALANCE_NS))
		return false;
	if (is_time(&q->rescued, now, patience_ms * NSEC_PER_MSEC / 4) && rescue(cpu, now)) {
		q->balanced = q->rescued = 0; /* others may have waited as long */
		return true;
	}
	return scxb_nr_cpus > 1 && balance(cpu);
}

#endif
