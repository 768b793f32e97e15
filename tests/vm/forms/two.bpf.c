/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Two policies in one object; the kernel would refuse the name of the second one's ops. */
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
struct sched_ext_ops first_ops = {
	.enqueue = (void *)form_enqueue,
	.name = "form_first",
};

SEC(".struct_ops.link")
struct sched_ext_ops second_ops = {
	.enqueue = (void *)form_enqueue,
	.name = "form-second",
};
