/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Somebody else's policy, with a queue of its own and an ops.dequeue() that does nothing: a task that was
 * taken away stays in the queue, and is inserted in its turn although it is not there any more. Names are
 * longer than the kernel keeps.
 */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

char _license[] SEC("license") = "GPL";

#define BATCH 16

struct {
	__uint(type, BPF_MAP_TYPE_QUEUE);
	__uint(max_entries, 4096);
	__type(value, s32);
} waiting SEC(".maps");

SEC("struct_ops/policy_that_keeps_enqueue")
void BPF_PROG(policy_that_keeps_enqueue, struct task_struct *p, u64 enq_flags)
{
	s32 pid = p->pid;

	if (bpf_map_push_elem(&waiting, &pid, 0))
		scx_bpf_dsq_insert(p, SCX_DSQ_GLOBAL, SCX_SLICE_DFL, enq_flags);
}

SEC("struct_ops/policy_that_keeps_dequeue")
void BPF_PROG(policy_that_keeps_dequeue, struct task_struct *p, u64 deq_flags)
{
}

/* To the global DSQ, from which each CPU takes only what may run there. */
SEC("struct_ops/policy_that_keeps_dispatch")
void BPF_PROG(policy_that_keeps_dispatch, s32 cpu, struct task_struct *prev)
{
	struct task_struct *p;
	s32 pid;

	for (int i = 0; i < BATCH && !bpf_map_pop_elem(&waiting, &pid); i++) {
		p = bpf_task_from_pid(pid);
		if (!p)
			continue;
		scx_bpf_dsq_insert(p, SCX_DSQ_GLOBAL, SCX_SLICE_DFL, 0);
		bpf_task_release(p);
	}
}

SEC(".struct_ops.link")
struct sched_ext_ops policy_that_keeps_ops = {
	.name = "policy_that_keeps",
	.enqueue = (void *)policy_that_keeps_enqueue,
	.dequeue = (void *)policy_that_keeps_dequeue,
	.dispatch = (void *)policy_that_keeps_dispatch,
};
