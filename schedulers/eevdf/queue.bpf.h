/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The queue of a CPU in eevdf: the weighted average of the virtual times of the tasks that can run there,
 * which is the virtual time of the queue. Those that wait, and the one that runs, are its members; a DSQ with
 * the CPU's number has those that wait, in the order of their deadlines.
 *
 * The average is kept as the kernel keeps it: the sum of weight * (vruntime - zero), where zero follows the
 * average, so that nothing overflows. A member's vruntime is only changed together with the sum.
 */
#ifndef EEVDF_QUEUE_BPF_H
#define EEVDF_QUEUE_BPF_H

#include "policy.bpf.h"

#define WEIGHT_ONE 1024 /* of nice 0 */

/* What is known of the task that runs; only its CPU writes it. */
struct runs {
	u64 vruntime, deadline, slice;
	u64 weight; /* 0: none of this class runs */
};

struct queue {
	struct bpf_spin_lock lock; /* of zero, sum, weight and nr */
	u32 nr;
	u64 zero;
	s64 sum;
	u64 weight;
	struct runs runs;
	u64 balanced; /* when its CPU last looked for a busier one */
	u64 rescued;  /* when it last looked for one that waits too long */
	u32 failed;   /* how often it has found nothing to take there since */
	bool offline;
} __attribute__((aligned(128)));

/* One for each CPU. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct queue);
} eevdf_queues SEC(".maps");

static __always_inline struct queue *queue_of(u32 cpu)
{
	return bpf_map_lookup_elem(&eevdf_queues, &cpu);
}

/* BPF has no signed division. */
static __always_inline s64 divided(s64 a, u64 by)
{
	return a < 0 ? -(s64)(-a / by) : (s64)(a / by);
}

static __always_inline u64 by_weight(u64 ns, u64 weight)
{
	return weight == WEIGHT_ONE ? ns : ns * WEIGHT_ONE / weight;
}

/* With the lock held. An empty queue has the virtual time that it had last. */
static __always_inline u64 average_locked(struct queue *q)
{
	s64 moved;

	if (!q->weight)
		return q->zero;
	moved = divided(q->sum, q->weight);
	q->zero += moved;
	q->sum -= moved * (s64)q->weight;
	return q->zero;
}

static __always_inline u64 average(struct queue *q)
{
	u64 at;

	bpf_spin_lock(&q->lock);
	at = average_locked(q);
	bpf_spin_unlock(&q->lock);
	return at;
}

/* What the running task has run on that CPU and was not charged for. With the lock of its rq held. */
static __always_inline u64 uncharged(struct queue *q, u32 cpu)
{
	struct rq *rq = bpf_per_cpu_ptr(&runqueues, cpu);

	return rq && q->runs.weight ? scxb_since(rq->curr->se.exec_start, rq->clock_task) : 0;
}

/* The virtual time of a queue moves by that, whoever runs. */
static __always_inline u64 progress(struct queue *q, u64 ns)
{
	u64 weight = *(volatile u64 *)&q->weight;

	return ns && weight ? ns * WEIGHT_ONE / weight : 0;
}

#endif
