/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * vtime: shares by weight, kept by virtual time.
 *
 * Shares follow cpu.weight, then nice. A cgroup's share does not grow with its number of tasks.
 *
 * Idea: a task's virtual time is the time it ran, divided by its weight. Every CPU takes the waiting task
 * with the least virtual time (start-time fair queueing on a priority DSQ). The weight is that of nice, as
 * part of what is runnable in the task's cgroup, and so on up (groups.bpf.h): no queue of queues, only the
 * rate at which a task is charged. A light task gets a shorter slice, more often, instead of a long one.
 * Tasks bound to one CPU have a queue and a clock of their own there (lanes.bpf.h), so that their shares do
 * not depend on how crowded other CPUs are.
 *
 * A task that slept comes back at most credit_us behind the clock, so that sleep can't be saved up; a task
 * that waits keeps what it is owed, up to debt_us, and one that ran alone for long waits at most debt_us for
 * it. A change of weight scales the debt that is left. All are virtual: with n tasks per CPU a virtual second
 * lasts n seconds.
 *
 * A task that wakes more than LEAD behind the clock preempts what runs on its CPU, unless that is before it
 * too, and at most once in LEAD. With credit_us=0 none does. A task that calls sched_yield() lets the first
 * one that waits run, and what was left of its slice counts as used.
 *
 * A task for which a shorter slice is set than the policy's, by a rule or by the hint LATENCY, is queued so
 * much earlier, and preempts by that, too. It is charged as all are: it runs sooner, and gets no more.
 *
 * The longest wait: n equal tasks on a CPU wait for n slices. None waits longer than patience_ms, a quarter
 * of it until a CPU looks, and one slice for each task that has waited as long: beside tasks of a hundred
 * thousand times its weight a task would be due after minutes, but after patience_ms it is moved to the
 * global DSQ, which every CPU serves before it calls dispatch. Only realtime tasks can make it longer; beside
 * those the kernel's server of this class keeps 5 % of each CPU.
 *
 * Good at: shares that follow weight; short waits for tasks that run little.
 * Bad at: cache locality and many CPUs, because most tasks wait in one queue; weights among tasks bound to
 * the same few CPUs, but not one, when those are more crowded than others: debt_us bounds what they are owed.
 *
 * Knobs: slice_us, credit_us, debt_us, patience_ms. The default slice is about that of EEVDF (2.8 ms on 8
 * CPUs and more); the other policies here have 20 ms.
 *
 * Heeds while it runs: weight (for that of nice), slice, quota, CPU. No priority: virtual time is the order.
 */
#include "policy.bpf.h"
#include "weights.bpf.h"

SCXB_KNOB(u64, patience_ms, 1000, 100, 10000, "longest wait for a CPU, whatever the weight, in ms");

SCXB_SAYS("Shares follow cpu.weight, then nice. A cgroup's share does not grow with its number of tasks.");

#define LEAD NSEC_PER_MSEC

static void scxb_release(struct bpf_iter_scx_dsq *it, struct task_struct *p)
{
	struct task *t = task_of(p);

	if (t)
		place(t, p, true);
	scx_bpf_dsq_move_set_vtime(it, t ? due(t) : common.clock);
	scx_bpf_dsq_move_vtime(it, p, t ? t->lane : COMMON, 0);
}

static void scxb_changed(bool asked)
{
	if (asked)
		queue_lanes_again();
}

/* A task that is dispatched directly does not come to enqueue. */
s32 SCXB_OP(vtime_select_cpu, struct task_struct *p, s32 prev_cpu, u64 wake_flags)
{
	struct scxb_call call = SCXB_CALL(select_cpu, p, wake_flags);
	s32 cpu = scxb_select_idle(&call, prev_cpu, slice_us);
	struct task *t = p->scx.ddsp_dsq_id == SCX_DSQ_LOCAL ? task_of(p) : NULL;

	if (t) {
		charge_time(t, p);
		count_in(t);
		place(t, p, true);
	}
	return cpu;
}

