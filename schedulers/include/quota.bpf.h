/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Quotas, as a task meets them. Where run time is accounted it is charged to the bucket of the task's rule.
 * The slice of a task over quota ends at the tick; enqueue then puts it into QUOTA_DSQ, where it waits, in
 * the policy's custody, until the clock (quota_clock.bpf.h) releases it.
 *
 * The kernel lets the last task on a CPU run on, unless the policy has SCX_OPS_ENQ_LAST in its flags. With
 * it, dispatch has to let a task run on (run_on()), and a task that it does not comes to enqueue.
 */
#ifndef SCXB_QUOTA_BPF_H
#define SCXB_QUOTA_BPF_H

#include "control.bpf.h"

#define QUOTA_DSQ (1U << 20)

/* The clock runs fast enough to keep quotas. */
bool quota_kept;

static __always_inline struct scxb_bucket *quota_bucket(struct scxb_rules *r)
{
	return r->now.bucket ? bpf_map_lookup_elem(&scxb_quota, &r->now.bucket) : NULL;
}

static __always_inline bool quota_is_over(struct scxb_rules *r)
{
	struct scxb_bucket *b = quota_bucket(r);

	return b && b->ppm && b->left <= 0 && quota_kept;
}

static __always_inline void quota_charge(struct scxb_rules *r, u64 ran)
{
	struct scxb_bucket *b = quota_bucket(r);

	if (!b || !ran)
		return;
	__sync_fetch_and_sub(&b->left, ran);
	__sync_fetch_and_add(&b->used, ran);
}

#endif
