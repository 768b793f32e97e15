/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Forgets an entry: a task is queued without a call to the ledger. An exit_without_entry. */
#include "broken.bpf.h"

void SCXB_OP(forgets_enqueue, struct task_struct *p, u64 enq_flags)
{
	struct scxb_call call = SCXB_CALL(enqueue, p, enq_flags);

	if (!begin_right_enqueue(&call))
		return;
	if (is_victim(p))
		scx_bpf_dsq_insert(p, QUEUE, SLICE, enq_flags);
	else
		wait_in_queue(&call);
}

BROKEN_POLICY(forgets, .enqueue = (void *)forgets_enqueue);
