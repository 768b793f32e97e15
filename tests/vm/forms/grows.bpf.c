/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Its own program makes an array as long as the machine has CPUs. */
#include <vmlinux.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

char _license[] SEC("license") = "GPL";

u64 by_cpu[1] SEC(".data.by_cpu");

SEC("struct_ops/form_enqueue")
void BPF_PROG(form_enqueue, struct task_struct *p, u64 enq_flags)
{
	by_cpu[0]++;
	scx_bpf_dsq_insert(p, SCX_DSQ_GLOBAL, SCX_SLICE_DFL, enq_flags);
}

SEC(".struct_ops.link")
struct sched_ext_ops form_ops = {
	.enqueue = (void *)form_enqueue,
	.name = "form_grows",
};
