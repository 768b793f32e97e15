/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What eevdf keeps of a task: its weight and slice, how it becomes and stops being a member of a queue. */
#ifndef EEVDF_ENTITY_BPF_H
#define EEVDF_ENTITY_BPF_H

#include "queue.bpf.h"

#define NOWHERE 0
#define HOME(cpu) ((u32)(cpu) + 1)
#define TICK (4 * NSEC_PER_MSEC)
#define LONGEST_SLICE (100 * NSEC_PER_MSEC) /* that the kernel lets a task ask for */

struct task {
	u64 word; /* the ledger's; the queues need dsq_vtime */
	u64 vruntime, deadline;
	s64 lag;       /* virtual; while it is not a member */
	u64 remaining; /* from vruntime to deadline, when it stopped being one */
	u64 exec;      /* se.sum_exec_runtime as far as it was charged */
	u64 slice, vslice;
	u32 weight;
	u32 home;	   /* the queue of which it is a member */
	u32 left;	   /* that of which it was */
	bool slept, keeps; /* it left for sleep; it keeps its deadline */
	u64 ruled;	   /* the rules' found when weight and slice were computed */
	u64 waits;	   /* since when it waits for a CPU; 0: it does not wait */
};

SCXB_TASKS;

SCXB_KNOB(u64, slice_us, 0, 0, 100000, "time that a task asks for, in us; 0: the base slice of the kernel");

SCXB_KNOB(u64, patience_ms, 10000, 100, 20000, "longest wait for a CPU, whatever the weight, in ms");

/* The kernel's, as the loader has read it; 0: it can't be read. */
const volatile u64 scxb_base_slice_ns;

/* The kernel's own table: a step of nice is 10 % of a CPU. */
static const u32 weight_of_nice[40] = {
	88761, 71755, 56483, 46273, 36291, 29154, 23254, 18705, 14949, 11916, 9548, 7620, 6100, 4904,
	3906,  3121,  2501,  1991,  1586,  1277,  1024,	 820,	655,   526,   423,  335,  272,	215,
	172,   137,   110,   87,    70,	   56,	  45,	 36,	29,    23,    18,   15,
};
#define WEIGHT_IDLE 3
#define MAX_RT_PRIO 100
#define SCHED_IDLE 5

/* What the kernel computes when it can't be read: 700 us, times 1 + log2 of the CPUs, of 8 at most. */
static __always_inline u64 base_us(void)
{
	u32 cpus = scxb_nr_cpus;

	if (slice_us)
		return slice_us;
	if (scxb_base_slice_ns >= NSEC_PER_USEC)
		return scxb_base_slice_ns / NSEC_PER_USEC;
	return 700 * (cpus >= 8 ? 4 : cpus >= 4 ? 3 : cpus >= 2 ? 2 : 1);
}

static __always_inline u32 own_weight(struct task_struct *p, struct scxb_rules *r)
{
	u32 nice = p->static_prio - MAX_RT_PRIO;

	if (scxb_rule_is_set(r, weight))
		return scxb_rule_value(r, weight) * WEIGHT_ONE / 100 ?: 1;
	if (p->policy == SCHED_IDLE)
		return WEIGHT_IDLE;
	return nice < 40 ? weight_of_nice[nice] : WEIGHT_ONE;
}

/* A task may have asked for one by sched_setattr(). */
static __always_inline u64 own_slice(struct task_struct *p, struct scxb_rules *r)
{
	u64 slice = scxb_rules_slice(r, base_us());

	if (!scxb_rule_is_set(r, slice_us) && p->se.custom_slice)
		slice = p->se.slice;
	return slice < LONGEST_SLICE ? slice : LONGEST_SLICE;
}

/* As far as two slices or a tick, as in the kernel. */
static __always_inline s64 clamped(struct task *t, s64 lag)
{
	s64 most = by_weight(2 * t->slice > TICK ? 2 * t->slice : TICK, t->weight);

	return lag > most ? most : lag < -most ? -most : lag;
}

