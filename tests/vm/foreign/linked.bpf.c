/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Somebody else's policy, to be attached by a link. */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

char _license[] SEC("license") = "GPL";

SEC("struct_ops/bare_enqueue")
void BPF_PROG(bare_enqueue, struct task_struct *p, u64 enq_flags)
{
	scx_bpf_dsq_insert(p, SCX_DSQ_GLOBAL, SCX_SLICE_DFL, enq_flags);
}

SEC(".struct_ops.link")
struct sched_ext_ops linked_ops = {
	.name = "bare_linked",
	.enqueue = (void *)bare_enqueue,
};
