/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The ops of a policy that neither weighs tasks nor keeps more of them than the ledger does. Included
 * after ops.bpf.h, listed in the ops by SCXB_OPS_PLAIN.
 */
#ifndef SCXB_PLAIN_OPS_BPF_H
#define SCXB_PLAIN_OPS_BPF_H

#include "ops.bpf.h"

void SCXB_OP(plain_tick, struct task_struct *p)
{
	struct scxb_call call = SCXB_CALL(tick, p, 0);
	struct task *t = begin_task(&call);

	if (t)
		scxb_account(&call, &t->scxb.run);
}

void SCXB_OP(plain_running, struct task_struct *p)
{
	struct scxb_call call = SCXB_CALL(running, p, 0);
	struct task *t = begin_task(&call);

	if (t)
		task_running(&call, t);
}

void SCXB_OP(plain_stopping, struct task_struct *p, bool runnable)
{
	struct scxb_call call = SCXB_CALL(stopping, p, 0);
	struct task *t = begin_task(&call);

	if (t)
		task_stopping(&call, t);
}

void SCXB_OP(plain_set_weight, struct task_struct *p, u32 weight)
{
	struct scxb_call call = SCXB_CALL(set_weight, p, 0);

	scxb_begin(&call);
}

bool SCXB_OP(plain_core_sched_before, struct task_struct *a, struct task_struct *b)
{
	struct scxb_call call = SCXB_CALL(core_sched_before, a, 0);

	return queued_before(&call, b);
}

s32 SCXB_OP_SLEEPABLE(plain_init_task, struct task_struct *p, struct scx_init_task_args *args)
{
	return task_init(p) ? 0 : -ENOMEM;
}

void SCXB_OP(plain_enable, struct task_struct *p)
{
	struct scxb_call call = SCXB_CALL(enable, p, 0);

	scxb_begin(&call);
}

void SCXB_OP(plain_exit_task, struct task_struct *p, struct scx_exit_task_args *args)
{
	struct scxb_call call = SCXB_CALL(exit_task, p, 0);
	struct task *t = begin_task(&call);

	if (t)
		custody_gone(&call, &t->scxb.custody);
}

#define SCXB_OPS_PLAIN                                                                             \
	.tick = (void *)plain_tick, .running = (void *)plain_running,                              \
	.stopping = (void *)plain_stopping, .set_weight = (void *)plain_set_weight,                \
	.core_sched_before = (void *)plain_core_sched_before,                                      \
	.init_task = (void *)plain_init_task, .enable = (void *)plain_enable,                      \
	.exit_task = (void *)plain_exit_task

#endif
