/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Records who runs on which CPU and who wakes whom for a short window, under every policy and under fair
 * alike. What waits is counted by the kernel, a run queue at a time: a task in a shared DSQ is on the run
 * queue of the CPU where it was put in, and another CPU may take it.
 */
#include "vmlinux.h"
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include "newer.bpf.h"
#include "switches_abi.h"
#include "of_workload.bpf.h"

char _license[] SEC("license") = "GPL";

const volatile struct switches_target target = {};
volatile struct switches_begun begun = {};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 2 * SWITCHES_ROOM);
	__type(key, u32);
	__type(value, struct switches_at);
} switches_at SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, SWITCHES_WINDOWS);
	__type(key, u32);
	__type(value, struct switches_count);
} switches_window_count SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct switches_at);
} switches_before SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 2 * SWITCHES_ROOM);
	__type(key, u32);
	__type(value, struct switches_wake);
} switches_wake SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, SWITCHES_WINDOWS);
	__type(key, u32);
	__type(value, struct switches_count);
} switches_wake_count SEC(".maps");

extern struct rq runqueues __ksym;

static __always_inline void fill_switch(struct switches_at *at, u64 now, struct task_struct *next, bool slept)
{
	struct rq *rq = bpf_this_cpu_ptr(&runqueues);

	at->ns = now;
	at->cpu = bpf_get_smp_processor_id();
	at->tid = next->pid;
	at->waiting = rq->nr_running - (next->pid && rq->nr_running);
	at->of_workload = is_of_workload(next, target.cgroup_id, target.level);
	at->slept = slept;
	bpf_probe_read_kernel_str(at->comm, sizeof(at->comm), next->comm);
}

/* Room for the next entry of the window, or NULL, which is counted. */
static __always_inline void *room(void *counts, void *entries, u32 window, u64 now)
{
	struct switches_count *count = bpf_map_lookup_elem(counts, &window);
	u64 nr = count ? __sync_fetch_and_add(&count->nr, 1) : SWITCHES_ROOM + 1;
	u32 entry = (window & 1) * SWITCHES_ROOM + nr;

	if (count && nr == SWITCHES_ROOM)
		count->full_ns = now;
	return nr < SWITCHES_ROOM ? bpf_map_lookup_elem(entries, &entry) : NULL;
}

static __always_inline bool is_inside(int window, u64 since)
{
	return window >= 0 && since < (SWITCHES_FIRST_NS << window) + SWITCHES_LENGTH_NS;
}

/* With interrupts off, after the next task was chosen and the last one has left the run queue. */
SEC("tp_btf/sched_switch")
int BPF_PROG(on_switch, bool preempt, struct task_struct *prev, struct task_struct *next,
	     unsigned int prev_state)
{
	u64 now = bpf_ktime_get_ns(), from = begun.ns;
	bool slept = !preempt && prev_state;
	struct switches_at *at;
	int window;
	u32 before;

	if (!from || now < from)
		return 0;
	window = switches_window(now - from);
	if (is_inside(window, now - from)) {
		at = room(&switches_window_count, &switches_at, window, now);
		if (at)
			fill_switch(at, now, next, slept);
	}
	before = bpf_get_smp_processor_id() * SWITCHES_BEFORE + (u32)(window + 1) % SWITCHES_BEFORE;
	at = bpf_map_lookup_elem(&switches_before, &before);
	if (at)
		fill_switch(at, now, next, slept);
	return 0;
}

static __always_inline int record_wake(struct task_struct *p)
{
	struct task_struct *waker = bpf_get_current_task_btf();
	u64 now = bpf_ktime_get_ns(), from = begun.ns;
	struct switches_wake *wake;
	int window;

	if (!from || now < from)
		return 0;
	window = switches_window(now - from);
	if (!is_inside(window, now - from))
		return 0;
	wake = room(&switches_wake_count, &switches_wake, window, now);
	if (!wake)
		return 0;
	wake->ns = now;
	wake->cpu = bpf_get_smp_processor_id();
	wake->waker = scxb_in_interrupt() ? 0 : waker->pid;
	wake->task = p->pid;
	return 0;
}

SEC("tp_btf/sched_waking")
int BPF_PROG(on_waking, struct task_struct *p)
{
	return record_wake(p);
}

/* A new task's first wakeup, which is no sched_waking. */
SEC("tp_btf/sched_wakeup_new")
int BPF_PROG(on_new, struct task_struct *p)
{
	return record_wake(p);
}
