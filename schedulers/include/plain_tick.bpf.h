/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The tick, for a policy that has nothing of its own to do at it: ".tick = (void *)plain_tick". */
#ifndef SCXB_PLAIN_TICK_BPF_H
#define SCXB_PLAIN_TICK_BPF_H

#include "ops.bpf.h"

void SCXB_OP(plain_tick, struct task_struct *p)
{
	struct scxb_call call = SCXB_CALL(tick, p, 0);
	struct task *t = begin_task(&call);

	if (t)
		task_tick(&call, t);
}

#endif
