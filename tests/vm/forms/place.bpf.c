/* SPDX-License-Identifier: GPL-2.0-or-later */
/* It reads a member of the kernel's task that no kernel has. */
#include <vmlinux.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

char _license[] SEC("license") = "GPL";

struct task_struct___other {
	u64 nosuch;
} __attribute__((preserve_access_index));

SEC("struct_ops/form_enqueue")
void BPF_PROG(form_enqueue, struct task_struct *p, u64 enq_flags)
{
	struct task_struct___other *other = (void *)p;

	scx_bpf_dsq_insert(p, SCX_DSQ_GLOBAL, BPF_CORE_READ(other, nosuch), enq_flags);
}

SEC(".struct_ops.link")
struct sched_ext_ops form_ops = {
	.enqueue = (void *)form_enqueue,
	.name = "form_place",
};
