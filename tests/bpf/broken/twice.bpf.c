/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Enters twice: one insert is reported to the ledger two times. A double_entry. */
#include "broken.bpf.h"

void SCXB_OP(twice_enqueue, struct task_struct *p, u64 enq_flags)
{
	struct scxb_call call = SCXB_CALL(enqueue, p, enq_flags);
	struct task *t = begin_task(&call);

	if (!t)
		return;
	custody_enqueue(&call, &t->scxb.custody);
	if (fill_idle(&call, t, SLICE))
		return;
	if (is_victim(p))
		custody_enter(&call, &t->scxb.custody, SCXB_CUSTODY_entry_dsq);
	wait_in_queue(&call, t);
}

SEC(".struct_ops.link")
struct sched_ext_ops twice_ops = {
	.name = "twice",
	RIGHT_OPS,
	.enqueue = (void *)twice_enqueue,
};
