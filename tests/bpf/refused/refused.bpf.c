/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A policy that no verifier takes: it reads from address 0. */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

char _license[] SEC("license") = "GPL";

SEC("struct_ops/refused_dispatch")
void BPF_PROG(refused_dispatch, s32 cpu, struct task_struct *prev)
{
	*(volatile int *)0;
}

SEC(".struct_ops.link")
struct sched_ext_ops refused = { .dispatch = (void *)refused_dispatch, .name = "refused" };
