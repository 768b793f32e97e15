/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Hides a task that waits: the ledger has it outside while it is inside, which shows when the kernel takes it
 * out of its queue to re-enqueue it. First flag_disagrees, in the end exit_without_entry.
 */
#include "broken.bpf.h"

void SCXB_OP(hides_enqueue, struct task_struct *p, u64 enq_flags)
{
	struct scxb_call call = SCXB_CALL(enqueue, p, enq_flags);

	if (!begin_right_enqueue(&call))
		return;
	if (is_victim(p))
		scx_bpf_dsq_insert(p, QUEUE, SLICE, enq_flags);
	else
		wait_in_queue(&call);
}

BROKEN_POLICY(hides, .enqueue = (void *)hides_enqueue, .dispatch = (void *)requeues_dispatch);
