/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a user sets for a running policy: rules for tasks, and parameters of the policy itself.
 *
 * Rules are in maps by what they apply to; the key is struct scxb_rule_key, the value struct scxb_setting.
 * They are LPM tries, which use no memory before there is a rule. A look-up in one finds the longest key that
 * fits, which for a name is not always the one that was asked for: the value tells how long the key is.
 *
 *	scxb_rule_task	 thread id
 *	scxb_rule_group	 thread group id
 *	scxb_rule_tree	 thread group id; for its descendants too
 *	scxb_rule_comm	 a whole name with its final NUL, or the beginning of one
 *	scxb_rule_cgrp	 cgroup id; for all tasks below it
 *	scxb_rule_queue	 owner of a queue (queues_abi.h); a hash map, where there are such queues
 *	scxb_rule_hint	 thread id; what the thread's program asked for, not what was set for it
 *
 * Where several rules fit a task, the nearest one counts, setting by setting: thread, thread group, tree
 * (that of the nearest ancestor which has one), name (the longest that fits), cgroup, then the groups above
 * it, and last of all the hint. Quotas are different: each of them is charged, and the task waits while any
 * is used up, so that what is inside of a group never has more than the group.
 *
 * A writer replaces an element as a whole and then raises scxb_control.generation, for a hint
 * scxb_control.hints. When that has changed, a task looks its rules up again at its next op. So a reader that
 * sees an element while it is replaced is corrected at the task's next op, and the last writer of a key wins.
 *
 * No includes: the BPF side has vmlinux.h, the other side includes <linux/types.h> first.
 */
#ifndef SCXB_CONTROL_ABI_H
#define SCXB_CONTROL_ABI_H

/* For tasks: name, least, most, what it is. */
#define SCXB_SETTINGS(X)                                                                         \
	X(weight, 1, 10000, "share of CPU time; 100 is what nice 0 gets")                        \
	X(priority, 0, 39, "0 runs before 39, of tasks that came at the same time")              \
	X(slice_us, 100, 1000000, "time it may run before the next one, in us")                  \
	X(quota, 10, 8192000, "most CPU time for all tasks of the rule together; or 25%machine") \
	X(cpu, 0, 8191, "the CPU that it runs on whenever that is idle")

/* For the policy: the same. Each replaces the knob of its name. */
#define SCXB_PARAMS(X)                                                                        \
	X(slice_us, 100, 1000000, "time that a task may run before the next one, in us")      \
	X(reach, 0, 2, "how far to steal: 0 own group only, 1 same node, 2 any node")         \
	X(near_us, 0, 1000000, "wait after which another group of the node may steal, in us") \
	X(far_us, 0, 1000000, "wait after which a group of another node may steal, in us")    \
	X(layout, 0, 3, "one queue for each: 0 L3 group, 1 node, 2 machine, 3 core")          \
	X(queues, 0, 2, "one queue for: 0 all, 1 each user, 2 each cgroup")

/* For the queue of an owner: the same, as value[] of its rule is counted. */
#define SCXB_QUEUE_SETTINGS(X)                                                                    \
	X(weight, 1, 10000, "share of CPU time of all that wait in it; 100 is usual")             \
	X(order, 0, 1, "who is first: 0 who came first, 1 by priority, 4 ms of waiting for each") \
	X(own, 0, 1, "1: it has one of its own; 0: its tasks wait in that of all others")

#define SCXB_ENUM_SETTING(n, min, max, help) SCXB_SETTING_##n,
#define SCXB_ENUM_PARAM(n, min, max, help) SCXB_PARAM_##n,
#define SCXB_ENUM_QUEUE(n, min, max, help) SCXB_QUEUE_##n,
enum scxb_setting_nr { SCXB_SETTINGS(SCXB_ENUM_SETTING) SCXB_NR_SETTINGS };
enum scxb_param { SCXB_PARAMS(SCXB_ENUM_PARAM) SCXB_NR_PARAMS };
enum scxb_queue_setting { SCXB_QUEUE_SETTINGS(SCXB_ENUM_QUEUE) SCXB_NR_QUEUE_SETTINGS };
enum scxb_layout { SCXB_LAYOUT_L3, SCXB_LAYOUT_NODE, SCXB_LAYOUT_MACHINE, SCXB_LAYOUT_CORE, SCXB_NR_LAYOUTS };

