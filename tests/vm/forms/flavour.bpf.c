/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Its ops are a flavour, as objects have that run on several kernels; its name has a version. */
#include <vmlinux.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

char _license[] SEC("license") = "GPL";

struct sched_ext_ops___mine {
	void (*enqueue)(struct task_struct *p, u64 enq_flags);
	char name[128];
};

SEC("struct_ops/form_enqueue")
void BPF_PROG(form_enqueue, struct task_struct *p, u64 enq_flags)
{
	scx_bpf_dsq_insert(p, SCX_DSQ_GLOBAL, SCX_SLICE_DFL, enq_flags);
}

SEC(".struct_ops.link")
struct sched_ext_ops___mine form_ops = {
	.enqueue = (void *)form_enqueue,
	.name = "form_1.2.3_x86_64_unknown_linux_gnu",
};