/* What a task that yielded had left of its slice. */
static __always_inline void charge_gift(struct task *t)
{
	if (!t->gives)
		return;
	charge_ns(t, t->gives);
	t->gives = 0;
}

/* At most once in LEAD: many tasks that wake at once must not keep a CPU busy with being interrupted. */
static __always_inline void preempt(s32 cpu, u64 now)
{
	struct lane *lane = lane_at(LANE_OF_CPU(cpu));

	if (scxb_since(lane->kicked, now) < LEAD)
		return;
	lane->kicked = now;
	scx_bpf_kick_cpu(cpu, SCX_KICK_PREEMPT);
}

void SCXB_OP(vtime_enqueue, struct task_struct *p, u64 enq_flags)
{
	struct scxb_call call = SCXB_CALL(enqueue, p, enq_flags);
	bool slept = enq_flags & SCX_ENQ_WAKEUP;
	struct task *t = task_of(p);
	struct lane *lane;
	u64 slice;

	if (!scxb_begin_enqueue(&call, t ? &t->word : NULL))
		return;
	if (!t->waits)
		t->waits = call.now;
	slice = scxb_admit(&call, slice_us);
	charge(t, p);
	if (!slice)
		return;
	charge_gift(t);
	lane = place(t, p, slept);
	if (scxb_fill_idle(&call, slice)) {
		t->waits = 0;
		return;
	}
	scxb_enter_dsq(&call, &t->word, t->lane);
	scx_bpf_dsq_insert_vtime(p, t->lane, slice_of(t, p, slice), due(t), enq_flags);
	if (slept && scxb_before(due(t) + LEAD, lane->clock))
		preempt(scxb_task_cpu(p), t->waits);
}

/* Unless its properties change, the task is about to run. */
void SCXB_OP(vtime_dequeue, struct task_struct *p, u64 deq_flags)
{
	struct scxb_call call = SCXB_CALL(dequeue, p, deq_flags);
	struct task *t = task_of(p);

	if (!t)
		return;
	scxb_begin_dequeue(&call);
	if (scxb_is_dispatch(&call)) {
		t->waits = 0;
		advance_clock(lane_at(t->lane), due(t));
	}
	scxb_custody_dequeue(&call, &t->word);
}

/* On kernels that do not report exits, that shows only now. */
void SCXB_WATCH_OP(vtime_running, struct task_struct *p)
{
	struct task *t = task_of(p);

	if (t && !scxb_reports_exits()) {
		t->waits = 0;
		advance_clock(lane_at(t->lane), due(t));
	}
	if (t)
		scxb_ran(p, &t->word);
}

/* For the CPU on which the task runs. */
static __always_inline u64 common_time(struct task *t)
{
	return t->lane == COMMON ? t->vtime : on_common_clock(lane_at(t->lane), t->vtime);
}

/*
 * The task whose slice just ended is not queued yet: it continues if it is still before the first that waits,
 * and does not yield.
 */
static bool goes_on(struct task_struct *prev, u64 first)
{
	struct scxb_rules *r = scxb_rules_of(prev);
	struct task *t = task_of(prev);

	if (!t)
		return false;
	charge_time(t, prev);
	if (t->gives || scxb_quota_is_over(r) || !scxb_before(common_time(t), first))
		return false;
	scx_bpf_task_set_slice(prev, slice_of(t, prev, scxb_rules_slice(r, slice_us)));
	return true;
}

static bool is_time_to_look(struct lane *lane, u64 now)
{
	u64 last = lane->looked;

	return scxb_since(last, now) > patience_ms * NSEC_PER_MSEC / 4 &&
	       __sync_val_compare_and_swap(&lane->looked, last, now) == last;
}

