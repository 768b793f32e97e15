/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Not broken: the same pieces, put together rightly, have no violation. Tasks wait from select_cpu on, and
 * are re-enqueued now and then, so that every way through the ledger is taken that a policy with DSQs has.
 */
#include "broken.bpf.h"

s32 SCXB_OP(right_too_select_cpu, struct task_struct *p, s32 prev_cpu, u64 wake_flags)
{
	struct scxb_call call = SCXB_CALL(select_cpu, p, wake_flags);
	struct task *t = begin_task(&call);

	if (!t)
		return prev_cpu;
	custody_select(&call, &t->scxb.custody);
	if (scx_bpf_test_and_clear_cpu_idle(prev_cpu)) {
		insert_direct(&call, SCX_DSQ_LOCAL, SLICE);
	} else {
		custody_pending(&call, &t->scxb.custody);
		scx_bpf_dsq_insert(p, QUEUE, SLICE, 0);
	}
	return prev_cpu;
}

SEC(".struct_ops.link")
struct sched_ext_ops right_ops = {
	.name = "right",
	RIGHT_OPS,
	.select_cpu = (void *)right_too_select_cpu,
	.dispatch = (void *)requeues_dispatch,
};
