/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the user asks of the running policy, through struct scxb_control. A policy with user DSQs asks
 * reenq_wanted() in its dispatch, and if so calls scx_bpf_dsq_reenq() for each: the kernel then takes what
 * waits there, task by task, and gives it to ops.enqueue() with SCX_ENQ_REENQ.
 */
#ifndef SCXB_CONTROL_BPF_H
#define SCXB_CONTROL_BPF_H

#include "common.bpf.h"

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct scxb_control);
} scxb_control SEC(".maps");

/* The kernel ends a policy that has a task queued anew more than 256 times without running. */
#define REENQ_ENOUGH 128
#define REENQ_REST NSEC_PER_SEC

static u64 reenq_done; /* the requests up to here are served */
static u64 reenq_rest; /* until then none is */

/* On the hot path two lines that hardly change are read. True for one CPU a request. */
static __always_inline bool reenq_wanted(void)
{
	u64 done = reenq_done;
	struct scxb_control *c;
	u32 key = 0;

	if (!bpf_ksym_exists(scx_bpf_dsq_reenq))
		return false;
	c = bpf_map_lookup_elem(&scxb_control, &key);
	if (!c || c->reenq == done)
		return false;
	return __sync_val_compare_and_swap(&reenq_done, done, c->reenq) == done &&
	       before(reenq_rest, scx_bpf_now());
}

/* A task that was queued anew too often already is spared: requests go unheeded for a while. */
static __always_inline void reenq_spare(struct task_struct *p)
{
	if (bpf_core_field_exists(p->scx.reenq_cnt) && p->scx.reenq_cnt >= REENQ_ENOUGH)
		reenq_rest = scx_bpf_now() + REENQ_REST;
}

#endif
