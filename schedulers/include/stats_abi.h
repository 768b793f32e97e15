/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What every policy counts, as BPF writes it and the harness reads it.
 *
 * There is one struct scxb_cpu (custody_abi.h) per possible CPU, in the mmapable map SCXB_COUNTERS_MAP, whose
 * single value is the array of them (the loader sizes it before load). Only code that runs on a CPU writes
 * that CPU's entry, so no counter bounces between caches and none needs an atomic; a reader maps it and adds
 * up. Counters only grow.
 *
 * The name lists below are the only ones: enums, sizes and the harness's metric names come from them.
 * No includes: the BPF side has vmlinux.h, the other side includes <linux/types.h> first.
 */
#ifndef SCXB_STATS_ABI_H
#define SCXB_STATS_ABI_H

/*
 * In the section name of an op that only watches what runs (SCXB_WATCH_OP()). The loader leaves it out of
 * timed samples where the kernel reports exits from custody: an op at each switch costs more than the ledger
 * does.
 */
#define SCXB_WATCH "/watch/"

#define SCXB_COUNTERS_MAP ".data.counters"

/*
 * Calls of each op; of enqueue only those that put the task into no queue, of dispatch only those that moved
 * no task, of dequeue none: the rest is derived.
 */
#define SCXB_OPS(X)          \
	X(select_cpu)        \
	X(enqueue)           \
	X(dequeue)           \
	X(dispatch)          \
	X(tick)              \
	X(runnable)          \
	X(running)           \
	X(stopping)          \
	X(quiescent)         \
	X(core_sched_before) \
	X(set_weight)        \
	X(set_cpumask)       \
	X(init_task)         \
	X(exit_task)         \
	X(enable)            \
	X(disable)           \
	X(cpu_online)        \
	X(cpu_offline)

/*
 * idle_hit      an idle CPU was found for a task
 * direct        insert straight into a terminal DSQ (never in custody)
 * queued        insert into a user DSQ or a queue of the policy's own; derived
 * dispatched    task moved from there to a CPU; derived
 * steal_near    ... from another L3 group of the same node
 * steal_far     ... from another node
 * stay          task was dispatched to the CPU on which it was before; derived
 * mig_core      ... to an SMT sibling of that CPU
 * mig_l3        ... to another core of the same L3 group
 * mig_node      ... to another L3 group of the same node
 * mig_far       ... to another node
 * workload_ns   run time of tasks below cgroup scxb_cgroup_id, by se.sum_exec_runtime: the proof that the
 *               policy ran the workload compares it with the cgroup's own cpu.stat. A task is counted when it
 *               leaves the cgroup or the class: what it has by then, less what it had when it came
 *
 * Derived ones the policy does not count: the reader adds them up from the ledger (scxb_derive()).
 */
#define SCXB_COUNTS(X) \
	X(idle_hit)    \
	X(direct)      \
	X(queued)      \
	X(dispatched)  \
	X(steal_near)  \
	X(steal_far)   \
	X(stay)        \
	X(mig_core)    \
	X(mig_l3)      \
	X(mig_node)    \
	X(mig_far)     \
	X(workload_ns)

/*
 * Histograms that cost time, filled only where the loader set scxb_detail (instrumented samples).
 * wakeup_ns     runnable to running after a wakeup
 * slice_ns      running to stopping
 * depth         tasks already waiting in the queue that an enqueue joins (a count, not ns); of every
 *               SCXB_DEPTH_EVERY'th one of a CPU, because the kernel looks for the queue by its number
 */
#define SCXB_DEPTH_EVERY 8
#define SCXB_DETAILS(X) \
	X(wakeup_ns)    \
	X(slice_ns)     \
	X(depth)

#define SCXB_ENUM_OP(n) SCXB_OP_##n,
#define SCXB_ENUM_COUNT(n) SCXB_COUNT_##n,
#define SCXB_ENUM_DETAIL(n) SCXB_DETAIL_##n,
enum scxb_op { SCXB_OPS(SCXB_ENUM_OP) SCXB_NR_OPS };
enum scxb_count { SCXB_COUNTS(SCXB_ENUM_COUNT) SCXB_NR_COUNTS };
enum scxb_detail { SCXB_DETAILS(SCXB_ENUM_DETAIL) SCXB_NR_DETAILS };

/*
 * Log-linear histogram: values 0..7 have a slot each, then every power of two is divided into 8, so a slot is
 * at most 12.5 % wide. Slot i >= 8 starts at (8 + i % 8) << (i / 8 - 1). Values from 2^42 ns (73 min) on are
 * in the last slot.
 */
#define SCXB_HIST_SLOTS 320
struct scxb_hist {
	__u64 slot[SCXB_HIST_SLOTS];
};

/* Halved until four bits are left. Common times take few iterations, and the verifier can follow them. */
static inline __u32 scxb_hist_slot(__u64 v)
{
	__u32 halved = 0, slot;

	for (; v >= 1 << 7; v >>= 4)
		halved += 4;
	for (; v >= 1 << 4; v >>= 1)
		halved++;
	slot = 8 * halved + (__u32)v;
	return slot < SCXB_HIST_SLOTS ? slot : SCXB_HIST_SLOTS - 1;
}

/* First value of a slot; the slot ends before the first value of the next. */
static inline __u64 scxb_hist_low(__u32 slot)
{
	return slot < 8 ? slot : (__u64)(8 + slot % 8) << (slot / 8 - 1);
}

/* The machine as the loader found it; entry of CPU n in the array map "scxb_topo". */
struct scxb_topo_cpu {
	__u32 core, l3, node, package; /* dense indices from 0; SMT siblings have the same core */
};

/*
 * How many tasks are in custody in each of a policy's queues. Each CPU adds what it queues and subtracts what
 * leaves on it, so the share of one CPU may be negative; the sum over the CPUs is exact, also right after a
 * property change. Queue 0 is derived. An insert from select_cpu counts from its verdict on. Kernels
 * before 7.1 do not report most exits: there the count lags until they are inferred. Queues are DSQ ids from
 * 0; in prioq 0 is the tree of tasks that may run anywhere and 1 + n that of CPU n. The last entry is for all
 * queues beyond it.
 */
#define SCXB_QUEUES 16

/*
 * Why the policy ended, from ops.exit(); single entry of the mmapable array map "scxb_exit". The dump is as
 * long as what a record keeps of it, so the kernel makes none that is longer.
 */
#define SCXB_EXIT_DUMP 16384
struct scxb_exit {
	__s32 kind; /* enum scx_exit_kind; 0 while it runs */
	__u32 pad;
	__s64 code;
	char reason[128];
	char msg[1024];
	char dump[SCXB_EXIT_DUMP];
};

#endif
