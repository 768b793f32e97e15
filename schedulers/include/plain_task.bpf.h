/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Further ops, for a policy that keeps no more of a task than the ledger does. SCXB_OPS_PLAIN_TASK lists them
 * in the ops.
 */
#ifndef SCXB_PLAIN_TASK_BPF_H
#define SCXB_PLAIN_TASK_BPF_H

#include "ops.bpf.h"

bool SCXB_OP(plain_core_sched_before, struct task_struct *a, struct task_struct *b)
{
	struct scxb_call call = SCXB_CALL(core_sched_before, a, 0);

	return queued_before(&call, b);
}

s32 SCXB_OP_SLEEPABLE(plain_init_task, struct task_struct *p, struct scx_init_task_args *args)
{
	return task_init(p) ? 0 : -ENOMEM;
}

void SCXB_OP(plain_exit_task, struct task_struct *p, struct scx_exit_task_args *args)
{
	struct scxb_call call = SCXB_CALL(exit_task, p, 0);

	exit_task(&call);
}

#define SCXB_OPS_PLAIN_TASK                                                                         \
	.core_sched_before = (void *)plain_core_sched_before, .init_task = (void *)plain_init_task, \
	.exit_task = (void *)plain_exit_task

#endif