/* Their debt is dropped: else the clock would jump to it, and tasks that wake then wait behind all others. */
static __noinline void rescue(u32 nr, u64 now)
{
	struct lane *lane = lane_at(nr);
	struct task_struct *p;
	struct task *t;

	bpf_for_each (scx_dsq, p, nr, 0) {
		t = task_of(p);
		if (!t || !t->waits || scxb_since(t->waits, now) < patience_ms * NSEC_PER_MSEC)
			continue;
		if (scxb_before(lane->clock, t->vtime))
			t->vtime = lane->clock;
		scx_bpf_dsq_move(&___it, p, SCX_DSQ_GLOBAL, 0);
	}
}

/* Nobody else waits for this CPU. The new slice begins where the last one ended. */
static __always_inline void run_alone(struct task_struct *prev)
{
	struct task *t = prev && prev->scx.flags & SCX_TASK_QUEUED ? task_of(prev) : NULL;
	struct lane *lane;

	if (t) {
		lane = lane_at(t->lane);
		charge_time(t, prev);
		t->gives = 0;
		advance_clock(lane, t->vtime);
		if (t->lane != COMMON)
			level(lane);
	}
	scxb_run_on(prev, slice_us);
}

/* Of a CPU on which a task that is bound to it waits. prev: if it could go on. */
static __noinline bool serve_both(s32 cpu, struct task_struct *prev, struct task_struct *bound)
{
	struct task_struct *any = scx_bpf_dsq_peek(COMMON);
	struct lane *lane = lane_at(LANE_OF_CPU(cpu));
	u64 first;

	if (!any && (!prev || prev->nr_cpus_allowed == 1))
		level(lane);
	first = on_common_clock(lane, bound->scx.dsq_vtime);
	if (any && scxb_before(any->scx.dsq_vtime, first)) {
		if (prev && goes_on(prev, any->scx.dsq_vtime))
			return true;
		if (scx_bpf_dsq_move_to_local(COMMON))
			return true;
	} else if (prev && goes_on(prev, first)) {
		return true;
	}
	return scx_bpf_dsq_move_to_local(LANE_OF_CPU(cpu));
}

static __always_inline bool serve_lane(s32 cpu, struct task_struct *prev, u64 now)
{
	u32 nr = LANE_OF_CPU(cpu);
	struct task_struct *bound = scx_bpf_dsq_peek(nr);

	if (!bound)
		return false;
	if (is_time_to_look(lane_at(nr), now))
		rescue(nr, now);
	return serve_both(cpu, prev, bound);
}

void SCXB_OP(vtime_dispatch, s32 cpu, struct task_struct *prev)
{
	bool runs = prev && prev->scx.flags & SCX_TASK_QUEUED;
	u64 now = scxb_clock();
	struct task_struct *any;

	if (scxb_turn(cpu))
		return;
	if (is_time_to_look(&common, now))
		rescue(COMMON, now);
	if (has_lanes() && serve_lane(cpu, runs ? prev : NULL, now))
		return;
	any = runs ? scx_bpf_dsq_peek(COMMON) : NULL;
	if (any && goes_on(prev, any->scx.dsq_vtime))
		return;
	if (!scx_bpf_dsq_move_to_local(COMMON))
		run_alone(prev);
}

bool SCXB_OP(vtime_yield, struct task_struct *from, struct task_struct *to)
{
	struct task *t = task_of(from);

	if (t)
		t->gives = from->scx.slice;
	scx_bpf_task_set_slice(from, 0);
	return false;
}

void SCXB_OP(vtime_quiescent, struct task_struct *p, u64 deq_flags)
{
	struct scxb_call call = SCXB_CALL(quiescent, p, deq_flags);
	struct task *t = task_of(p);

	scxb_begin(&call);
	if (!t)
		return;
	charge_time(t, p);
	count_out(t);
}

void SCXB_OP(vtime_tick, struct task_struct *p)
{
	struct task *t = task_of(p);

	scxb_tick_quota(p);
	if (t)
		charge(t, p);
}

