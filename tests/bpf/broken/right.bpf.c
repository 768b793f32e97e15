/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Not broken: the same pieces, put together rightly, have no violation. Tasks wait from select_cpu on, and
 * are re-enqueued now and then, so that every way through the ledger is taken that a policy with DSQs has.
 */
#include "broken.bpf.h"

s32 SCXB_OP(right_too_select_cpu, struct task_struct *p, s32 prev_cpu, u64 wake_flags)
{
	struct scxb_call call = SCXB_CALL(select_cpu, p, wake_flags);

	scxb_begin(&call);
	scxb_custody_select(&call, scxb_word(p));
	if (scx_bpf_test_and_clear_cpu_idle(prev_cpu)) {
		scxb_insert_direct(&call, SCX_DSQ_LOCAL, SLICE);
	} else {
		call.queue = p->pid & 1;
		scxb_custody_pending(&call, scxb_word(p));
		scx_bpf_dsq_insert(p, QUEUE, SLICE, 0);
	}
	return prev_cpu;
}

BROKEN_POLICY(right, .select_cpu = (void *)right_too_select_cpu, .dispatch = (void *)requeues_dispatch);
