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
#include "custody.bpf.h"

struct task {
	struct scxb_task scxb;
	u64 vtime;
	u64 weight;
	u64 weighed; /* group_changes when weight was computed */
	u64 ruled;   /* the rules' found at that time */
	u64 waits;   /* since when it waits for a CPU, across property changes; 0: it does not wait */
};

#include "plain_cpu.bpf.h"
#include "plain_dequeue.bpf.h"

SCXB_KNOB(u64, slice_us, 20000, 100, 1000000, "time that a task may run before the next one, in us");
SCXB_KNOB(u64, credit_us, 2000, 0, 10000000, "how far a sleeper may be behind in virtual time, in us");
SCXB_KNOB(u64, debt_us, 200000, 1000, 10000000, "how far a task may be ahead in virtual time, in us");
SCXB_KNOB(u64, patience_ms, 1000, 100, 10000, "longest wait for a CPU, whatever the weight, in ms");

#define QUEUE 0
#define SHORTEST_SLICE (NSEC_PER_USEC * 500)
#define WEIGHT_ONE 100
#define WEIGHT_MAX 100000000
/* The clock lags by less than this, so that most tasks that start do not write to the line that all read. */
#define CLOCK_GRAIN (NSEC_PER_USEC * 500)

struct group {
	u32 weight;
};

struct {
	__uint(type, BPF_MAP_TYPE_CGRP_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct group);
} groups SEC(".maps");

/* The virtual time at which tasks are served now, in a cache line of its own. */
static struct {
	u64 now;
} clock __attribute__((aligned(128))) SEC(".data.clock");
static u64 group_changes;
static u64 looked; /* when a CPU last looked for tasks that have waited too long */

static __always_inline u64 group_weight(struct cgroup *cgrp, u64 weight)
{
	int level;

	bpf_for (level, 1, MAX_DEPTH) {
		struct cgroup *above = bpf_cgroup_ancestor(cgrp, level);
		struct group *g;

		if (!above)
			break;
		g = bpf_cgrp_storage_get(&groups, above, 0, 0);
		if (g)
			weight = weight * g->weight / WEIGHT_ONE;
		bpf_cgroup_release(above);
		if (weight > WEIGHT_MAX)
			weight = WEIGHT_MAX;
	}
	return weight;
}

static __always_inline void set_weight(struct task *t, u64 weight)
{
	u64 old = t->weight;

	t->weight = weight ?: 1;
	if (before(clock.now, t->vtime))
		t->vtime = clock.now + (t->vtime - clock.now) * old / t->weight;
}

static __always_inline u64 own_weight(struct task *t, struct task_struct *p)
{
	u64 weight = p->scx.weight;

	barrier_var(weight); /* one load from either pointer would not verify */
	return rule_is_set(&t->scxb.rules, weight) ? rule_value(&t->scxb.rules, weight) : weight;
}

static void weigh(struct task *t, struct task_struct *p)
{
	u64 weight = own_weight(t, p);
	struct cgroup *cgrp;

	t->weighed = group_changes;
	t->ruled = t->scxb.rules.found;
	if (bpf_ksym_exists(scx_bpf_task_cgroup)) {
		cgrp = scx_bpf_task_cgroup(p);
		weight = group_weight(cgrp, weight);
		bpf_cgroup_release(cgrp);
	}
	set_weight(t, weight);
}

/* Weighs the task again if its rules, or a weight of a cgroup, have changed. */
static __always_inline void reweigh(struct task *t, struct task_struct *p)
{
	if (t->weighed != group_changes || t->ruled != t->scxb.rules.found)
		weigh(t, p);
}

/* Charges at the weight that the task had while it ran; from now on it has the new one. */
static __always_inline void charge(struct task *t, struct task_struct *p, u64 ran)
{
	t->vtime += ran * WEIGHT_ONE / (t->weight ?: WEIGHT_ONE);
	reweigh(t, p);
}

/* Between the most credit that a sleeper may have and the most debt of a task that ran. */
static __always_inline u64 bounded(u64 vtime)
{
	u64 least = clock.now - credit_us * NSEC_PER_USEC;
	u64 most = clock.now + debt_us * NSEC_PER_USEC;

	if (before(vtime, least))
		return least;
	return before(most, vtime) ? most : vtime;
}

