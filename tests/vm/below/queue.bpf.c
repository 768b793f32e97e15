/* SPDX-License-Identifier: GPL-2.0-or-later */
/* First come, first served, with a ledger: a root, a parent and a child. The knobs are faults. */
#include "below.bpf.h"

struct task {
	struct scxb_task scxb;
};

#include "plain_cpu.bpf.h"
#include "plain_dequeue.bpf.h"
#include "plain_run.bpf.h"
#include "plain_task.bpf.h"
#include "plain_tick.bpf.h"

SCXB_KNOB(u32, grants, 1, 1, 1024, "as a parent, grants every n-th CPU");
SCXB_KNOB(bool, rescued, 0, 0, 1, "as a child, has the kernel run its tasks where it may not");
SCXB_KNOB(u64, quits_ms, 0, 0, 60000, "as a parent, ends that long after a child was attached; 0: never");

#define QUEUE 0
#define SLICE (5 * NSEC_PER_MSEC)

static u64 attached; /* when a child was */

void SCXB_OP(queue_enqueue, struct task_struct *p, u64 enq_flags)
{
	struct scxb_call call = SCXB_CALL(enqueue, p, enq_flags);
	struct task *t = begin_enqueue(&call);

	if (!t)
		return;
	if (rescued) {
		scxb_count(&call, direct);
		scx_bpf_dsq_insert(p, SCX_DSQ_LOCAL, SLICE, enq_flags | SCX_ENQ_RESCUE);
		return;
	}
	queue_in_dsq(&call, t, QUEUE);
	scx_bpf_dsq_insert(p, QUEUE, SLICE, enq_flags);
}

/* Its own tasks and those of its children come first in turn. */
void SCXB_OP(queue_dispatch, s32 cid, struct task_struct *prev)
{
	struct scxb_call call = SCXB_CALL(dispatch, NULL, 0);
	bool children;

	if (!scxb_begin(&call))
		return;
	if (quits_ms && attached && scx_bpf_now() - attached > quits_ms * NSEC_PER_MSEC)
		scxb_error("the parent had enough");
	children = call.cpu->op[SCXB_OP_dispatch] & 1;
	if (children && below_dispatch())
		return;
	if (scx_bpf_dsq_move_to_local(QUEUE))
		scxb_count(&call, dispatched);
	else if (!children)
		below_dispatch();
}

BELOW_SET_CMASK(queue_set_cmask)

s32 SCXB_OP(queue_sub_attach, struct scx_sub_attach_args *args)
{
	attached = scx_bpf_now();
	return below_attach(args, grants);
}

void SCXB_OP(queue_sub_detach, struct scx_sub_detach_args *args)
{
	below_detach(args);
}

s32 SCXB_OP_SLEEPABLE(queue_init)
{
	return below_init() ?: scx_bpf_create_dsq(QUEUE, -1);
}

SEC(".struct_ops.link")
struct sched_ext_ops_cid queue_ops = {
	.name = "queue",
	.enqueue = (void *)queue_enqueue,
	.dispatch = (void *)queue_dispatch,
	.tick = (void *)plain_tick,
	.init = (void *)queue_init,
	.sub_attach = (void *)queue_sub_attach,
	.sub_detach = (void *)queue_sub_detach,
	.runnable = (void *)scxb_runnable,
	.quiescent = (void *)scxb_quiescent,
	.set_cmask = (void *)queue_set_cmask,
	.disable = (void *)scxb_disable,
	.exit = (void *)scxb_exit_op,
	.timeout_ms = SCXB_TIMEOUT_MS,
	.exit_dump_len = SCXB_EXIT_DUMP,
	.cid_online = (void *)plain_cpu_online,
	.cid_offline = (void *)plain_cpu_offline,
	SCXB_OPS_PLAIN_DEQUEUE,
	SCXB_OPS_PLAIN_RUN,
	SCXB_OPS_PLAIN_TASK,
};
