/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The auditor counts in which scheduling class the workload's tasks ran, for policies that do not count it.
 *
 * The kernel fires sched_stat_runtime exactly where it charges run time to a task's cgroup, in every class,
 * with the time that it charges. So both counts together equal cpu.stat of the cgroup, even with tasks that
 * never stop running, change their class or exit.
 *
 * Cost: one call of this program for each charge. fair charges at wakeups and switches, sched_ext more
 * rarely. In the emulated lab a call took 0.7 to 1.1 us, BPF's own timing included. That is 1.5 % of the CPU
 * time of hackbench over pipes under fair (94,000 calls), and 0.2 % under a bare FIFO (2,300). The kernel's
 * log may say that stat_runtime requires schedstats; that is true only of the other events that it names.
 */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include "audit_abi.h"
#include "of_workload.bpf.h"

char _license[] SEC("license") = "GPL";

extern const void ext_sched_class __ksym;

const volatile struct audit_target target = {};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct audit_time);
} audit_time SEC(".maps");

/* Runs under the run queue's lock with interrupts off, so plain sums in this CPU's own entry are exact. */
SEC("tp_btf/sched_stat_runtime")
int BPF_PROG(audit_runtime, struct task_struct *p, u64 ns)
{
	struct audit_time *time;
	u32 only = 0;

	if (!is_of_workload(p, target.cgroup_id, target.level))
		return 0;
	time = bpf_map_lookup_elem(&audit_time, &only);
	if (!time)
		return 0;
	if ((const void *)p->sched_class == &ext_sched_class)
		time->ext_ns += ns;
	else
		time->other_ns += ns;
	return 0;
}
