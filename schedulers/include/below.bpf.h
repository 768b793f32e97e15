/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a policy needs to have others below it (Linux 7.3). It is of the cid form, as they are: the kernel
 * counts CPUs by topology there, and gives a policy none of the kfuncs that take the number of a CPU.
 * Included in place of policy.bpf.h.
 *
 * A child has the tasks of a cgroup and of the groups below it. It may put them on those CPUs that its parent
 * granted, and only when the parent's dispatch calls below_dispatch().
 */
#ifndef SCXB_BELOW_BPF_H
#define SCXB_BELOW_BPF_H

#define SCXB_CID
#include "policy.bpf.h"

/* The kernel keeps its masks of CPUs there, and takes ours from there. */
struct {
	__uint(type, BPF_MAP_TYPE_ARENA);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1 << 12); /* pages */
} scxb_arena SEC(".maps");

/* A program that touches the arena names it. */
#define below_use_arena() asm volatile("" ::"r"(&scxb_arena))
#define __arena __attribute__((address_space(1)))

#define BELOW_CHILDREN 8
#define BELOW_WORDS 129 /* for 8,192 CPUs, and one more, as the kernel has it */

/* struct scx_cmask with its bits */
struct below_cids {
	u32 base, nr_cids, alloc_words;
	u64 bits[BELOW_WORDS];
};

static u64 below_child[BELOW_CHILDREN]; /* ids of cgroups; 0: free */
/* Allocated, because libbpf 1.5 loses a global in the arena of an object with more than 16 maps. */
static struct below_cids __arena *below_cids;

/* In init, which may sleep. */
static __always_inline s32 below_init(void)
{
	below_use_arena();
	below_cids = bpf_arena_alloc_pages(&scxb_arena, NULL, 1, -1, 0);
	return below_cids ? 0 : -ENOMEM;
}

/* The kernel refuses this op in a program without an arena. */
#define BELOW_SET_CMASK(name)                                                   \
	void SCXB_OP(name, struct task_struct *p, const struct scx_cmask *mask) \
	{                                                                       \
		struct scxb_call call = SCXB_CALL(set_cpumask, p, 0);           \
                                                                                \
		below_use_arena();                                              \
		scxb_begin(&call);                                              \
	}

/* All of them, or every step-th. */
static __always_inline void below_fill(struct below_cids __arena *cids, u32 nr, u32 step)
{
	u32 cid;

	cids->nr_cids = nr;
	cids->alloc_words = BELOW_WORDS;
	bpf_for (cid, 0, nr) {
		if (cid / 64 >= BELOW_WORDS)
			break;
		if (cid % step == 0)
			cids->bits[cid / 64] |= 1ULL << cid % 64;
	}
}

/* The body of a sub_attach: the child may use every step-th CPU. */
static __always_inline s32 below_attach(struct scx_sub_attach_args *args, u32 step)
{
	u64 id = args->ops->sub_cgroup_id;
	s32 i;

	below_use_arena();
	bpf_for (i, 0, BELOW_CHILDREN) {
		if (below_child[i])
			continue;
		below_child[i] = id;
		below_fill(below_cids, scx_bpf_nr_cids(), step);
		return scx_bpf_sub_grant(id, SCX_CAP_ENQ | SCX_CAP_PREEMPT,
					 (const struct scx_cmask __arena *)below_cids, NULL);
	}
	return -ENOMEM;
}

/* The body of a sub_detach. */
static __always_inline void below_detach(struct scx_sub_detach_args *args)
{
	s32 i;

	bpf_for (i, 0, BELOW_CHILDREN)
		if (below_child[i] == args->ops->sub_cgroup_id)
			below_child[i] = 0;
}

/* In dispatch: true when a child had a task for this CPU. */
static __always_inline bool below_dispatch(void)
{
	s32 i;

	bpf_for (i, 0, BELOW_CHILDREN)
		if (below_child[i] && scx_bpf_sub_dispatch(below_child[i]))
			return true;
	return false;
}

#endif
