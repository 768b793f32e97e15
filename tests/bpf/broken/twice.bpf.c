/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Enters twice: one insert is reported to the ledger two times. A double_entry. */
#include "broken.bpf.h"

void SCXB_OP(twice_enqueue, struct task_struct *p, u64 enq_flags)
{
	struct scxb_call call = SCXB_CALL(enqueue, p, enq_flags);

	if (!begin_right_enqueue(&call))
		return;
	if (is_victim(p))
		scxb_custody_enter(&call, scxb_word(p), SCXB_CUSTODY_entry_dsq);
	wait_in_queue(&call);
}

BROKEN_POLICY(twice, .enqueue = (void *)twice_enqueue);
