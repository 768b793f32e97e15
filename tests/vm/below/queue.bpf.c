/* SPDX-License-Identifier: GPL-2.0-or-later */
/* First come, first served, with a ledger: a root, a parent and a child. The knobs are faults. */
#include "below.bpf.h"

SCXB_KNOB(u32, grants, 1, 1, 1024, "as a parent, grants every n-th CPU");
SCXB_KNOB(bool, rescued, 0, 0, 1, "as a child, has the kernel run its tasks where it may not");
SCXB_KNOB(u64, quits_ms, 0, 0, 60000, "as a parent, ends that long after a child was attached; 0: never");

#define QUEUE 0
#define SLICE (5 * NSEC_PER_MSEC)

SCXB_ONE_QUEUE(QUEUE);

static u64 attached; /* when a child was */

void SCXB_OP(queue_enqueue, struct task_struct *p, u64 enq_flags)
{
	struct scxb_call call = SCXB_CALL(enqueue, p, enq_flags);
	u64 *word = scxb_word(p);

	if (!scxb_begin_enqueue(&call, word))
		return;
	if (rescued) {
		scxb_count(&call, direct);
		scx_bpf_dsq_insert(p, SCX_DSQ_LOCAL, SLICE, enq_flags | SCX_ENQ_RESCUE);
		return;
	}
	scxb_enter_dsq(&call, word, QUEUE);
	scx_bpf_dsq_insert(p, QUEUE, SLICE, enq_flags);
}

/* Its own tasks and those of its children come first in turn. */
void SCXB_OP(queue_dispatch, s32 cid, struct task_struct *prev)
{
	static u32 turns;
	bool children = turns++ & 1;

	if (quits_ms && attached && scx_bpf_now() - attached > quits_ms * NSEC_PER_MSEC)
		scxb_error("the parent had enough");
	if (children && below_dispatch())
		return;
	if (!scx_bpf_dsq_move_to_local(QUEUE) && (children || !below_dispatch()))
		scxb_count_empty();
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
	.init = (void *)queue_init,
	.sub_attach = (void *)queue_sub_attach,
	.sub_detach = (void *)queue_sub_detach,
	.set_cmask = (void *)queue_set_cmask,
	.cid_online = (void *)scxb_cpu_online,
	.cid_offline = (void *)scxb_cpu_offline,
	SCXB_OPS_DEFAULT,
};
