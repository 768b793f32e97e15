/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fifo: first come, first served.
 *
 * First come, first served. A cgroup's share grows with its number of tasks, and cpu.weight means nothing.
 *
 * Idea: a task that wakes is dispatched directly to an idle CPU. When there is none it joins the one queue of
 * the machine, from which every CPU takes the oldest task that it may run.
 *
 * Good at: throughput, and a short, even wait when slices are short compared with the wait that is tolerable.
 * It does the least work per decision of all policies here, so it shows what a policy costs at least. No task
 * starves: each waits for a slice of every task before it, and nothing overtakes it. (A task whose nice
 * value, affinity or cgroup changes joins the queue anew, and after 2,000 ticks without running at its head.)
 * Bad at: anything that is not equal. Nice means nothing; a short task waits behind long ones; tasks move
 * between caches and nodes by chance; all CPUs share the lock of the one queue.
 *
 * Knobs: slice_us.
 * Heeds while it runs: slice, quota, CPU. No weight, no priority: it is one queue in the order of arrival,
 * and nothing more.
 */
#include "policy.bpf.h"

SCXB_KNOB(u64, slice_us, 20000, 100, 1000000, "time that a task may run before the next one, in us");

SCXB_SAYS("First come, first served. "
	  "A cgroup's share grows with its number of tasks, and cpu.weight means nothing.");

#define QUEUE 0
SCXB_ONE_QUEUE(QUEUE);

s32 SCXB_OP(fifo_select_cpu, struct task_struct *p, s32 prev_cpu, u64 wake_flags)
{
	struct scxb_call call = SCXB_CALL(select_cpu, p, wake_flags);

	return scxb_select_idle(&call, prev_cpu, slice_us);
}

static __noinline void enqueue_rare(struct task_struct *p, u64 enq_flags)
{
	struct scxb_call call = SCXB_CALL(enqueue, p, enq_flags);
	u64 slice = scxb_begin_enqueue(&call, scxb_word(p)) ? scxb_admit(&call, slice_us) : 0;

	if (!slice || scxb_fill_idle(&call, slice))
		return;
	enq_flags = scxb_enter_dsq(&call, scxb_word(p), QUEUE);
	scx_bpf_dsq_insert(p, QUEUE, slice, enq_flags);
}

void SCXB_OP(fifo_enqueue, struct task_struct *p, u64 enq_flags)
{
	struct scxb_call call = SCXB_CALL(enqueue, p, enq_flags);

	if (!scxb_begin_plain(&call, scxb_word(p))) {
		enqueue_rare(p, call.flags);
		return;
	}
	enq_flags = scxb_enter_dsq(&call, scxb_word(p), QUEUE);
	scx_bpf_dsq_insert(p, QUEUE, slice_us * NSEC_PER_USEC, enq_flags);
}

void SCXB_OP(fifo_dispatch, s32 cpu, struct task_struct *prev)
{
	if (!scxb_turn(cpu) && !scx_bpf_dsq_move_to_local(QUEUE))
		scxb_run_on(prev, slice_us);
}

s32 SCXB_OP_SLEEPABLE(fifo_init)
{
	s32 err = scxb_init(SCXB_HAS_SETTING(slice_us) | SCXB_HAS_SETTING(quota) | SCXB_HAS_SETTING(cpu),
			    SCXB_HAS_PARAM(slice_us));

	return err ?: scx_bpf_create_dsq(QUEUE, -1);
}

SCXB_POLICY(fifo, .select_cpu = (void *)fifo_select_cpu, .enqueue = (void *)fifo_enqueue,
	    .dispatch = (void *)fifo_dispatch, .init = (void *)fifo_init);
