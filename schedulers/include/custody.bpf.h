/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The custody ledger: whether each task is in the policy's custody, and since when; counted at every change,
 * so that after detach entries equal exits.
 *
 * A task is in the policy's custody from when it enters a user DSQ or a queue of the policy's own (BPF-side,
 * "own queue" below) until it leaves for a terminal DSQ, is picked by core scheduling or is taken away; the
 * kernel then calls ops.dequeue() exactly once. The policy calls the ledger for what it does and for what the
 * kernel reports:
 *
 *	custody_select()	first in select_cpu, only if it inserts into user DSQs there
 *	custody_pending()	after such an insert, which is only a verdict that the kernel may drop
 *	custody_enqueue()	first in enqueue
 *	custody_enter()		before the insert into a user DSQ or the own queue
 *	custody_dequeue()	in dequeue, after the task was removed from the own queue
 *	custody_yielded()	for each task that a pop takes from the own queue
 *	custody_running(), custody_stopping(), custody_gone()	from those ops (disable, exit_task)
 *
 * A task's entry may be touched wherever the task itself may: the kernel serializes all these ops of one task
 * (by its rq lock, by pi_lock before it is queued, by SCX_OPSS_DISPATCHING while it is dispatched).
 *
 * A kernel before 7.1 calls ops.dequeue() only when a task is taken out of the policy's own queue. There the
 * ledger closes a period when it next sees the task, and counts it as exit_inferred.
 *
 * The ledger also counts what waits in each queue (struct scxb_queue): set call.queue before
 * custody_pending() or custody_enter(); 0 is right for a policy with one queue.
 *
 * SCXB_NO_LEDGER leaves all of it out, only to measure its cost (tests/cost/ledger.sh): without it no sample
 * is proven.
 */
#ifndef SCXB_CUSTODY_BPF_H
#define SCXB_CUSTODY_BPF_H

#include "control.bpf.h"
#include "stats.bpf.h"

#ifdef SCXB_NO_LEDGER
#define custody_kept false
#else
#define custody_kept true
#endif

enum custody_state { CUSTODY_OUT, CUSTODY_PENDING, CUSTODY_IN };

struct custody {
	u64 since;
	u32 state;
	u32 queue;
	u64 weight; /* that it has while it waits there */
};

/* All that is kept of a task for every policy. */
struct scxb_task {
	struct custody custody;
	struct scxb_run run;
	struct scxb_rules rules;
};

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 64 * 1024);
} scxb_violations SEC(".maps");

#define custody_count(call, name) ((call)->cpu->custody[SCXB_CUSTODY_##name]++)

static __noinline void custody_violation(struct scxb_call *call, struct custody *c, u32 kind)
{
	struct scxb_violation *v;

	if (kind >= SCXB_NR_CUSTODY)
		return;
	call->cpu->custody[kind]++;
	v = bpf_ringbuf_reserve(&scxb_violations, sizeof(*v), 0);
	if (!v)
		return;
	*v = (struct scxb_violation){
		.when_ns = scx_bpf_now(),
		.task_flags = call->p->scx.flags,
		.op_flags = call->flags,
		.kind = kind,
		.event = call->op,
		.state = c->state,
		.pid = call->p->pid,
		.cpu = bpf_get_smp_processor_id(),
	};
	bpf_probe_read_kernel_str(v->comm, sizeof(v->comm), call->p->comm);
	bpf_ringbuf_submit(v, 0);
}

#define custody_violates(call, c, name) custody_violation(call, c, SCXB_CUSTODY_##name)

/* Compares with the kernel's own flag, only where that is stable. */
static __always_inline void custody_check_flag(struct scxb_call *call, struct custody *c, bool inside)
{
	if (task_has_custody_flag() && task_in_custody(call->p) != inside)
		custody_violates(call, c, flag_disagrees);
}

static __always_inline void queue_add(struct scxb_call *call, struct custody *c, s64 sign)
{
	u32 nr = c->queue;

	if (nr >= SCXB_QUEUES)
		nr = SCXB_QUEUES - 1;
	call->cpu->queue[nr].nr += sign;
	call->cpu->queue[nr].weight += sign * c->weight;
}

static __always_inline void custody_open(struct scxb_call *call, struct custody *c, enum custody_state state)
{
	c->state = state;
	c->queue = call->queue;
	c->weight = call->p->scx.weight;
	queue_add(call, c, 1);
}

static __always_inline void custody_close(struct scxb_call *call, struct custody *c)
{
	c->state = CUSTODY_OUT;
	queue_add(call, c, -1);
}

static __always_inline void custody_time(struct scxb_call *call, struct custody *c, enum scxb_cause cause)
{
	scxb_hist_add(&call->cpu->custody_ns[cause], since(c->since, scx_bpf_now()));
}

/* A verdict of select_cpu without a dequeue: the kernel dropped it, or is too old to report it. */
static __always_inline void custody_settle(struct scxb_call *call, struct custody *c)
{
	if (c->state != CUSTODY_PENDING)
		return;
	custody_close(call, c);
	if (deq_has_sched_change()) {
		custody_count(call, lapsed);
	} else {
		custody_count(call, entry_select);
		custody_count(call, exit_inferred);
	}
}

