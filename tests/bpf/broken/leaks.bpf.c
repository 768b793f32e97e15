/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Leaks at exit: enters dead tasks, which never leave. They are freed_inside. */
#include "broken.bpf.h"

#define PF_EXITING 4

void SCXB_OP(leaks_dispatch, s32 cpu, struct task_struct *prev)
{
	struct scxb_call call = SCXB_CALL(dispatch, prev, 0);
	struct task *t;

	if (!scxb_begin(&call))
		return;
	t = prev && prev->flags & PF_EXITING && is_victim(prev) ? task_of(prev) : NULL;
	if (t && !(prev->scx.flags & SCX_TASK_QUEUED))
		custody_enter(&call, &t->scxb.custody, SCXB_CUSTODY_entry_own);
	if (scx_bpf_dsq_move_to_local(QUEUE))
		scxb_count(&call, dispatched);
}

SEC(".struct_ops.link")
struct sched_ext_ops leaks_ops = {
	.name = "leaks",
	RIGHT_OPS,
	.dispatch = (void *)leaks_dispatch,
};
