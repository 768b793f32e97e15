/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Counts a direct dispatch as custody, which no dequeue ends. The task is running_inside. */
#include "broken.bpf.h"

void SCXB_OP(direct_enqueue, struct task_struct *p, u64 enq_flags)
{
	struct scxb_call call = SCXB_CALL(enqueue, p, enq_flags);

	if (!is_victim(p)) {
		if (begin_right_enqueue(&call))
			wait_in_queue(&call);
		return;
	}
	if (!scxb_begin_enqueue(&call, scxb_word(p)))
		return;
	scxb_custody_enter(&call, scxb_word(p), SCXB_CUSTODY_entry_dsq);
	scx_bpf_dsq_insert(p, SCX_DSQ_LOCAL, SLICE, enq_flags);
}

BROKEN_POLICY(direct, .enqueue = (void *)direct_enqueue);
