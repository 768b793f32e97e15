/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The ops about running, for a policy that does not weigh tasks. SCXB_OPS_PLAIN_RUN lists them in the ops.
 */
#ifndef SCXB_PLAIN_RUN_BPF_H
#define SCXB_PLAIN_RUN_BPF_H

#include "ops.bpf.h"

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

void SCXB_OP(plain_enable, struct task_struct *p)
{
	struct scxb_call call = SCXB_CALL(enable, p, 0);

	scxb_begin(&call);
}

#define SCXB_OPS_PLAIN_RUN                                                    \
	.running = (void *)plain_running, .stopping = (void *)plain_stopping, \
	.set_weight = (void *)plain_set_weight, .enable = (void *)plain_enable

#endif
