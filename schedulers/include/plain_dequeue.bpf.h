/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The dequeue of a policy whose tasks wait in user DSQs only. SCXB_OPS_PLAIN_DEQUEUE lists it in the ops. */
#ifndef SCXB_PLAIN_DEQUEUE_BPF_H
#define SCXB_PLAIN_DEQUEUE_BPF_H

#include "ops.bpf.h"

#ifdef SCXB_NO_LEDGER
#define SCXB_OPS_PLAIN_DEQUEUE .dequeue = NULL
#else
#define SCXB_OPS_PLAIN_DEQUEUE .dequeue = (void *)plain_dequeue

void SCXB_OP(plain_dequeue, struct task_struct *p, u64 deq_flags)
{
	struct scxb_call call = SCXB_CALL(dequeue, p, deq_flags);
	struct task *t = begin_task(&call);

	if (t)
		custody_dequeue(&call, &t->scxb.custody);
}
#endif

#endif
