/* SPDX-License-Identifier: GPL-2.0-or-later */
/* mine: idea, good at, bad at, knobs. To begin a policy, copy this to a folder of its name in schedulers/. */
#include "policy.bpf.h"

SCXB_KNOB(u64, slice_us, 20000, 100, 1000000, "time that a task may run before the next one, in us");

#define QUEUE 0
SCXB_ONE_QUEUE(QUEUE); /* all tasks that wait are in this DSQ, in the order of arrival */

void SCXB_OP(mine_enqueue, struct task_struct *p, u64 enq_flags)
{
	struct scxb_call call = SCXB_CALL(enqueue, p, enq_flags);
	u64 slice;

	if (!scxb_begin_enqueue(&call, scxb_word(p)))
		return;
	slice = scxb_admit(&call, slice_us);
	if (!slice || scxb_fill_idle(&call, slice))
		return;
	enq_flags = scxb_enter_dsq(&call, scxb_word(p), QUEUE);
	scx_bpf_dsq_insert(p, QUEUE, slice, enq_flags);
}

void SCXB_OP(mine_dispatch, s32 cpu, struct task_struct *prev)
{
	if (!scxb_turn(cpu) && !scx_bpf_dsq_move_to_local(QUEUE))
		scxb_run_on(prev, slice_us);
}

s32 SCXB_OP_SLEEPABLE(mine_init)
{
	s32 err = scxb_init(SCXB_HAS_SETTING(slice_us) | SCXB_HAS_SETTING(quota), SCXB_HAS_PARAM(slice_us));

	return err ?: scx_bpf_create_dsq(QUEUE, -1);
}

SCXB_POLICY(mine, .enqueue = (void *)mine_enqueue, .dispatch = (void *)mine_dispatch,
	    .init = (void *)mine_init);
