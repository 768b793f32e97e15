/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Quotas, as a task meets them. What it ran is charged when it is queued, at the tick, and when it leaves: to
 * the buckets of all its rules, and so up the path of its cgroups. The slice of a task over quota ends at the
 * tick; enqueue then puts it into SCXB_QUOTA_DSQ, where it waits, in the policy's custody, until the clock
 * (clock.bpf.h) releases it.
 *
 * The kernel lets the last task on a CPU run on, unless the policy has SCX_OPS_ENQ_LAST in its flags. With
 * it, dispatch has to let a task run on (scxb_run_on()), and a task that it does not comes to enqueue.
 */
#ifndef SCXB_QUOTA_BPF_H
#define SCXB_QUOTA_BPF_H

#include "control.bpf.h"

#define SCXB_QUOTA_DSQ (1U << 20)
#define SCXB_TURN_DSQ (SCXB_QUOTA_DSQ + 1) /* for those whose turn has come: clock.bpf.h */

/* The clock runs fast enough to keep quotas. */
static bool scxb_quota_kept;

/* The i-th of a task's quotas; NULL: the last one was before it. */
static __always_inline struct scxb_bucket *scxb_quota_bucket(struct scxb_rules *r, u32 i)
{
	u32 nr = i < SCXB_QUOTAS && i < r->nr_quotas ? r->quota[i] : 0;

	return nr ? bpf_map_lookup_elem(&scxb_quota, &nr) : NULL;
}

/* The nearest quota that is used up; NULL: none is. */
static __noinline struct scxb_bucket *scxb_quota_used_up(struct scxb_rules *r)
{
	struct scxb_bucket *b;
	u32 i;

	if (!r || !scxb_quota_kept)
		return NULL;
	bpf_for (i, 0, SCXB_QUOTAS) {
		b = scxb_quota_bucket(r, i);
		if (!b)
			break;
		if (b->quota && b->left <= 0)
			return b;
	}
	return NULL;
}

static __always_inline bool scxb_quota_is_over(struct scxb_rules *r)
{
	return r && r->nr_quotas && scxb_quota_used_up(r);
}

static __noinline void scxb_quota_charge_ns(struct scxb_rules *r, u64 ran)
{
	struct scxb_bucket *b;
	u32 i;

	bpf_for (i, 0, SCXB_QUOTAS) {
		b = r ? scxb_quota_bucket(r, i) : NULL;
		if (!b)
			break;
		if (!b->begun)
			continue;
		__sync_fetch_and_sub(&b->left, ran);
		__sync_fetch_and_add(&b->used, ran);
	}
}

static __always_inline void scxb_quota_charge(struct scxb_rules *r, struct task_struct *p)
{
	u64 exec = p->se.sum_exec_runtime, ran = r->found ? scxb_since(r->charged, exec) : 0;

	r->charged = exec;
	if (ran && r->nr_quotas)
		scxb_quota_charge_ns(r, ran);
}

static __always_inline struct scxb_rules *scxb_rules_of(struct task_struct *p)
{
	return scxb_asked() ? bpf_task_storage_get(&scxb_rules, p, 0, 0) : NULL;
}

/*
 * What is set for the task, as of now, after what it ran is charged; NULL: nothing was ever set. For ops of
 * the task that the kernel serializes: select_cpu, enqueue, tick.
 */
static __noinline struct scxb_rules *scxb_rules_now(struct task_struct *p)
{
	struct scxb_rules *r;

	if (!scxb_asked())
		return NULL;
	r = bpf_task_storage_get(&scxb_rules, p, 0, BPF_LOCAL_STORAGE_GET_F_CREATE);
	if (!r)
		return NULL;
	scxb_quota_charge(r, p);
	scxb_rules_refresh(r, p);
	return r;
}

#endif