#define SCXB_HAS_SETTING(n) (1U << SCXB_SETTING_##n)
#define SCXB_HAS_PARAM(n) (1U << SCXB_PARAM_##n)
#define SCXB_HAS_QUEUE(n) (1U << SCXB_QUEUE_##n)

/* value[] is by enum scxb_setting_nr, or scxb_queue_setting; those whose bit is not in set are not set. */
struct scxb_setting {
	__u32 set;
	__u32 bucket; /* of the quota, in the map scxb_quota; 0: none */
	__u32 value[SCXB_NR_SETTINGS];
	__u32 bits;    /* of the key that this is the value of */
	__u64 when_ns; /* CLOCK_MONOTONIC */
};

struct scxb_rule_key {
	__u32 bits; /* how many of those below count: 8 per character, SCXB_ID_BITS of an id */
	union {
		char comm[16];
		__u32 id[2]; /* the low half first */
	};
};

#define SCXB_ID_BITS 64

/*
 * A bit of scxb_control.settings beside those that the policy heeds: what a task ran is charged to it, so
 * that one with longer slices gets them less often. Elsewhere turns are equal, and a longer slice is more
 * time.
 */
#define SCXB_CHARGES (1U << 31)

/* Another: priorities count only in queues that are in their order, which is no use to a hint. */
#define SCXB_IN_ORDER (1U << 30)

#define SCXB_GIVEN (1ULL << 63)

/* Single entry of an mmapable array map: a section of data, so that the policy reads it without a look-up. */
#define SCXB_CONTROL_MAP ".data.control"
struct scxb_control {
	/*
	 * Raised to re-enqueue what waits in user DSQs (scx_bpf_dsq_reenq()), once for all requests since the
	 * last time. Nothing happens where the kernel or the policy can't do that.
	 */
	__u64 reenq;
	__u64 asked;		     /* 0: nothing was ever set or hinted; else 1 */
	__u64 generation;	     /* raised after every change of what is set */
	__u64 hints;		     /* raised after every change of a hint */
	__u64 trees;		     /* 0: scxb_rule_tree never had a rule */
	__u64 param[SCXB_NR_PARAMS]; /* 0: as the knob says; else SCXB_GIVEN | value */
	__u64 started_ns;	     /* CLOCK_MONOTONIC; this and what follows is written by the policy */
	__u32 settings, params; /* which the policy heeds, by SCXB_HAS_*(); SCXB_CHARGES, SCXB_IN_ORDER */
	__u64 queue;		/* the same, of the queue of an owner */
};

/* The value of a quota: thousandths of a CPU, or, with this bit, ppm of the CPUs that are online. */
#define SCXB_QUOTA_MACHINE (1U << 31)

/*
 * A quota: entry of the mmapable array map "scxb_quota", of which 0 is not used. The loader makes fewer than
 * SCXB_BUCKETS of them on a small machine. left is what may still be used; it is negative when more was used,
 * which is taken off later periods: of SCXB_DEBT_S seconds at most, what is beyond is forgiven. The policy
 * adds to it every SCXB_PERIOD_NS.
 */
#define SCXB_BUCKETS 256
#define SCXB_PERIOD_NS 50000000ULL
#define SCXB_DEBT_S 60
struct scxb_bucket {
	__s64 left;	 /* ns */
	__u64 begun;	 /* when the policy first added to it; nothing is charged before */
	__u64 used;	 /* ns, ever */
	__u64 forgiven;	 /* ns of it, beyond the quota */
	__u64 throttled; /* how often a task was made to wait */
	__u32 quota;	 /* 0: the entry is free */
	__s32 admit;	 /* how many tasks may still go on in this period */
} __attribute__((aligned(64)));

_Static_assert(sizeof(struct scxb_setting) == 40, "layout is shared");
_Static_assert((int)SCXB_NR_QUEUE_SETTINGS <= (int)SCXB_SETTING_quota,
	       "a queue has room in a rule, and no quota");
_Static_assert(sizeof(struct scxb_rule_key) == 20, "layout is shared");
_Static_assert(sizeof(struct scxb_bucket) == 64, "layout is shared");

#endif
