/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Somebody else's policy, which gives up at the first task that it sees, a moment after its attach. */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

char _license[] SEC("license") = "GPL";

SEC("struct_ops/dies_enqueue")
void BPF_PROG(dies_enqueue, struct task_struct *p, u64 enq_flags)
{
	static char text[] = "not in the mood";
	unsigned long long none = 0;

	scx_bpf_error_bstr(text, &none, 0);
	scx_bpf_dsq_insert(p, SCX_DSQ_GLOBAL, SCX_SLICE_DFL, enq_flags);
}

SEC(".struct_ops.link")
struct sched_ext_ops dies_ops = {
	.name = "dies",
	.enqueue = (void *)dies_enqueue,
};
