/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Counts a direct dispatch as custody, which no dequeue ends. The task is running_inside. */
#include "broken.bpf.h"

void SCXB_OP(direct_enqueue, struct task_struct *p, u64 enq_flags)
{
	struct scxb_call call = SCXB_CALL(enqueue, p, enq_flags);
	struct task *t = begin_task(&call);

	if (!t)
		return;
	custody_enqueue(&call, &t->scxb.custody);
	if (is_victim(p)) {
		custody_enter(&call, &t->scxb.custody, SCXB_CUSTODY_entry_dsq);
		scx_bpf_dsq_insert(p, SCX_DSQ_LOCAL, SLICE, enq_flags);
	} else if (!fill_idle(&call, t, SLICE)) {
		wait_in_queue(&call, t);
	}
}

SEC(".struct_ops.link")
struct sched_ext_ops direct_ops = {
	.name = "direct",
	RIGHT_OPS,
	.enqueue = (void *)direct_enqueue,
};