/* The task can't be inside at this point: closes an open period, by inference or as a violation. */
static __always_inline void custody_expect_out(struct scxb_call *call, struct custody *c,
					       enum scxb_custody kind)
{
	if (!custody_kept)
		return;
	custody_settle(call, c);
	custody_check_flag(call, c, false);
	if (c->state == CUSTODY_OUT)
		return;
	if (deq_has_sched_change())
		custody_violation(call, c, kind);
	else
		custody_count(call, exit_inferred);
	custody_close(call, c);
}

static __always_inline void custody_select(struct scxb_call *call, struct custody *c)
{
	if (custody_kept)
		custody_settle(call, c);
}

static __always_inline void custody_pending(struct scxb_call *call, struct custody *c)
{
	c->since = scx_bpf_now();
	if (custody_kept)
		custody_open(call, c, CUSTODY_PENDING);
}

static __always_inline void custody_infer(struct scxb_call *call, struct custody *c)
{
	custody_settle(call, c);
	if (c->state == CUSTODY_OUT)
		return;
	custody_count(call, doubled);
	custody_count(call, exit_inferred);
	custody_close(call, c);
}

static __always_inline void custody_enqueue(struct scxb_call *call, struct custody *c)
{
	bool reenq = call->flags & SCX_ENQ_REENQ;

	if (!custody_kept)
		return;
	if (!deq_has_sched_change()) {
		custody_infer(call, c);
		return;
	}
	/* It was taken off a user DSQ to be re-enqueued: so the verdict of select_cpu had taken effect. */
	if (c->state == CUSTODY_PENDING && reenq && task_in_custody(call->p)) {
		c->state = CUSTODY_IN;
		custody_count(call, entry_select);
	}
	custody_settle(call, c);
	custody_check_flag(call, c, reenq && c->state == CUSTODY_IN);
}

static __always_inline void custody_enter(struct scxb_call *call, struct custody *c, enum scxb_custody way)
{
	if (!custody_kept) {
		c->since = scx_bpf_now();
		return;
	}
	if (c->state == CUSTODY_OUT) {
		c->since = scx_bpf_now();
		call->cpu->custody[way]++;
		custody_open(call, c, CUSTODY_IN);
		return;
	}
	if (call->flags & SCX_ENQ_REENQ)
		custody_count(call, reentered);
	else
		custody_violates(call, c, double_entry);
	custody_close(call, c);
	custody_open(call, c, CUSTODY_IN);
}

/* Core scheduling picks only tasks with a cookie from custody; see late_core. */
static __always_inline bool custody_is_late(struct scxb_call *call)
{
	return call->flags & SCX_DEQ_CORE_SCHED_EXEC && !task_has_cookie(call->p);
}

/* True when this dequeue ends custody by the policy's own dispatch, for which older kernels never call it. */
static __always_inline bool custody_is_dispatch(struct scxb_call *call)
{
	if (!deq_has_sched_change())
		return false;
	return !(call->flags & (SCX_DEQ_SLEEP | SCX_DEQ_CORE_SCHED_EXEC | deq_sched_change())) ||
	       custody_is_late(call);
}

/* One histogram update for all causes: three inlined ones are a kilobyte of code on the hot path. */
static __always_inline void custody_exit(struct scxb_call *call, struct custody *c)
{
	enum scxb_custody exit = SCXB_CUSTODY_exit_change;
	enum scxb_cause cause = SCXB_CAUSE_change;

	if (custody_is_dispatch(call)) {
		exit = SCXB_CUSTODY_exit_dispatch;
		cause = SCXB_CAUSE_dispatch;
		if (call->flags & SCX_DEQ_CORE_SCHED_EXEC)
			custody_count(call, late_core);
	} else if (call->flags & SCX_DEQ_SLEEP) {
		exit = SCXB_CUSTODY_exit_sleep;
	} else if (call->flags & SCX_DEQ_CORE_SCHED_EXEC) {
		exit = SCXB_CUSTODY_exit_core;
		cause = SCXB_CAUSE_core;
	}
	call->cpu->custody[exit]++;
	if (exit != SCXB_CUSTODY_exit_sleep)
		custody_time(call, c, cause);
	custody_close(call, c);
}

static __always_inline void custody_dequeue(struct scxb_call *call, struct custody *c)
{
	if (!custody_kept)
		return;
	if (c->state == CUSTODY_OUT) {
		custody_violates(call, c, exit_without_entry);
		return;
	}
	if (c->state == CUSTODY_PENDING)
		custody_count(call, entry_select);
	custody_exit(call, c);
}

/* inside: what the own queue had of the task under its lock, where the pop can't race a dequeue. */
static __always_inline void custody_yielded(struct scxb_call *call, struct custody *c, bool inside)
{
	if (custody_kept && !inside)
		custody_violates(call, c, yielded_again);
}

static __always_inline void custody_running(struct scxb_call *call, struct custody *c)
{
	custody_expect_out(call, c, SCXB_CUSTODY_running_inside);
}

static __always_inline void custody_stopping(struct scxb_call *call, struct custody *c)
{
	if (custody_kept)
		custody_check_flag(call, c, false);
}

/* In disable and exit_task. */
static __always_inline void custody_gone(struct scxb_call *call, struct custody *c)
{
	custody_expect_out(call, c, SCXB_CUSTODY_freed_inside);
}

#endif
