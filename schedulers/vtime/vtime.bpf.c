/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * vtime: shares by weight, kept by virtual time.
 *
 * Idea: a task's virtual time is the time it ran, divided by its weight. Every CPU takes the waiting task
 * with the least virtual time (start-time fair queueing on one priority DSQ). The weight is that of nice,
 * times those of the task's cgroups; a light task gets a shorter slice, more often, instead of a long one. A
 * task that slept comes back at most credit_us behind the common clock, so that sleep can't be saved up; one
 * that ran alone for long waits at most debt_us for it. A change of weight scales the debt that is left. Both
 * are virtual: with n tasks per CPU a virtual second lasts n seconds, so that a generous credit for many
 * tasks is a long wait for each.
 *
 * No task starves: beside tasks of a hundred thousand times its weight a task would be due after minutes. One
 * that has waited for patience_ms is moved to the global DSQ, which every CPU serves before it calls
 * dispatch.
 *
 * Good at: shares that follow weight; short waits for tasks that run little.
 * Bad at: latency when all tasks run much, because it never preempts within a slice; cache locality and many
 * CPUs, because there is one queue. A cgroup's weight scales each of its tasks, so a group with more tasks
 * gets more: groups are not entities of their own.
 *
 * Knobs: slice_us, credit_us, debt_us, patience_ms.
 * Heeds while it runs: weight (instead of that of nice), slice, quota, CPU. No priority: the order is that of
 * virtual time.
 */
#include "policy.bpf.h"
#include "weights.bpf.h"

static __always_inline u64 *scxb_word(struct task_struct *p)
{
	struct task *t = task_of(p);

	return t ? &t->word : NULL;
}

SCXB_KNOB(u64, slice_us, 20000, 100, 1000000, "time that a task may run before the next one, in us");
SCXB_KNOB(u64, credit_us, 2000, 0, 10000000, "how far a sleeper may be behind in virtual time, in us");
SCXB_KNOB(u64, debt_us, 200000, 1000, 10000000, "how far a task may be ahead in virtual time, in us");
SCXB_KNOB(u64, patience_ms, 1000, 100, 10000, "longest wait for a CPU, whatever the weight, in ms");

#define QUEUE 0
#define SHORTEST_SLICE (NSEC_PER_USEC * 500)
/* The clock lags by less than this, so that most tasks that start do not write to the line that all read. */
#define CLOCK_GRAIN (NSEC_PER_USEC * 500)

static u64 looked; /* when a CPU last looked for tasks that have waited too long */

/* Between the most credit that a sleeper may have and the most debt of a task that ran. */
static __always_inline u64 bounded(u64 vtime)
{
	u64 least = clock.now - credit_us * NSEC_PER_USEC;
	u64 most = clock.now + debt_us * NSEC_PER_USEC;

	if (scxb_before(vtime, least))
		return least;
	return scxb_before(most, vtime) ? most : vtime;
}

static void scxb_release(struct bpf_iter_scx_dsq *it, struct task_struct *p)
{
	struct task *t = task_of(p);

	scx_bpf_dsq_move_set_vtime(it, bounded(t ? t->vtime : 0));
	scx_bpf_dsq_move_vtime(it, p, QUEUE, 0);
}

static void scxb_changed(bool asked)
{
	if (asked)
		scxb_reenqueue(QUEUE);
}

/* A light task gets a shorter one. slice: that of the knob, or that is set. */
static __always_inline u64 slice_of(struct task *t, struct task_struct *p, u64 slice)
{
	if (t->weight >= WEIGHT_ONE || scxb_rule_is_set(scxb_rules_of(p), slice_us))
		return slice;
	slice = slice * t->weight / WEIGHT_ONE;
	return slice > SHORTEST_SLICE ? slice : SHORTEST_SLICE;
}

s32 SCXB_OP(vtime_select_cpu, struct task_struct *p, s32 prev_cpu, u64 wake_flags)
{
	struct scxb_call call = SCXB_CALL(select_cpu, p, wake_flags);

	return scxb_select_idle(&call, prev_cpu, slice_us);
}

void SCXB_OP(vtime_enqueue, struct task_struct *p, u64 enq_flags)
{
	struct scxb_call call = SCXB_CALL(enqueue, p, enq_flags);
	struct task *t = task_of(p);
	u64 slice;

	if (!scxb_begin_enqueue(&call, t ? &t->word : NULL))
		return;
	if (!t->waits)
		t->waits = scx_bpf_now();
	slice = scxb_admit(&call, slice_us);
	charge(t, p);
	if (!slice)
		return;
	if (scxb_fill_idle(&call, slice)) {
		t->waits = 0;
		return;
	}
	t->vtime = bounded(t->vtime);
	scxb_enter_dsq(&call, &t->word, QUEUE);
	scx_bpf_dsq_insert_vtime(p, QUEUE, slice_of(t, p, slice), t->vtime, enq_flags);
}

/* Never back: a CPU delayed between reading the clock and writing it would favour all tasks that come then.
 */
static __always_inline void advance_clock(u64 vtime)
{
	u64 now = clock.now;

	if (scxb_before(now + CLOCK_GRAIN, vtime))
		__sync_val_compare_and_swap(&clock.now, now, vtime);
}