/* t is only read: the clock of quotas does not hold the task, so it may not write to it. */
static void quota_release(struct bpf_iter_scx_dsq *it, struct task_struct *p, struct task *t)
{
	scx_bpf_dsq_move_set_vtime(it, bounded(t->vtime));
	scx_bpf_dsq_move_vtime(it, p, QUEUE, 0);
}

#include "quota_clock.bpf.h"

static __always_inline u64 slice_of(struct task *t)
{
	u64 slice = rules_slice(&t->scxb.rules, slice_us);

	if (t->weight >= WEIGHT_ONE || rule_is_set(&t->scxb.rules, slice_us))
		return slice;
	slice = slice * t->weight / WEIGHT_ONE;
	return slice > SHORTEST_SLICE ? slice : SHORTEST_SLICE;
}

s32 SCXB_OP(vtime_select_cpu, struct task_struct *p, s32 prev_cpu, u64 wake_flags)
{
	struct scxb_call call = SCXB_CALL(select_cpu, p, wake_flags);

	return select_idle(&call, prev_cpu, slice_us);
}

void SCXB_OP(vtime_enqueue, struct task_struct *p, u64 enq_flags)
{
	struct scxb_call call = SCXB_CALL(enqueue, p, enq_flags);
	struct task *t = begin_enqueue(&call);
	u64 slice;

	if (!t)
		return;
	slice = rules_slice(&t->scxb.rules, slice_us);
	if (!t->waits)
		t->waits = scx_bpf_now();
	if (throttle(&call, t, slice) || fill_idle(&call, t, slice))
		return;
	t->vtime = bounded(t->vtime);
	reweigh(t, p);
	queue_in_dsq(&call, t, QUEUE);
	scx_bpf_dsq_insert_vtime(p, QUEUE, slice_of(t), t->vtime, enq_flags);
}

/* The task whose slice just ended is not queued yet: it continues if it is still before all others. */
static bool goes_on(struct task_struct *prev)
{
	struct task_struct *first = scx_bpf_dsq_peek(QUEUE);
	struct task *t;

	if (!first)
		return false;
	t = task_of(prev);
	if (!t || quota_is_over(&t->scxb.rules) || !before(t->vtime, first->scx.dsq_vtime))
		return false;
	scx_bpf_task_set_slice(prev, slice_of(t));
	return true;
}

static bool is_time_to_look(u64 now)
{
	u64 last = looked;

	return since(last, now) > patience_ms * NSEC_PER_MSEC / 4 &&
	       __sync_val_compare_and_swap(&looked, last, now) == last;
}

/* Their debt is dropped: else the clock would jump to it, and tasks that wake then wait behind all others. */
static void rescue(u64 now)
{
	struct task_struct *p;
	struct task *t;

	bpf_for_each (scx_dsq, p, QUEUE, 0) {
		t = task_of(p);
		if (!t || !t->waits || since(t->waits, now) < patience_ms * NSEC_PER_MSEC)
			continue;
		if (before(clock.now, t->vtime))
			t->vtime = clock.now;
		scx_bpf_dsq_move(&___it, p, SCX_DSQ_GLOBAL, 0);
	}
}

void SCXB_OP(vtime_dispatch, s32 cpu, struct task_struct *prev)
{
	struct scxb_call call = SCXB_CALL(dispatch, NULL, 0);
	u64 now = scx_bpf_now();

	if (!scxb_begin(&call))
		return;
	if (reenq_wanted())
		reenqueue(QUEUE);
	if (is_time_to_look(now))
		rescue(now);
	if (prev && prev->scx.flags & SCX_TASK_QUEUED && goes_on(prev))
		return;
	if (scx_bpf_dsq_move_to_local(QUEUE))
		scxb_count(&call, dispatched);
	else
		run_on(prev, slice_us);
}

void SCXB_OP(vtime_tick, struct task_struct *p)
{
	struct scxb_call call = SCXB_CALL(tick, p, 0);
	struct task *t = begin_task(&call);

	if (t)
		charge(t, p, task_tick(&call, t));
}

/* Never back: a CPU delayed between reading the clock and writing it would favour all tasks that come then.
 */
