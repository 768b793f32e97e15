/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Iterates its DSQ in ops.dequeue(). Kernels with the second erratum call that with the DSQ's lock held, and
 * the machine is wedged: never load this outside a guest that may be thrown away.
 */
#include "../../bpf/broken/broken.bpf.h"

void SCXB_OP(lock_dequeue, struct task_struct *p, u64 deq_flags)
{
	struct scxb_call call = SCXB_CALL(dequeue, p, deq_flags);
	struct task *t = begin_task(&call);
	struct task_struct *waits;

	if (!t)
		return;
	bpf_for_each (scx_dsq, waits, QUEUE, 0)
		scxb_count(&call, steal_near);
	custody_dequeue(&call, &t->scxb.custody);
}

SEC(".struct_ops.link")
struct sched_ext_ops lock_ops = {
	.name = "lock",
	RIGHT_OPS,
	.dequeue = (void *)lock_dequeue,
};
