/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Somebody else's policy, which takes itself out at the first task named "victim". It keeps the exit record
 * of the kernel's own schedulers for its user space.
 */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

char _license[] SEC("license") = "GPL";

/* Where it was: the kernel's own choice would dispatch to an idle CPU, past the enqueue. */
SEC("struct_ops/leaves_select_cpu")
s32 BPF_PROG(leaves_select_cpu, struct task_struct *p, s32 prev_cpu, u64 wake_flags)
{
	return prev_cpu;
}

SEC("struct_ops/leaves_enqueue")
void BPF_PROG(leaves_enqueue, struct task_struct *p, u64 enq_flags)
{
	static char text[] = "a victim came";
	unsigned long long none = 0;

	if (!bpf_strncmp(p->comm, sizeof("victim"), "victim"))
		scx_bpf_exit_bstr(42, text, &none, 0);
	scx_bpf_dsq_insert(p, SCX_DSQ_GLOBAL, SCX_SLICE_DFL, enq_flags);
}

struct user_exit_info {
	int kind;
	s64 exit_code;
	char reason[128], msg[1024];
};

struct user_exit_info uei SEC(".data");

SEC("struct_ops/leaves_exit")
void BPF_PROG(leaves_exit, struct scx_exit_info *info)
{
	bpf_probe_read_kernel_str(uei.reason, sizeof(uei.reason), info->reason);
	bpf_probe_read_kernel_str(uei.msg, sizeof(uei.msg), info->msg);
	uei.exit_code = info->exit_code;
	uei.kind = info->kind;
}

SEC(".struct_ops.link")
struct sched_ext_ops leaves_ops = {
	.name = "leaves",
	.select_cpu = (void *)leaves_select_cpu,
	.enqueue = (void *)leaves_enqueue,
	.exit = (void *)leaves_exit,
};
