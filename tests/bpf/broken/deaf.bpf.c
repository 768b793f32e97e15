/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Ignores SCX_DEQ_SCHED_CHANGE: to the ledger the task is inside for ever. Enqueued again it is a
 * double_entry; dispatched to an idle CPU it is running_inside; out of the class, freed_inside.
 */
#include "broken.bpf.h"

void SCXB_OP(deaf_dequeue, struct task_struct *p, u64 deq_flags)
{
	struct scxb_call call = SCXB_CALL(dequeue, p, deq_flags);
	struct task *t = begin_task(&call);

	if (!t)
		return;
	if (!is_victim(p) || !(deq_flags & SCX_DEQ_SCHED_CHANGE))
		custody_dequeue(&call, &t->scxb.custody);
}

SEC(".struct_ops.link")
struct sched_ext_ops deaf_ops = {
	.name = "deaf",
	RIGHT_OPS,
	.dequeue = (void *)deaf_dequeue,
};
