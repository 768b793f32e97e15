/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A policy without cpu_online and cpu_offline, and so at the kernel's mercy when a CPU comes or goes. */
#include "custody.bpf.h"

struct task {
	struct scxb_task scxb;
};

#include "plain_dequeue.bpf.h"
#include "plain_run.bpf.h"
#include "plain_task.bpf.h"
#include "plain_tick.bpf.h"

void SCXB_OP(homebody_enqueue, struct task_struct *p, u64 enq_flags)
{
	struct scxb_call call = SCXB_CALL(enqueue, p, enq_flags);
	struct task *t = begin_task(&call);

	if (!t)
		return;
	custody_enqueue(&call, &t->scxb.custody);
	scx_bpf_dsq_insert(p, SCX_DSQ_GLOBAL, SCX_SLICE_DFL, enq_flags);
}

SEC(".struct_ops.link")
struct sched_ext_ops homebody_ops = {
	.name = "homebody",
	.enqueue = (void *)homebody_enqueue,
	.tick = (void *)plain_tick,
	SCXB_OPS_ALIKE,
	SCXB_OPS_PLAIN_DEQUEUE,
	SCXB_OPS_PLAIN_RUN,
	SCXB_OPS_PLAIN_TASK,
};
