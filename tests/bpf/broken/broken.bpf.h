/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A correct FIFO policy in pieces, made of the headers that all policies use. A broken policy includes this,
 * replaces what it does wrong (only for tasks named "victim", so that a test can check that the right ones
 * are named), and lists its own op after RIGHT_OPS.
 */
#ifndef BROKEN_BPF_H
#define BROKEN_BPF_H

#include "custody.bpf.h"

struct task {
	struct scxb_task scxb;
};

#include "plain_cpu.bpf.h"
#include "plain_run.bpf.h"
#include "plain_task.bpf.h"
#include "plain_tick.bpf.h"

#pragma clang diagnostic ignored "-Winitializer-overrides"

/* Like SCXB_OP(), but not loaded where another takes its place. */
#define RIGHT_OP(name, args...) SEC("?struct_ops/" #name) BPF_PROG(name, ##args)

#define QUEUE 0
#define SLICE (2 * NSEC_PER_USEC * 1000)

static __always_inline bool is_victim(struct task_struct *p)
{
	return !bpf_strncmp(p->comm, sizeof("victim"), "victim");
}

static __always_inline void wait_in_queue(struct scxb_call *call, struct task *t)
{
	queue_in_dsq(call, t, QUEUE);
	scx_bpf_dsq_insert(call->p, QUEUE, SLICE, call->flags);
}

s32 RIGHT_OP(right_select_cpu, struct task_struct *p, s32 prev_cpu, u64 wake_flags)
{
	struct scxb_call call = SCXB_CALL(select_cpu, p, wake_flags);

	return select_idle(&call, prev_cpu, SLICE);
}

void RIGHT_OP(right_enqueue, struct task_struct *p, u64 enq_flags)
{
	struct scxb_call call = SCXB_CALL(enqueue, p, enq_flags);
	struct task *t = begin_task(&call);

	if (!t)
		return;
	custody_enqueue(&call, &t->scxb.custody);
	if (!fill_idle(&call, t, SLICE))
		wait_in_queue(&call, t);
}

void RIGHT_OP(right_dequeue, struct task_struct *p, u64 deq_flags)
{
	struct scxb_call call = SCXB_CALL(dequeue, p, deq_flags);
	struct task *t = begin_task(&call);

	if (t)
		custody_dequeue(&call, &t->scxb.custody);
}

void RIGHT_OP(right_dispatch, s32 cpu, struct task_struct *prev)
{
	struct scxb_call call = SCXB_CALL(dispatch, NULL, 0);

	if (scxb_begin(&call) && scx_bpf_dsq_move_to_local(QUEUE))
		scxb_count(&call, dispatched);
}

/* The same, and now and then all waiting tasks are re-enqueued, until that happened too often to one. */
void RIGHT_OP(requeues_dispatch, s32 cpu, struct task_struct *prev)
{
	struct scxb_call call = SCXB_CALL(dispatch, NULL, 0);
	static u32 turns;

	if (!scxb_begin(&call))
		return;
	if (turns++ % 4 == 0 && before(reenq_rest, scx_bpf_now()))
		reenqueue(QUEUE);
	if (scx_bpf_dsq_move_to_local(QUEUE))
		scxb_count(&call, dispatched);
}

s32 SCXB_OP_SLEEPABLE(right_init)
{
	return scx_bpf_create_dsq(QUEUE, -1);
}

/* The wrong op comes after these: of two designated initializers the later one holds. */
#define RIGHT_OPS                                                                                         \
	.select_cpu = (void *)right_select_cpu, .enqueue = (void *)right_enqueue,                         \
	.dequeue = (void *)right_dequeue, .dispatch = (void *)right_dispatch, .tick = (void *)plain_tick, \
	.init = (void *)right_init, SCXB_OPS_ALIKE, SCXB_OPS_PLAIN_CPU, SCXB_OPS_PLAIN_RUN,               \
	SCXB_OPS_PLAIN_TASK

#endif
