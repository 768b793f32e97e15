/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Hides a task that waits: the ledger says 0 while it is inside, which shows when the kernel takes it off
 * its queue to be queued anew. flag_disagrees then, and exit_without_entry in the end.
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
