/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The clock of quotas (quota.bpf.h): it fills the buckets, and releases as many throttled tasks as can each
 * run a tick of what is left. What they use beyond that is taken off later periods, so that the share is kept
 * over any time longer than a few periods. No task is held for longer than QUOTA_MOST, whatever the quota, or
 * the kernel would take the wait for a stall.
 *
 * A policy defines quota_release(), which moves a task from QUOTA_DSQ to where it would wait otherwise,
 * before it includes this, calls quota_init() in its init, and has SCXB_OPS_QUOTA in its ops.
 */
#ifndef SCXB_QUOTA_CLOCK_BPF_H
#define SCXB_QUOTA_CLOCK_BPF_H

#include "ops.bpf.h"

#define QUOTA_IDLE (NSEC_PER_SEC / 4) /* the period while there is no quota */
#define QUOTA_MOST (3 * NSEC_PER_SEC)
#define QUOTA_TURN (4 * NSEC_PER_MSEC)

struct quota_clock {
	struct bpf_timer timer;
	u64 last;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct quota_clock);
} scxb_quota_clock SEC(".maps");

/* machine: the CPU time of all CPUs since the last period. True when the bucket is in use. */
static bool quota_fill(u32 nr, u64 machine)
{
	struct scxb_bucket *b = bpf_map_lookup_elem(&scxb_quota, &nr);
	s64 comes, left;

	if (!b || !b->ppm)
		return false;
	comes = machine * b->ppm / 1000000;
	left = __sync_add_and_fetch(&b->left, comes);
	if (left > comes)
		__sync_fetch_and_sub(&b->left, left - comes);
	b->admit = left <= 0 ? 0 : left / QUOTA_TURN + 1;
	return true;
}

static __always_inline bool quota_admits(struct scxb_rules *r, u64 waited)
{
	struct scxb_control *c = scxb_controls();
	struct scxb_bucket *b = quota_bucket(r);

	/* The setting may have changed: the task looks it up when it runs. */
	if (!b || !b->ppm || (c && c->generation != r->generation) || waited >= QUOTA_MOST)
		return true;
	if (b->admit <= 0)
		return false;
	b->admit--;
	return true;
}

/* Kicks an idle CPU for a released task. Where all are busy it waits like any other. */
static __always_inline void quota_wake(struct task_struct *p)
{
	s32 cpu = scx_bpf_task_cpu(p);

	if (!scx_bpf_test_and_clear_cpu_idle(cpu))
		cpu = scx_bpf_pick_idle_cpu(p->cpus_ptr, 0);
	if (cpu >= 0)
		scx_bpf_kick_cpu(cpu, SCX_KICK_IDLE);
}

static void quota_release_all(u64 now)
{
	struct task_struct *p;
	struct task *t;

	bpf_for_each (scx_dsq, p, QUOTA_DSQ, 0) {
		t = task_of(p);
		if (!t || !quota_admits(&t->scxb.rules, since(t->scxb.custody.since, now)))
			continue;
		quota_release(&___it, p, t);
		quota_wake(p);
	}
}

static u32 quota_online(void)
{
	const struct cpumask *online = scx_bpf_get_online_cpumask();
	u32 nr = bpf_cpumask_weight(online);

	scx_bpf_put_cpumask(online);
	return nr;
}

static int quota_period(void *map, u32 *key, struct quota_clock *clock)
{
	u64 now = scx_bpf_now(), machine = since(clock->last, now) * quota_online();
	bool used = false;
	u32 nr;

	clock->last = now;
	bpf_for (nr, 1, SCXB_BUCKETS)
		used |= quota_fill(nr, machine);
	quota_kept = used;
	if (scx_bpf_dsq_nr_queued(QUOTA_DSQ) > 0) {
		bpf_rcu_read_lock();
		quota_release_all(now);
		bpf_rcu_read_unlock();
	}
	bpf_timer_start(&clock->timer, used ? SCXB_PERIOD_NS : QUOTA_IDLE, 0);
	return 0;
}

static __always_inline s32 quota_init(void)
{
	u32 key = 0;
	struct quota_clock *clock = bpf_map_lookup_elem(&scxb_quota_clock, &key);
	s32 err = scx_bpf_create_dsq(QUOTA_DSQ, -1);

	if (err || !clock)
		return err ?: -E2BIG;
	clock->last = scx_bpf_now();
	bpf_timer_init(&clock->timer, &scxb_quota_clock, 1 /* CLOCK_MONOTONIC */);
	bpf_timer_set_callback(&clock->timer, quota_period);
	return bpf_timer_start(&clock->timer, QUOTA_IDLE, 0);
}

#define SCXB_OPS_QUOTA .flags = SCX_OPS_ENQ_LAST

#endif
