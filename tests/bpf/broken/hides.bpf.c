/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Hides a task that waits: the ledger has it outside while it is inside, which shows when the kernel takes it
 * out of its queue to re-enqueue it. First flag_disagrees, in the end exit_without_entry.
 */
#include "broken.bpf.h"

void SCXB_OP(hides_enqueue, struct task_struct *p, u64 enq_flags)
{
	struct scxb_call call = SCXB_CALL(enqueue, p, enq_flags);
	struct task *t = begin_task(&call);

	if (!t)
		return;
	custody_enqueue(&call, &t->scxb.custody);
	if (fill_idle(&call, t, SLICE))
		return;
	if (is_victim(p))
		scx_bpf_dsq_insert(p, QUEUE, SLICE, enq_flags);
	else
		wait_in_queue(&call, t);
}

SEC(".struct_ops.link")
struct sched_ext_ops hides_ops = {
	.name = "hides",
	RIGHT_OPS,
	.enqueue = (void *)hides_enqueue,
	.dispatch = (void *)requeues_dispatch,
};
