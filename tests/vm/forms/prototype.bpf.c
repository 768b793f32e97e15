/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Calls a kfunc by a prototype that the kernel does not have. */
#include <vmlinux.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

char _license[] SEC("license") = "GPL";

extern u64 *scx_bpf_dsq_insert___other(struct task_struct *p, u64 dsq_id, u64 slice, u64 enq_flags) __ksym;

SEC("struct_ops/form_enqueue")
void BPF_PROG(form_enqueue, struct task_struct *p, u64 enq_flags)
{
	scx_bpf_dsq_insert___other(p, SCX_DSQ_GLOBAL, SCX_SLICE_DFL, enq_flags);
}

SEC(".struct_ops.link")
struct sched_ext_ops form_ops = {
	.enqueue = (void *)form_enqueue,
	.name = "form_prototype",
};
