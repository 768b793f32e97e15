/* SPDX-License-Identifier: GPL-2.0-or-later */
/* It goes on in a program that user space puts into a table. */
#include <vmlinux.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

char _license[] SEC("license") = "GPL";

struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, 2);
	__type(key, u32);
	__type(value, u32);
} form_tails SEC(".maps");

SEC("struct_ops/form_dispatch")
void form_dispatch(u64 *ctx)
{
	bpf_tail_call(ctx, &form_tails, 0);
}

SEC(".struct_ops.link")
struct sched_ext_ops form_ops = {
	.dispatch = (void *)form_dispatch,
	.name = "form_tails",
};
