/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The clock of a policy: a timer that does what nothing else has to do at once, so that no op looks for it.
 *
 * It fills the buckets of quotas (quota.bpf.h), and releases as many throttled tasks as can each run a tick
 * of what is left. What they use beyond that is taken off later periods, so that the share is kept over any
 * time longer than a few periods.
 *
 * A task that is held must run now and then, whatever its quotas, or the kernel would take the wait for a
 * stall. So those that have waited longest get a turn after SCXB_HELD_MOST, a hundredth of all that wait in a
 * period, so of 10,000 none waits for longer than 18 s. A turn is over as soon as it has begun (scxb_turn()),
 * and is charged like all else.
 *
 * It serves requests to re-enqueue: the kernel takes each task that waits in a user DSQ and re-enqueues it,
 * by ops.enqueue() with SCX_ENQ_REENQ.
 */
#ifndef SCXB_CLOCK_BPF_H
#define SCXB_CLOCK_BPF_H

#include "quota.bpf.h"

/* Where the ledger keeps the task's word; NULL: nowhere, the task has no state. */
static __always_inline u64 *scxb_word(struct task_struct *p);
/*
 * Moves a task that was over quota to where it would wait otherwise. It may not be written to. Only for a
 * policy that calls scxb_init().
 */
static __attribute__((unused)) void scxb_release(struct bpf_iter_scx_dsq *it, struct task_struct *p);
/* Something was set; asked: to re-enqueue what waits in user DSQs (scxb_reenqueue()). */
static __attribute__((unused)) void scxb_changed(bool asked);

#define SCXB_CLOCK_IDLE (NSEC_PER_SEC / 4) /* the period while there is no quota */
#define SCXB_QUOTA_TICK (4 * NSEC_PER_MSEC)
#define SCXB_HELD_MOST (10 * NSEC_PER_SEC)

struct scxb_clock {
	struct bpf_timer timer;
	u64 last;
	u64 generation; /* as it was then */
	u64 reenq;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct scxb_clock);
} scxb_clocks SEC(".maps");

/* The kernel ejects a policy in which a task is re-enqueued more than 256 times without running. */
#define SCXB_REENQ_ENOUGH 128
#define SCXB_REENQ_REST NSEC_PER_SEC

static u64 scxb_reenq_rest; /* until this time no request is served */

/* When a task has been re-enqueued too often already, requests are ignored for a while. */
static __always_inline void scxb_reenq_spare(struct task_struct *p)
{
	if (scxb_task_reenqueued(p) >= SCXB_REENQ_ENOUGH)
		scxb_reenq_rest = scx_bpf_now() + SCXB_REENQ_REST;
}

/* What a quota allows in some time, in ns. */
static __always_inline s64 scxb_quota_part(u32 quota, u64 ns, u32 cpus)
{
	if (quota & SCXB_QUOTA_MACHINE)
		return ns * cpus * (quota & ~SCXB_QUOTA_MACHINE) / 1000000;
	return ns * quota / 1000;
}

/* A debt of many tasks that had to have turns must not hold for hours what is left of them. */
static __always_inline void scxb_quota_forgive(struct scxb_bucket *b, u32 cpus)
{
	s64 least = -SCXB_DEBT_S * scxb_quota_part(b->quota, NSEC_PER_SEC, cpus), left = b->left;

	if (left >= least)
		return;
	__sync_fetch_and_add(&b->left, least - left);
	b->forgiven += least - left;
}

/* True when the bucket is in use. */
static bool scxb_quota_fill(u32 nr, u64 passed, u32 cpus)
{
	struct scxb_bucket *b = bpf_map_lookup_elem(&scxb_quota, &nr);
	s64 comes, left;

	if (!b || !b->quota)
		return false;
	if (!b->begun)
		b->begun = scx_bpf_now();
	comes = scxb_quota_part(b->quota, passed, cpus);
	left = __sync_add_and_fetch(&b->left, comes);
	if (left > comes)
		__sync_fetch_and_sub(&b->left, left - comes);
	b->admit = left <= 0 ? 0 : left / SCXB_QUOTA_TICK + 1;
	scxb_quota_forgive(b, cpus);
	return true;
}

/* Has each of the task's quotas room for it? Then it takes that. */
static __noinline bool scxb_quota_admits(struct scxb_rules *r)
{
	struct scxb_bucket *b;
	u32 i;

	/* The setting may have changed: the task looks it up when it runs. */
	if (!r || scxb_control.generation != r->generation)
		return true;
	bpf_for (i, 0, SCXB_QUOTAS) {
		b = scxb_quota_bucket(r, i);
		if (!b)
			break;
		if (b->quota && b->admit <= 0)
			return false;
	}
	bpf_for (i, 0, SCXB_QUOTAS) {
		b = scxb_quota_bucket(r, i);
		if (!b)
			break;
		b->admit--;
	}
	return true;
}

/* Kicks an idle CPU for a released task. Where all are busy it waits like any other. */
static __always_inline void scxb_quota_wake(struct task_struct *p)
{
	s32 cpu = scx_bpf_task_cpu(p);

	if (!scx_bpf_test_and_clear_cpu_idle(cpu))
		cpu = scx_bpf_pick_idle_cpu(p->cpus_ptr, 0);
	if (cpu >= 0)
		scx_bpf_kick_cpu(cpu, SCX_KICK_IDLE);
}

