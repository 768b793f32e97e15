/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What monitor.bpf.c reports of a task. No includes: the BPF side has vmlinux.h, the other side includes
 * <linux/types.h> first.
 */
#ifndef MONITOR_ABI_H
#define MONITOR_ABI_H

/* Where the policy keeps its ledger's word of a task: nowhere, in p->scx.dsq_vtime, in its map scxb_tasks. */
enum mon_ledger { MON_LEDGER_NONE, MON_LEDGER_IN_TASK, MON_LEDGER_IN_STORAGE };

/* The ledger's state of a task, as in custody_abi.h. */
enum mon_custody { MON_OUT, MON_PENDING, MON_IN };

#define MON_EXT 1U /* of the class; others are reported only while they run */
#define MON_ON_CPU 2U
#define MON_IN_DSQ 4U /* dsq is valid */
#define MON_KEYED 8U  /* key is valid: what it is sorted by */
#define MON_OWNED 16U /* it is in a BPF-side queue of the policy: the kernel's SCX_OPSS_QUEUED */
#define MON_KNOWN 32U /* the policy keeps our ledger: custody, queue, waited_ns are valid */

struct mon_task {
	__u64 run_ns;	 /* total: se.sum_exec_runtime; lags by a tick while it runs */
	__u64 wait_ns;	 /* total, runnable without a CPU: sched_info.run_delay and the present wait */
	__u64 ready_ns;	 /* the present wait until now; 0: it runs or sleeps */
	__u64 moves;	 /* migrations, total */
	__u64 start_ns;	 /* CLOCK_MONOTONIC: distinguishes tasks that reuse a thread id */
	__u64 waited_ns; /* in custody until now; 0: not in custody */
	__u64 cgroup;	 /* id */
	__u64 dsq;
	__u64 key;
	__s32 tid, tgid;
	__u32 cpu, weight;
	__u32 queue; /* see SCXB_QUEUES */
	__u32 flags;
	__u32 custody; /* enum mon_custody */
	char comm[16];
	__u32 pad;
};

/* The DSQ that mon_queue() must list, and how many of its tasks found no room in the ring. */
struct mon_ask {
	__u64 dsq;
	__u64 lost;
};

_Static_assert(sizeof(struct mon_task) == 120, "layout is shared");

#endif
