/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Somebody else's policy, which gives up at the first task named "victim". */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

char _license[] SEC("license") = "GPL";

/* Where it was: the kernel's own choice would dispatch to an idle CPU, past the enqueue. */
SEC("struct_ops/errs_select_cpu")
s32 BPF_PROG(errs_select_cpu, struct task_struct *p, s32 prev_cpu, u64 wake_flags)
{
	return prev_cpu;
}

SEC("struct_ops/errs_enqueue")
void BPF_PROG(errs_enqueue, struct task_struct *p, u64 enq_flags)
{
	static char text[] = "a victim came";
	unsigned long long none = 0;

	if (!bpf_strncmp(p->comm, sizeof("victim"), "victim"))
		scx_bpf_error_bstr(text, &none, 0);
	scx_bpf_dsq_insert(p, SCX_DSQ_GLOBAL, SCX_SLICE_DFL, enq_flags);
}

SEC(".struct_ops.link")
struct sched_ext_ops errs_ops = {
	.name = "errs",
	.select_cpu = (void *)errs_select_cpu,
	.enqueue = (void *)errs_enqueue,
};
