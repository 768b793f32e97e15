/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Notes how every scheduler ends, with the kernel's own words, for those that keep no record of it which we
 * could read. The kernel's log lacks the code and the message of a scheduler that ends by itself, and has no
 * dump; the tracepoint sched_ext_exit has the kind alone.
 *
 * It runs once for each end, in the kernel's helper thread, before the state changes to "disabled". While a
 * scheduler runs it costs nothing.
 */
#include "vmlinux.h"
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include "exit_abi.h"

#define EXIT_DONE 1 /* enum scx_exit_kind: somebody else saw to it */

char _license[] SEC("license") = "GPL";

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, EXIT_SEEN);
	__type(key, u32);
	__type(value, struct exit_seen);
} exit_seen SEC(".maps");

u32 nr_seen;

static __always_inline void note_info(struct exit_seen *e, const struct scx_exit_info *info)
{
	e->code = BPF_CORE_READ(info, exit_code);
	bpf_probe_read_kernel_str(e->reason, sizeof(e->reason), BPF_CORE_READ(info, reason));
	bpf_probe_read_kernel_str(e->msg, sizeof(e->msg), BPF_CORE_READ(info, msg));
	bpf_probe_read_kernel_str(e->dump, sizeof(e->dump), BPF_CORE_READ(info, dump));
}

SEC("fentry/scx_disable_workfn")
int BPF_PROG(exit_watch, struct kthread_work *work)
{
	const struct scx_sched *sch = (void *)work - bpf_core_field_offset(struct scx_sched, disable_work);
	s32 kind = BPF_CORE_READ(sch, exit_kind.counter);
	struct exit_seen *e;
	u32 at;

	if (kind <= EXIT_DONE)
		return 0;
	at = __sync_fetch_and_add(&nr_seen, 1);
	e = bpf_map_lookup_elem(&exit_seen, &at);
	if (!e)
		return 0;
	e->level = bpf_core_field_exists(sch->level) ? BPF_CORE_READ(sch, level) : 0;
	bpf_probe_read_kernel_str(e->ops, sizeof(e->ops), &sch->ops.name);
	note_info(e, BPF_CORE_READ(sch, exit_info));
	e->kind = kind;
	return 0;
}