static __always_inline void advance_clock(u64 vtime)
{
	u64 now = clock.now;

	if (before(now + CLOCK_GRAIN, vtime))
		__sync_val_compare_and_swap(&clock.now, now, vtime);
}

void SCXB_OP(vtime_running, struct task_struct *p)
{
	struct scxb_call call = SCXB_CALL(running, p, 0);
	struct task *t = begin_task(&call);

	if (!t)
		return;
	task_running(&call, t);
	t->waits = 0;
	advance_clock(t->vtime);
}

void SCXB_OP(vtime_stopping, struct task_struct *p, bool runnable)
{
	struct scxb_call call = SCXB_CALL(stopping, p, 0);
	struct task *t = begin_task(&call);

	if (t)
		charge(t, p, task_stopping(&call, t));
}

void SCXB_OP(vtime_enable, struct task_struct *p)
{
	struct scxb_call call = SCXB_CALL(enable, p, 0);
	struct task *t = begin_task(&call);

	if (t)
		t->vtime = clock.now;
}

/*
 * The kernel takes a task out of its queue, or stops it, before it changes the task, so that it is charged at
 * the old weight, and then enqueues it again: what is changed here is in force at once.
 */
void SCXB_OP(vtime_set_weight, struct task_struct *p, u32 weight)
{
	struct scxb_call call = SCXB_CALL(set_weight, p, 0);
	struct task *t = begin_task(&call);

	if (t)
		weigh(t, p);
}

bool SCXB_OP(vtime_core_sched_before, struct task_struct *a, struct task_struct *b)
{
	struct scxb_call call = SCXB_CALL(core_sched_before, a, 0);
	struct task *ta = begin_task(&call), *tb = task_of(b);

	return ta && tb && before(ta->vtime, tb->vtime);
}

static __always_inline s32 set_group(struct cgroup *cgrp, u32 weight)
{
	struct group *g = bpf_cgrp_storage_get(&groups, cgrp, 0, BPF_LOCAL_STORAGE_GET_F_CREATE);

	if (!g)
		return -ENOMEM;
	g->weight = weight;
	__sync_fetch_and_add(&group_changes, 1);
	return 0;
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

	if (!t)
		return;
	t->weighed = group_changes;
	set_weight(t, group_weight(to, own_weight(t, p)));
}

s32 SCXB_OP_SLEEPABLE(vtime_init_task, struct task_struct *p, struct scx_init_task_args *args)
{
	return task_init(p) ? 0 : -ENOMEM;
}

void SCXB_OP(vtime_exit_task, struct task_struct *p, struct scx_exit_task_args *args)
{
	struct scxb_call call = SCXB_CALL(exit_task, p, 0);

	exit_task(&call);
}

s32 SCXB_OP_SLEEPABLE(vtime_init)
{
	s32 err = control_init(SCXB_HAS_SETTING(weight) | SCXB_HAS_SETTING(slice_us) |
				       SCXB_HAS_SETTING(quota_ppm) | SCXB_HAS_SETTING(cpu),
			       SCXB_HAS_PARAM(slice_us));

	if (!err)
		err = quota_init();
	return err ?: scx_bpf_create_dsq(QUEUE, -1);
}

SEC(".struct_ops.link")
struct sched_ext_ops vtime_ops = {
	.name = "vtime",
	.select_cpu = (void *)vtime_select_cpu,
	.enqueue = (void *)vtime_enqueue,
	.dispatch = (void *)vtime_dispatch,
	.tick = (void *)vtime_tick,
	.running = (void *)vtime_running,
	.stopping = (void *)vtime_stopping,
	.enable = (void *)vtime_enable,
	.set_weight = (void *)vtime_set_weight,
	.core_sched_before = (void *)vtime_core_sched_before,
	.cgroup_init = (void *)vtime_cgroup_init,
	.cgroup_set_weight = (void *)vtime_cgroup_set_weight,
	.cgroup_move = (void *)vtime_cgroup_move,
	.init_task = (void *)vtime_init_task,
	.exit_task = (void *)vtime_exit_task,
	.init = (void *)vtime_init,
	SCXB_OPS_ALIKE,
	SCXB_OPS_QUOTA,
	SCXB_OPS_PLAIN_DEQUEUE,
	SCXB_OPS_PLAIN_CPU,
};
