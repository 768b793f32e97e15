/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fifo: first come, first served.
 *
 * Idea: a task that wakes is dispatched directly to an idle CPU. When there is none it joins the one queue of
 * the machine, from which every CPU takes the oldest task that it may run.
 *
 * Good at: throughput, and a short, even wait when slices are short compared with the wait that is tolerable.
 * It does the least work per decision of all policies here, so it shows what a policy costs at least.
 * Bad at: anything that is not equal. Nice and cgroup weight mean nothing; a short task waits behind long
 * ones; tasks move between caches and nodes by chance; all CPUs share the lock of the one queue.
 *
 * Knobs: slice_us.
 * Heeds while it runs: slice, quota, CPU. No weight, no priority: it is one queue in the order of arrival,
 * and nothing more.
 */
#include "custody.bpf.h"

struct task {
	struct scxb_task scxb;
};

#include "plain_cpu.bpf.h"
#include "plain_dequeue.bpf.h"
#include "plain_run.bpf.h"
#include "plain_task.bpf.h"
#include "plain_tick.bpf.h"

SCXB_KNOB(u64, slice_us, 20000, 100, 1000000, "time that a task may run before the next one, in us");

#define QUEUE 0

static void quota_release(struct bpf_iter_scx_dsq *it, struct task_struct *p, struct task *t)
{
	scx_bpf_dsq_move(it, p, QUEUE, 0);
}

#include "quota_clock.bpf.h"

s32 SCXB_OP(fifo_select_cpu, struct task_struct *p, s32 prev_cpu, u64 wake_flags)
{
	struct scxb_call call = SCXB_CALL(select_cpu, p, wake_flags);

	return select_idle(&call, prev_cpu, slice_us);
}

void SCXB_OP(fifo_enqueue, struct task_struct *p, u64 enq_flags)
{
	struct scxb_call call = SCXB_CALL(enqueue, p, enq_flags);
	struct task *t = begin_enqueue(&call);
	u64 slice;

	if (!t)
		return;
	slice = rules_slice(&t->scxb.rules, slice_us);
	if (throttle(&call, t, slice) || fill_idle(&call, t, slice))
		return;
	queue_in_dsq(&call, t, QUEUE);
	scx_bpf_dsq_insert(p, QUEUE, slice, enq_flags);
}

void SCXB_OP(fifo_dispatch, s32 cpu, struct task_struct *prev)
{
	struct scxb_call call = SCXB_CALL(dispatch, NULL, 0);

	if (!scxb_begin(&call))
		return;
	if (reenq_wanted())
		reenqueue(QUEUE);
	if (scx_bpf_dsq_move_to_local(QUEUE))
		scxb_count(&call, dispatched);
	else
		run_on(prev, slice_us);
}

s32 SCXB_OP_SLEEPABLE(fifo_init)
{
	s32 err =
		control_init(SCXB_HAS_SETTING(slice_us) | SCXB_HAS_SETTING(quota_ppm) | SCXB_HAS_SETTING(cpu),
			     SCXB_HAS_PARAM(slice_us));

	if (!err)
		err = quota_init();
	return err ?: scx_bpf_create_dsq(QUEUE, -1);
}

SEC(".struct_ops.link")
struct sched_ext_ops fifo_ops = {
	.name = "fifo",
	.select_cpu = (void *)fifo_select_cpu,
	.enqueue = (void *)fifo_enqueue,
	.dispatch = (void *)fifo_dispatch,
	.tick = (void *)plain_tick,
	.init = (void *)fifo_init,
	SCXB_OPS_ALIKE,
	SCXB_OPS_QUOTA,
	SCXB_OPS_PLAIN_DEQUEUE,
	SCXB_OPS_PLAIN_CPU,
	SCXB_OPS_PLAIN_RUN,
	SCXB_OPS_PLAIN_TASK,
};
