/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Counts how far the workload's tasks are moved, under every policy and under fair alike: the kernel fires
 * sched_migrate_task wherever it gives a task another CPU, at a wakeup, by balancing, or because a policy
 * dispatched it there. A task can be moved more than once between two runs.
 */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include "migrate_abi.h"
#include "of_workload.bpf.h"

char _license[] SEC("license") = "GPL";

const volatile struct migrate_target target = {};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct migrate_place);
} migrate_place SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct migrate_counts);
} migrate_counts SEC(".maps");

static __always_inline enum migrate_level level_of(const struct migrate_place *a,
						   const struct migrate_place *b)
{
	if (a->core == b->core)
		return MIGRATE_core;
	if (a->l3 == b->l3)
		return MIGRATE_l3;
	return a->node == b->node ? MIGRATE_node : MIGRATE_far;
}

/* Under the task's lock, with interrupts off. Its CPU is still the one that it leaves. */
SEC("tp_btf/sched_migrate_task")
int BPF_PROG(count_move, struct task_struct *p, int dest_cpu)
{
	u32 only = 0, before = p->thread_info.cpu, now = dest_cpu;
	struct migrate_place *from, *to;
	struct migrate_counts *counts;
	enum migrate_level level;

	if (!is_of_workload(p, target.cgroup_id, target.level))
		return 0;
	from = bpf_map_lookup_elem(&migrate_place, &before);
	to = bpf_map_lookup_elem(&migrate_place, &now);
	counts = bpf_map_lookup_elem(&migrate_counts, &only);
	if (!from || !to || !counts || !from->known || !to->known)
		return 0;
	level = level_of(from, to);
	if (level < MIGRATE_NR)
		counts->moved[level]++;
	return 0;
}
