/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Quotas, as a task meets them. What it ran is charged to the bucket of its rule when it is queued, at the
 * tick, and when it leaves. The slice of a task over quota ends at the tick; enqueue then puts it into
 * SCXB_QUOTA_DSQ, where it waits, in the policy's custody, until the clock (clock.bpf.h) releases it.
 *
 * The kernel lets the last task on a CPU run on, unless the policy has SCX_OPS_ENQ_LAST in its flags. With
 * it, dispatch has to let a task run on (scxb_run_on()), and a task that it does not comes to enqueue.
 */
#ifndef SCXB_QUOTA_BPF_H
#define SCXB_QUOTA_BPF_H

#include "control.bpf.h"

#define SCXB_QUOTA_DSQ (1U << 20)

/* The clock runs fast enough to keep quotas. */
static bool scxb_quota_kept;

static __always_inline struct scxb_bucket *scxb_quota_bucket(struct scxb_rules *r)
{
	return r && r->now.bucket ? bpf_map_lookup_elem(&scxb_quota, &r->now.bucket) : NULL;
}

static __always_inline bool scxb_quota_is_over(struct scxb_rules *r)
{
	struct scxb_bucket *b = scxb_quota_bucket(r);

	return b && b->quota && b->left <= 0 && scxb_quota_kept;
}

static __always_inline void scxb_quota_charge(struct scxb_rules *r, struct task_struct *p)
{
	u64 exec = p->se.sum_exec_runtime, ran = r->found ? scxb_since(r->charged, exec) : 0;
	struct scxb_bucket *b = scxb_quota_bucket(r);

	r->charged = exec;
	if (!b || !ran)
		return;
	__sync_fetch_and_sub(&b->left, ran);
	__sync_fetch_and_add(&b->used, ran);
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
