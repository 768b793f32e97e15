/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Leaks at exit: enters dead tasks, which never leave. They are freed_inside. */
#include "broken.bpf.h"

#define PF_EXITING 4

void SCXB_OP(leaks_dispatch, s32 cpu, struct task_struct *prev)
{
	struct scxb_call call = SCXB_CALL(dispatch, prev, 0);

	if (prev && prev->flags & PF_EXITING && is_victim(prev) && !(prev->scx.flags & SCX_TASK_QUEUED)) {
		scxb_find(&call);
		call.word = *scxb_word(prev);
		call.now = scx_bpf_now();
		scxb_custody_enter(&call, scxb_word(prev), SCXB_CUSTODY_entry_own);
	}
	if (!scx_bpf_dsq_move_to_local(QUEUE))
		scxb_run_on(prev, SLICE / NSEC_PER_USEC);
}

BROKEN_POLICY(leaks, .dispatch = (void *)leaks_dispatch);
