/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A correct FIFO policy in pieces, made of what all policies use. A broken policy includes this,
 * replaces what it does wrong (only for tasks named "victim", so that a test can check that the right ones
 * are named), and gives its own op to BROKEN_POLICY().
 */
#ifndef BROKEN_BPF_H
#define BROKEN_BPF_H

#include "custody.bpf.h" /* first, because tests/mutations puts another in its place */
#include "policy.bpf.h"

#pragma clang diagnostic ignored "-Winitializer-overrides"

#define QUEUE 0
#define SLICE (2 * NSEC_PER_USEC * 1000)

static __always_inline bool is_victim(struct task_struct *p)
{
	return !bpf_strncmp(p->comm, sizeof("victim"), "victim");
}

/* To the ledger there are two queues, because it derives how many wait in the first one. */
static __always_inline void wait_in_queue(struct scxb_call *call)
{
	scxb_enter_dsq(call, scxb_word(call->p), call->p->pid & 1);
	scx_bpf_dsq_insert(call->p, QUEUE, SLICE, call->flags);
}

/* One DSQ; its tasks are counted in two queues (right.bpf.c). */
SCXB_FIFO;
static void scxb_release(struct bpf_iter_scx_dsq *it, struct task_struct *p)
{
	scx_bpf_dsq_move(it, p, QUEUE, 0);
}

static void scxb_changed(bool asked)
{
	if (asked)
		scxb_reenqueue(QUEUE);
}

s32 SCXB_DEFAULT_OP(right_select_cpu, struct task_struct *p, s32 prev_cpu, u64 wake_flags)
{
	struct scxb_call call = SCXB_CALL(select_cpu, p, wake_flags);

	return scxb_select_idle(&call, prev_cpu, SLICE / NSEC_PER_USEC);
}

/* False when the task has a place already. */
static __always_inline bool begin_right_enqueue(struct scxb_call *call)
{
	return scxb_begin_enqueue(call, scxb_word(call->p)) && !scxb_stay_last(call, SLICE) &&
	       !scxb_fill_idle(call, SLICE);
}

void SCXB_DEFAULT_OP(right_enqueue, struct task_struct *p, u64 enq_flags)
{
	struct scxb_call call = SCXB_CALL(enqueue, p, enq_flags);

	if (begin_right_enqueue(&call))
		wait_in_queue(&call);
}

void SCXB_DEFAULT_OP(right_dispatch, s32 cpu, struct task_struct *prev)
{
	if (!scx_bpf_dsq_move_to_local(QUEUE))
		scxb_run_on(prev, SLICE / NSEC_PER_USEC);
}

/* The same, and now and then all waiting tasks are re-enqueued, until that happened too often to one. */
void SCXB_DEFAULT_OP(requeues_dispatch, s32 cpu, struct task_struct *prev)
{
	static u32 turns;

	if (turns++ % 4 == 0 && scxb_before(scxb_reenq_rest, scx_bpf_now()))
		scxb_reenqueue(QUEUE);
	if (!scx_bpf_dsq_move_to_local(QUEUE))
		scxb_run_on(prev, SLICE / NSEC_PER_USEC);
}

/* In every sample, so that what runs is seen at once. */
void SCXB_OP(right_running, struct task_struct *p)
{
	scxb_ran(p, scxb_word(p));
}

s32 SCXB_OP_SLEEPABLE(right_init)
{
	return scxb_init(0, 0) ?: scx_bpf_create_dsq(QUEUE, -1);
}

/* A policy of that name; what it does wrong comes after the name. */
#define BROKEN_POLICY(name, wrong...)                                                               \
	SCXB_POLICY(name, .select_cpu = (void *)right_select_cpu, .enqueue = (void *)right_enqueue, \
		    .dispatch = (void *)right_dispatch, .running = (void *)right_running,           \
		    .init = (void *)right_init, wrong)

#endif