static void scxb_quota_release(void)
{
	struct task_struct *p;

	bpf_for_each (scx_dsq, p, SCXB_QUOTA_DSQ, 0) {
		if (!scxb_quota_admits(scxb_rules_of(p)))
			continue;
		scxb_release(&___it, p);
		scxb_quota_wake(p);
	}
}

static bool scxb_turns_wait; /* in SCXB_TURN_DSQ, unless all were given since the period began */

static __noinline __attribute__((unused)) bool scxb_turn_give(s32 cpu)
{
	if (!scx_bpf_dsq_move_to_local(SCXB_TURN_DSQ))
		return false;
	scx_bpf_kick_cpu(cpu, SCX_KICK_PREEMPT);
	return true;
}

/*
 * First in the dispatch of a policy that heeds quotas. True when it has moved a task whose turn it is. The
 * CPU kicks itself: it takes that when it has switched to the task, and so chooses again at once.
 */
static __always_inline bool scxb_turn(s32 cpu)
{
	return scxb_turns_wait && scxb_turn_give(cpu);
}

/* Moves one that waits in the DSQ of "it", and calls its CPU. False: it has been taken away. */
static __always_inline bool scxb_turn_move(struct bpf_iter_scx_dsq *it, struct task_struct *p, u64 dsq)
{
	s32 cpu = scx_bpf_task_cpu(p);

	if (!scx_bpf_dsq_move(it, p, dsq, 0))
		return false;
	scx_bpf_kick_cpu(cpu, SCX_KICK_PREEMPT);
	return true;
}

/*
 * Whose turn no CPU has given for a period goes to the global DSQ, which every CPU serves before it calls
 * dispatch, and runs until the next tick. (A local one that is filled from outside would have Linux 7.3
 * charge the task for the time that its CPU was idle before.) Of the others the first one has waited longest.
 */
static void scxb_turns_begin(u64 now)
{
	u32 most = 1 + (u32)scx_bpf_dsq_nr_queued(SCXB_QUOTA_DSQ) / 100;
	struct task_struct *p;
	u64 *word;

	bpf_for_each (scx_dsq, p, SCXB_TURN_DSQ, 0)
		scxb_turn_move(&___it, p, SCX_DSQ_GLOBAL);
	bpf_for_each (scx_dsq, p, SCXB_QUOTA_DSQ, 0) {
		word = scxb_word(p);
		if (!most || (word && scxb_word_age(*word, now) < SCXB_HELD_MOST))
			break;
		scx_bpf_dsq_move_set_slice(&___it, 1);
		if (scxb_turn_move(&___it, p, SCXB_TURN_DSQ))
			most--;
	}
	scxb_turns_wait = scx_bpf_dsq_nr_queued(SCXB_TURN_DSQ) > 0;
}

static u32 scxb_nr_online(void)
{
	const struct cpumask *online = scx_bpf_get_online_cpumask();
	u32 nr = bpf_cpumask_weight(online);

	scx_bpf_put_cpumask(online);
	return nr;
}

static void scxb_serve(struct scxb_clock *clock, u64 now)
{
	u64 generation = scxb_control.generation, reenq = scxb_control.reenq;
	bool asked;

	if (reenq == clock->reenq && generation == clock->generation)
		return;
	asked = reenq != clock->reenq && scxb_can_reenqueue() && scxb_before(scxb_reenq_rest, now);
	clock->reenq = reenq;
	clock->generation = generation;
	scxb_changed(asked);
}

static void scxb_period_begin(struct scxb_clock *clock, u64 now)
{
	u64 passed = scxb_since(clock->last, now);
	u32 nr, cpus = scxb_nr_online();
	bool used = false;

	clock->last = now;
	scxb_serve(clock, now);
	bpf_for (nr, 1, scxb_asked() ? SCXB_BUCKETS : 1)
		used |= scxb_quota_fill(nr, passed, cpus);
	scxb_quota_kept = used;
	if (scx_bpf_dsq_nr_queued(SCXB_QUOTA_DSQ) > 0)
		scxb_quota_release();
	scxb_turns_begin(now);
}

static int scxb_period(void *map, u32 *key, struct scxb_clock *clock)
{
	bpf_rcu_read_lock();
	scxb_period_begin(clock, scx_bpf_now());
	bpf_rcu_read_unlock();
	bpf_timer_start(&clock->timer, scxb_quota_kept ? SCXB_PERIOD_NS : SCXB_CLOCK_IDLE, 0);
	return 0;
}

static __always_inline s32 scxb_clock_init(void)
{
	u32 key = 0;
	struct scxb_clock *clock = bpf_map_lookup_elem(&scxb_clocks, &key);
	s32 err = scx_bpf_create_dsq(SCXB_QUOTA_DSQ, -1) ?: scx_bpf_create_dsq(SCXB_TURN_DSQ, -1);

	if (err || !clock)
		return err ?: -E2BIG;
	clock->last = scx_bpf_now();
	bpf_timer_init(&clock->timer, &scxb_clocks, 1 /* CLOCK_MONOTONIC */);
	bpf_timer_set_callback(&clock->timer, scxb_period);
	return bpf_timer_start(&clock->timer, SCXB_CLOCK_IDLE, 0);
}

/* The beginning of every init: what the policy heeds, by SCXB_HAS_*(). */
static __always_inline s32 scxb_init(u32 settings, u32 params)
{
	scxb_control.settings = settings;
	scxb_control.params = params;
	scxb_control.started_ns = bpf_ktime_get_ns();
	return scxb_clock_init();
}

#endif
