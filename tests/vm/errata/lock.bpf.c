/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Iterates its DSQ in ops.dequeue(). Kernels with the second erratum call that with the DSQ's lock held, and
 * the machine is wedged: never load this outside a guest that may be thrown away.
 */
#include "../../bpf/broken/broken.bpf.h"

void SCXB_OP(lock_dequeue, struct task_struct *p, u64 deq_flags)
{
	struct scxb_call call = SCXB_CALL(dequeue, p, deq_flags);
	struct task_struct *waits;

	scxb_begin(&call);
	bpf_for_each (scx_dsq, waits, QUEUE, 0)
		scxb_count(&call, steal_near);
	scxb_custody_dequeue(&call, scxb_word(p));
}

BROKEN_POLICY(lock, .dequeue = (void *)lock_dequeue);
