/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Queues that belong to users or to cgroups, as a policy keeps them and userspace lists them. What is set for
 * them are rules, in the map "scxb_rule_queue" (control_abi.h) by the owner.
 *
 * No includes: control_abi.h comes first.
 */
#ifndef SCXB_QUEUES_ABI_H
#define SCXB_QUEUES_ABI_H

/* Also the values of the parameter "queues". */
enum scxb_by { SCXB_BY_NONE, SCXB_BY_USER, SCXB_BY_CGROUP, SCXB_NR_BY };

/* Also the values of the setting "order". */
enum scxb_order { SCXB_ORDER_ARRIVAL, SCXB_ORDER_PRIORITY, SCXB_NR_ORDERS };

/* By what, and the user's or the cgroup's id. 0 is nobody. */
#define SCXB_OWNER(by, id) ((__u64)(by) << 62 | (__u64)(id))
#define SCXB_OWNER_BY(owner) ((enum scxb_by)((owner) >> 62))
#define SCXB_OWNER_ID(owner) ((owner) & ~(3ULL << 62))

#define SCXB_USUAL_WEIGHT 100

/* Entry of a queue, whose DSQ has the same number. 0 is that of all who have none of their own. */
#define SCXB_OWNED 64
struct scxb_owned {
	__u64 owner;   /* 0: none; what still waits here is served all the same */
	__u64 vtime;   /* CPU time that its tasks had, in ns, divided by its weight */
	__u64 used_ns; /* when a task was last inserted */
	__u32 weight;
	__u32 waiting; /* tasks, when a CPU last looked for one */
	__u32 order;   /* enum scxb_order */
} __attribute__((aligned(64)));

/* The single value of this mmapable array map is the array of them. */
#define SCXB_OWNED_MAP ".data.queues"

_Static_assert(sizeof(struct scxb_owned) == 64, "layout is shared");

#endif
