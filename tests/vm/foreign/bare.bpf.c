/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Somebody else's policy: one queue, first come, first served, and nothing that scxbench knows of. */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

char _license[] SEC("license") = "GPL";

SEC("struct_ops/bare_enqueue")
void BPF_PROG(bare_enqueue, struct task_struct *p, u64 enq_flags)
{
	scx_bpf_dsq_insert(p, SCX_DSQ_GLOBAL, SCX_SLICE_DFL, enq_flags);
}

SEC(".struct_ops")
struct sched_ext_ops bare_ops = {
	.name = "bare",
	.enqueue = (void *)bare_enqueue,
};
