/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The form that counts CPUs by topology, Linux 7.3. */
#include <vmlinux.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

char _license[] SEC("license") = "GPL";

/* The kernel keeps its masks of CPUs there. */
struct {
	__uint(type, BPF_MAP_TYPE_ARENA);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1 << 12); /* pages */
} arena SEC(".maps");

SEC("struct_ops.s/form_init")
s32 BPF_PROG(form_init)
{
	void *used = &arena;

	asm volatile("" ::"r"(used));
	return 0;
}

SEC("struct_ops/form_enqueue")
void BPF_PROG(form_enqueue, struct task_struct *p, u64 enq_flags)
{
	scx_bpf_dsq_insert(p, SCX_DSQ_GLOBAL, SCX_SLICE_DFL, enq_flags);
}

SEC(".struct_ops.link")
struct sched_ext_ops_cid form_ops = {
	.enqueue = (void *)form_enqueue,
	.init = (void *)form_init,
	.name = "form_cid",
};
