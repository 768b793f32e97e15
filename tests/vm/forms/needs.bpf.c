/* SPDX-License-Identifier: GPL-2.0-or-later */
/* It needs a constant that no kernel has, and does not look whether it has it. */
#include <vmlinux.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

char _license[] SEC("license") = "GPL";

const volatile u64 __SCX_DSQ_NOSUCH __attribute__((weak));

SEC("struct_ops/form_enqueue")
void BPF_PROG(form_enqueue, struct task_struct *p, u64 enq_flags)
{
	scx_bpf_dsq_insert(p, __SCX_DSQ_NOSUCH, SCX_SLICE_DFL, enq_flags);
}

SEC(".struct_ops.link")
struct sched_ext_ops form_ops = {
	.enqueue = (void *)form_enqueue,
	.name = "form_needs",
};
