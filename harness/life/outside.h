/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Custody as it is seen from outside a policy: what outside.bpf.c counts and outside_watch.c reads. The words
 * are those of the ledger (custody_abi.h). No includes: the BPF side has vmlinux.h, the other side includes
 * <linux/types.h> first.
 */
#ifndef OUTSIDE_H
#define OUTSIDE_H

/*
 * What a ledger can't know, because only the kernel does:
 *
 *	told        exits that were told to the policy, by a call of its ops.dequeue(), of those that are owed
 *	owed        exits while the calls of ops.dequeue() were watched
 *	stale       inserts from ops.dispatch() that found no task to insert: it had left custody, so the
 *policy kept a task that was not its own any more. The kernel ignores them
 */
#define OUTSIDE_COUNTS(X) \
	X(told)           \
	X(owed)           \
	X(stale)
#define OUTSIDE_ENUM_COUNT(n) OUTSIDE_##n,
enum outside_count { OUTSIDE_COUNTS(OUTSIDE_ENUM_COUNT) OUTSIDE_NR_COUNTS };

/* All that one CPU counts, in the single entry of the per-CPU array "outside_cpu": 64-bit counters only. */
struct outside_cpu {
	__u64 custody[SCXB_NR_CUSTODY];
	__u64 count[OUTSIDE_NR_COUNTS];
	__u64 lost; /* periods that found no room in the map of tasks that are inside */
	struct scxb_hist ns[SCXB_NR_CAUSES];
};

/* Single entry of the mmapable array "outside_on": what is counted now. */
struct outside_on {
	__u8 on;   /* custody */
	__u8 told; /* the calls of ops.dequeue() too */
};

/* What is kept of a task that is inside, in the hash "outside_tasks" by its pid: since when, CLOCK_MONOTONIC.
 */
struct outside_task {
	__u64 since; /* 0: it left before its entry was seen, see outside.bpf.c */
};

/* Violations are records of struct scxb_violation in the ring buffer "outside_violations". */

#endif
