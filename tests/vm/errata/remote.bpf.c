/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Dispatches waiting tasks to another CPU's local DSQ, which kernels with the first erratum report late, and
 * as a core-sched pick although no task has a cookie.
 */
#include "../../bpf/broken/broken.bpf.h"

/* Any CPU but this that the task may run on; or this. */
static s32 other_cpu(struct task_struct *p, s32 cpu)
{
	s32 other;

	if (p->nr_cpus_allowed < 2 || p->migration_disabled)
		return -1;
	other = bpf_cpumask_any_distribute(p->cpus_ptr);
	return other == cpu ? -1 : other;
}

void SCXB_OP(remote_dispatch, s32 cpu, struct task_struct *prev)
{
	struct scxb_call call = SCXB_CALL(dispatch, NULL, 0);
	struct task_struct *p;
	s32 other;

	scxb_find(&call);
	bpf_for_each (scx_dsq, p, QUEUE, 0) {
		other = other_cpu(p, cpu);
		if (other >= 0 && scx_bpf_dsq_move(&___it, p, SCX_DSQ_LOCAL_ON | other, 0))
			scxb_count(&call, steal_far);
		break;
	}
	if (!scx_bpf_dsq_move_to_local(QUEUE))
		scxb_run_on(prev, SLICE / NSEC_PER_USEC);
}

BROKEN_POLICY(remote, .dispatch = (void *)remote_dispatch);
