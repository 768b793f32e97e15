/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Somebody else's policy, which loses every task named "victim". */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

char _license[] SEC("license") = "GPL";

/* Where it was: the kernel's own choice would dispatch to an idle CPU, past the enqueue. */
SEC("struct_ops/stalls_select_cpu")
s32 BPF_PROG(stalls_select_cpu, struct task_struct *p, s32 prev_cpu, u64 wake_flags)
{
	return prev_cpu;
}

SEC("struct_ops/stalls_enqueue")
void BPF_PROG(stalls_enqueue, struct task_struct *p, u64 enq_flags)
{
	if (bpf_strncmp(p->comm, sizeof("victim"), "victim"))
		scx_bpf_dsq_insert(p, SCX_DSQ_GLOBAL, SCX_SLICE_DFL, enq_flags);
}

SEC(".struct_ops.link")
struct sched_ext_ops stalls_ops = {
	.name = "stalls",
	.select_cpu = (void *)stalls_select_cpu,
	.enqueue = (void *)stalls_enqueue,
	.timeout_ms = 1000,
};
