/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Ignores SCX_DEQ_SCHED_CHANGE: to the ledger the task is inside for ever. Enqueued again it is a
 * double_entry; dispatched to an idle CPU it is running_inside; out of the class, freed_inside.
 */
#include "broken.bpf.h"

void SCXB_OP(deaf_dequeue, struct task_struct *p, u64 deq_flags)
{
	struct scxb_call call = SCXB_CALL(dequeue, p, deq_flags);

	scxb_begin(&call);
	if (!is_victim(p) || !(deq_flags & scxb_deq_sched_change()))
		scxb_custody_dequeue(&call, scxb_word(p));
}

BROKEN_POLICY(deaf, .dequeue = (void *)deaf_dequeue);
