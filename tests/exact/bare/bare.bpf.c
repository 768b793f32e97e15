/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The least that a policy can be: one queue, first in, first out. It counts nothing and knows nothing of
 * scxbench, so it is what the cost of any other policy is compared with.
 */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

#define QUEUE 0

char _license[] SEC("license") = "GPL";

SEC("struct_ops/bare_select_cpu")
s32 BPF_PROG(bare_select_cpu, struct task_struct *p, s32 prev_cpu, u64 wake_flags)
{
	bool is_idle = false;
	s32 cpu = scx_bpf_select_cpu_dfl(p, prev_cpu, wake_flags, &is_idle);

	if (is_idle)
		scx_bpf_dsq_insert(p, SCX_DSQ_LOCAL, SCX_SLICE_DFL, 0);
	return cpu;
}

SEC("struct_ops/bare_enqueue")
void BPF_PROG(bare_enqueue, struct task_struct *p, u64 enq_flags)
{
	scx_bpf_dsq_insert(p, QUEUE, SCX_SLICE_DFL, enq_flags);
}

SEC("struct_ops/bare_dispatch")
void BPF_PROG(bare_dispatch, s32 cpu, struct task_struct *prev)
{
	scx_bpf_dsq_move_to_local(QUEUE);
}

SEC("struct_ops.s/bare_init")
s32 BPF_PROG(bare_init)
{
	return scx_bpf_create_dsq(QUEUE, -1);
}

SEC(".struct_ops.link")
struct sched_ext_ops bare_ops = {
	.name = "bare",
	.select_cpu = (void *)bare_select_cpu,
	.enqueue = (void *)bare_enqueue,
	.dispatch = (void *)bare_dispatch,
	.init = (void *)bare_init,
};
