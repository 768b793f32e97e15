/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A policy as the kernel's own header makes it: constants that are 0 until its own program has asked the
 * kernel, an exit record whose dump that program makes room for, a program at a tracepoint, numbers that only
 * it knows.
 */
#include <vmlinux.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

#define BY_PROGRAM const volatile u64 __attribute__((weak))

char _license[] SEC("license") = "GPL";

BY_PROGRAM __SCX_DSQ_GLOBAL;
BY_PROGRAM __SCX_SLICE_DFL;
BY_PROGRAM __SCX_ENQ_NOSUCH;  /* no kernel has it: looked at first */
BY_PROGRAM __SCX_KICK_NOSUCH; /* nor this, which nothing uses */
const volatile u64 extra_ns;
const volatile u32 nr_cpus = 8192; /* for the verifier */
const volatile bool quiet;

struct user_exit_info {
	int kind;
	s64 exit_code;
	char reason[128];
	char msg[1024];
};
char uei_dump[1] SEC(".data.uei_dump");
const volatile u32 uei_dump_len;
struct user_exit_info uei SEC(".data");

u64 nr_switches;
u64 more_ns; /* its program sets it while it runs */

SEC("struct_ops/header_enqueue")
void BPF_PROG(header_enqueue, struct task_struct *p, u64 enq_flags)
{
	/* Without its program at the tracepoint it switches all the time. */
	u64 slice = nr_switches ? __SCX_SLICE_DFL : 1;

	if (__SCX_ENQ_NOSUCH)
		enq_flags |= __SCX_ENQ_NOSUCH;
	if (bpf_get_smp_processor_id() >= nr_cpus && !quiet)
		slice = 1;
	scx_bpf_dsq_insert(p, __SCX_DSQ_GLOBAL, slice + extra_ns + more_ns, enq_flags);
}

SEC("struct_ops/header_exit")
void BPF_PROG(header_exit, struct scx_exit_info *ei)
{
	bpf_probe_read_kernel_str(uei_dump, uei_dump_len, ei->dump);
	uei.kind = ei->kind;
}

SEC("tp_btf/sched_switch")
int BPF_PROG(header_switch)
{
	nr_switches++;
	return 0;
}

SEC(".struct_ops.link")
struct sched_ext_ops header_ops = {
	.enqueue = (void *)header_enqueue,
	.exit = (void *)header_exit,
	.name = "header",
};