/* Unless its properties change, the task is about to run. */
void SCXB_OP(vtime_dequeue, struct task_struct *p, u64 deq_flags)
{
	struct scxb_call call = SCXB_CALL(dequeue, p, deq_flags);
	struct task *t = task_of(p);

	if (!t || !scxb_begin(&call))
		return;
	if (scxb_is_dispatch(&call)) {
		t->waits = 0;
		advance_clock(t->vtime);
	}
	scxb_custody_dequeue(&call, &t->word);
}

/* On kernels that do not report exits, that shows only now. */
void SCXB_WATCH_OP(vtime_running, struct task_struct *p)
{
	struct task *t = task_of(p);

	if (t && !scxb_reports_exits()) {
		t->waits = 0;
		advance_clock(t->vtime);
	}
	if (t)
		scxb_ran(p, &t->word);
}

/* The task whose slice just ended is not queued yet: it continues if it is still before all others. */
static bool goes_on(struct task_struct *prev)
{
	struct task_struct *first = scx_bpf_dsq_peek(QUEUE);
	struct scxb_rules *r;
	struct task *t;

	if (!first)
		return false;
	t = task_of(prev);
	if (!t)
		return false;
	charge_time(t, prev);
	r = scxb_rules_of(prev);
	if (scxb_quota_is_over(r) || !scxb_before(t->vtime, first->scx.dsq_vtime))
		return false;
	scx_bpf_task_set_slice(prev, slice_of(t, prev, scxb_rules_slice(r, slice_us)));
	return true;
}

static bool is_time_to_look(u64 now)
{
	u64 last = looked;

	return scxb_since(last, now) > patience_ms * NSEC_PER_MSEC / 4 &&
	       __sync_val_compare_and_swap(&looked, last, now) == last;
}

/* Their debt is dropped: else the clock would jump to it, and tasks that wake then wait behind all others. */
static __noinline void rescue(u64 now)
{
	struct task_struct *p;
	struct task *t;

	bpf_for_each (scx_dsq, p, QUEUE, 0) {
		t = task_of(p);
		if (!t || !t->waits || scxb_since(t->waits, now) < patience_ms * NSEC_PER_MSEC)
			continue;
		if (scxb_before(clock.now, t->vtime))
			t->vtime = clock.now;
		scx_bpf_dsq_move(&___it, p, SCX_DSQ_GLOBAL, 0);
	}
}

void SCXB_OP(vtime_dispatch, s32 cpu, struct task_struct *prev)
{
	u64 now = scxb_clock();

	if (is_time_to_look(now))
		rescue(now);
	if (prev && prev->scx.flags & SCX_TASK_QUEUED && goes_on(prev))
		return;
	if (!scx_bpf_dsq_move_to_local(QUEUE))
		scxb_run_on(prev, slice_us);
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
	t->vtime = clock.now;
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

	return ta && tb && scxb_before(ta->vtime, tb->vtime);
}

s32 SCXB_OP_SLEEPABLE(vtime_cgroup_init, struct cgroup *cgrp, struct scx_cgroup_init_args *args)
{
	return set_group(cgrp, args->weight);
}

void SCXB_OP(vtime_cgroup_set_weight, struct cgroup *cgrp, u32 weight)
{
	set_group(cgrp, weight);
}

void SCXB_OP(vtime_cgroup_move, struct task_struct *p, struct cgroup *from, struct cgroup *to)
{
	struct task *t = task_of(p);

	scxb_move(p, from, to);
	if (!t)
		return;
	t->weighed = group_changes;
	set_weight(t, group_weight(to, own_weight(scxb_rules_of(p), p)));
}

s32 SCXB_OP_SLEEPABLE(vtime_init_task, struct task_struct *p, struct scx_init_task_args *args)
{
	struct task *t = bpf_task_storage_get(&scxb_tasks, p, 0, BPF_LOCAL_STORAGE_GET_F_CREATE);

	return t ? 0 : -ENOMEM;
}

s32 SCXB_OP_SLEEPABLE(vtime_init)
{
	s32 err = scxb_init(SCXB_HAS_SETTING(weight) | SCXB_HAS_SETTING(slice_us) |
				    SCXB_HAS_SETTING(quota_ppm) | SCXB_HAS_SETTING(cpu),
			    SCXB_HAS_PARAM(slice_us));

	return err ?: scx_bpf_create_dsq(QUEUE, -1);
}

SCXB_POLICY(vtime, .select_cpu = (void *)vtime_select_cpu, .enqueue = (void *)vtime_enqueue,
	    .dequeue = (void *)vtime_dequeue, .dispatch = (void *)vtime_dispatch, .tick = (void *)vtime_tick,
	    .running = (void *)vtime_running, .enable = (void *)vtime_enable,
	    .set_weight = (void *)vtime_set_weight, .core_sched_before = (void *)vtime_core_sched_before,
	    .cgroup_init = (void *)vtime_cgroup_init, .cgroup_set_weight = (void *)vtime_cgroup_set_weight,
	    .cgroup_move = (void *)vtime_cgroup_move, .init_task = (void *)vtime_init_task,
	    .init = (void *)vtime_init);