void SCXB_OP(vtime_enable, struct task_struct *p)
{
	struct scxb_call call = SCXB_CALL(enable, p, 0);
	struct task *t = task_of(p);

	scxb_come(&call, t ? &t->word : NULL);
	if (!t)
		return;
	t->lane = COMMON;
	t->vtime = common.clock;
	t->exec = p->se.sum_exec_runtime;
}

/*
 * The kernel takes a task out of its queue, or stops it, before it changes the task, so that it is charged at
 * the old weight, and then enqueues it again: what is changed here is in force at once.
 */
void SCXB_OP(vtime_set_weight, struct task_struct *p, u32 weight)
{
	struct task *t = task_of(p);

	if (!t)
		return;
	charge(t, p);
	weigh(p);
}

bool SCXB_OP(vtime_core_sched_before, struct task_struct *a, struct task_struct *b)
{
	struct task *ta = task_of(a), *tb = task_of(b);

	return ta && tb &&
	       scxb_before(due(ta) + lane_at(ta->lane)->shift, due(tb) + lane_at(tb->lane)->shift);
}

s32 SCXB_OP_SLEEPABLE(vtime_cgroup_init, struct cgroup *cgrp, struct scx_cgroup_init_args *args)
{
	return group_make(cgrp, args->weight);
}

void SCXB_OP_SLEEPABLE(vtime_cgroup_exit, struct cgroup *cgrp)
{
	group_free(cgrp);
}

void SCXB_OP(vtime_cgroup_set_weight, struct cgroup *cgrp, u32 weight)
{
	group_weigh(cgrp, weight);
}

/* The kernel does it between a quiescent and the next enqueue. */
void SCXB_OP(vtime_cgroup_move, struct task_struct *p, struct cgroup *from, struct cgroup *to)
{
	struct task *t = task_of(p);

	scxb_move(p, from, to);
	if (!t)
		return;
	count_out(t);
	t->group = group_of(to);
}

s32 SCXB_OP_SLEEPABLE(vtime_init_task, struct task_struct *p, struct scx_init_task_args *args)
{
	struct task *t = bpf_task_storage_get(&scxb_tasks, p, 0, BPF_LOCAL_STORAGE_GET_F_CREATE);

	if (!t)
		return -ENOMEM;
	t->weight = WEIGHT_ONE;
	if (bpf_core_field_exists(args->cgroup))
		t->group = group_of_id(BPF_CORE_READ(args, cgroup, kn, id));
	return 0;
}

s32 SCXB_OP_SLEEPABLE(vtime_init)
{
	s32 err = scxb_init(SCXB_HAS_SETTING(weight) | SCXB_HAS_SETTING(slice_us) | SCXB_HAS_SETTING(quota) |
				    SCXB_HAS_SETTING(cpu),
			    SCXB_HAS_PARAM(slice_us));

	scxb_control.settings |= SCXB_CHARGES;
	return err ?: make_lanes();
}

SCXB_POLICY(vtime, .select_cpu = (void *)vtime_select_cpu, .enqueue = (void *)vtime_enqueue,
	    .dequeue = (void *)vtime_dequeue, .dispatch = (void *)vtime_dispatch,
	    .yield = (void *)vtime_yield, .quiescent = (void *)vtime_quiescent, .tick = (void *)vtime_tick,
	    .running = (void *)vtime_running, .enable = (void *)vtime_enable,
	    .set_weight = (void *)vtime_set_weight, .core_sched_before = (void *)vtime_core_sched_before,
	    .cgroup_init = (void *)vtime_cgroup_init, .cgroup_exit = (void *)vtime_cgroup_exit,
	    .cgroup_set_weight = (void *)vtime_cgroup_set_weight, .cgroup_move = (void *)vtime_cgroup_move,
	    .init_task = (void *)vtime_init_task, .init = (void *)vtime_init);
