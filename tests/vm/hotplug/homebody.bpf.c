/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A policy without cpu_online and cpu_offline, and so at the kernel's mercy when a CPU comes or goes. */
#include "policy.bpf.h"

SCXB_ONE_QUEUE(0);

void SCXB_OP(homebody_enqueue, struct task_struct *p, u64 enq_flags)
{
	struct scxb_call call = SCXB_CALL(enqueue, p, enq_flags);

	if (scxb_begin_enqueue(&call, scxb_word(p)))
		scx_bpf_dsq_insert(p, SCX_DSQ_GLOBAL, SCX_SLICE_DFL, enq_flags);
}

void SCXB_OP(homebody_dispatch, s32 cpu, struct task_struct *prev)
{
	scxb_run_on(prev, SCX_SLICE_DFL / NSEC_PER_USEC);
}

s32 SCXB_OP_SLEEPABLE(homebody_init)
{
	return scxb_init(0, 0) ?: scx_bpf_create_dsq(0, -1);
}

SCXB_POLICY(homebody, .enqueue = (void *)homebody_enqueue, .dispatch = (void *)homebody_dispatch,
	    .cpu_online = NULL, .cpu_offline = NULL, .init = (void *)homebody_init);
