/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Schedules only the tasks that ask for it. */
#include <vmlinux.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

char _license[] SEC("license") = "GPL";

SEC("struct_ops/form_enqueue")
void BPF_PROG(form_enqueue, struct task_struct *p, u64 enq_flags)
{
	scx_bpf_dsq_insert(p, SCX_DSQ_GLOBAL, SCX_SLICE_DFL, enq_flags);
}

SEC(".struct_ops.link")
struct sched_ext_ops form_ops = {
	.enqueue = (void *)form_enqueue,
	.flags = SCX_OPS_SWITCH_PARTIAL,
	.name = "form_partial",
};