/* It is no member of its queue from now on. */
static __always_inline void leave(struct task *t, bool slept)
{
	struct queue *q = t->home == NOWHERE ? NULL : queue_of(t->home - 1);
	u64 at;

	if (!q || !t->weight)
		return;
	bpf_spin_lock(&q->lock);
	at = average_locked(q);
	q->sum -= (s64)(t->vruntime - q->zero) * t->weight;
	q->weight -= t->weight;
	q->nr--;
	bpf_spin_unlock(&q->lock);
	t->lag = clamped(t, at - t->vruntime);
	t->remaining = t->deadline - t->vruntime;
	t->keeps = !slept;
	t->slept = slept;
	t->left = t->home;
	t->home = NOWHERE;
}

/*
 * A task that owes time when it falls asleep stays in the kernel's tree until its queue has come as far. Here
 * it can't, but the queue has come as far all the same.
 */
static __always_inline void forgive(struct task *t)
{
	struct queue *q = t->slept && t->lag < 0 ? queue_of(t->left - 1) : NULL;
	s64 now = q ? *(volatile u64 *)&q->zero - t->vruntime : 0;

	if (q && now > t->lag)
		t->lag = now < 0 ? now : 0;
}

/* With the lock held: where its lag puts it, larger by what its own weight will move the average. */
static __always_inline void place(struct task *t, struct queue *q, u64 ahead)
{
	u64 at = average_locked(q) + ahead;
	s64 lag = q->nr ? divided(t->lag * (s64)(q->weight + t->weight), q->weight) : 0;

	t->vruntime = at - lag;
	t->deadline = t->vruntime + (t->keeps ? t->remaining : t->vslice);
	q->sum += (s64)(t->vruntime - q->zero) * t->weight;
	q->weight += t->weight;
	q->nr++;
}

/* A member of that CPU's queue. With the lock of its rq held. */
static __always_inline struct queue *join(struct task *t, u32 cpu)
{
	struct queue *q = queue_of(cpu);
	u64 ahead;

	if (!q || !t->weight || t->home == HOME(cpu))
		return q;
	leave(t, false);
	forgive(t);
	ahead = progress(q, uncharged(q, cpu));
	bpf_spin_lock(&q->lock);
	place(t, q, ahead);
	bpf_spin_unlock(&q->lock);
	t->home = HOME(cpu);
	return q;
}

/* Its debt, and what is left to its deadline, are less for a heavier task. */
static __noinline void weigh(struct task_struct *p)
{
	struct scxb_rules *r = scxb_rules_of(p);
	struct task *t = task_of(p);
	u32 old, home;

	if (!t)
		return;
	old = t->weight;
	home = t->home;
	if (home != NOWHERE)
		leave(t, false);
	t->ruled = r ? r->found : 0;
	t->weight = own_weight(p, r);
	t->slice = own_slice(p, r);
	if (!t->weight)
		return;
	t->vslice = by_weight(t->slice, t->weight);
	if (old && old != t->weight) {
		t->lag = clamped(t, divided(t->lag * (s64)old, t->weight));
		t->remaining = t->remaining * old / t->weight;
	}
	if (home != NOWHERE)
		join(t, home - 1);
}

/* Its vruntime grows by that. */
static __always_inline void advance(struct task *t, u64 virtual)
{
	struct queue *q = t->home == NOWHERE ? NULL : queue_of(t->home - 1);

	t->vruntime += virtual;
	if (!q)
		return;
	bpf_spin_lock(&q->lock);
	q->sum += virtual * t->weight;
	bpf_spin_unlock(&q->lock);
}

/* A request is met when its deadline has come; the next one begins. */
static __always_inline bool renew(struct task *t)
{
	if (scxb_before(t->vruntime, t->deadline))
		return false;
	t->deadline = t->vruntime + t->vslice;
	return true;
}

/* What it ran since the last time. True when its request is met. */
static __always_inline bool charge(struct task *t, struct task_struct *p)
{
	u64 exec = p->se.sum_exec_runtime, ran = scxb_since(t->exec, exec);

	t->exec = exec;
	if (!ran || !t->weight)
		return false;
	advance(t, by_weight(ran, t->weight));
	return renew(t);
}

/* Real time to its deadline. */
static __always_inline u64 left_of(struct task *t)
{
	u64 left = scxb_since(t->vruntime, t->deadline);

	if (t->weight != WEIGHT_ONE)
		left = left * t->weight / WEIGHT_ONE;
	return left ?: NSEC_PER_USEC;
}

static __always_inline void note_runs(struct queue *q, struct task *t)
{
	q->runs = (struct runs){ t->vruntime, t->deadline, t->slice, t->weight };
}

#endif
