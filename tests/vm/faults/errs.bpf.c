/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Somebody else's policy, which gives up at the first task named "victim". */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

char _license[] SEC("license") = "GPL";

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
	.enqueue = (void *)errs_enqueue,
};
