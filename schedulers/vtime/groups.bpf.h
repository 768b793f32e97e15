/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The cgroups of vtime. A task has the part of its cgroup that its weight is of all that is runnable there,
 * tasks and cgroups below alike, and the cgroup has its part of the one above, up to below the root, where
 * tasks and cgroups compete by their own weights. So it is in the kernel's own scheduler, and so a cgroup's
 * share does not grow with its number of tasks.
 *
 * Each cgroup keeps the sum of the weights of what is runnable directly in it. A task is counted when it
 * comes to a queue or a CPU, until it sleeps or is changed (ops.quiescent()); a cgroup is counted in the one
 * above while its own sum is above 0. Of more cgroups than there are GROUPS the last ones have no sum of
 * their own: what is in them counts in the one above.
 */
#ifndef VTIME_GROUPS_BPF_H
#define VTIME_GROUPS_BPF_H

#include "control.bpf.h"

#define WEIGHT_ONE 100
#define ROOT 0
#define GROUPS 1024
#define CROWD_NONE (1ULL << 14)
#define CROWD_MOST (1ULL << 30) /* times 8 s is 63 bits */

struct group {
	s64 sum; /* of the weights of what is runnable in it */
	u32 weight;
	u32 counted; /* with so much, in the sum of the one above */
	u32 above;
	u32 used; /* by a cgroup */
} __attribute__((aligned(64)));

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, GROUPS);
	__type(key, u32);
	__type(value, struct group);
} vtime_groups SEC(".maps");

/* Which group a cgroup is. */
struct {
	__uint(type, BPF_MAP_TYPE_CGRP_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, u32);
} vtime_group_of SEC(".maps");

/* NULL: the root. */
static __always_inline struct group *group_at(u32 nr)
{
	return nr == ROOT ? NULL : bpf_map_lookup_elem(&vtime_groups, &nr);
}

/*
 * The cgroup is counted as it is now. What the sum above it grows by. Whoever exchanges last looks last, so
 * that the sums are right however the turns of several CPUs meet.
 */
static __always_inline s64 recount(struct group *g)
{
	s64 more = 0;
	u32 weight;
	int i;

	bpf_for (i, 0, 8) {
		weight = g->sum > 0 ? g->weight : 0;
		more += (s64)weight - __sync_lock_test_and_set(&g->counted, weight);
		if (weight == (g->sum > 0 ? g->weight : 0))
			break;
	}
	return more;
}

/* It has begun or ceased to have something runnable, or its weight has changed. */
static __noinline void group_turned(u32 nr)
{
	struct group *g = group_at(nr);
	s64 more, before;
	int level;

	bpf_for (level, 0, SCXB_MAX_DEPTH) {
		if (!g)
			break;
		more = recount(g);
		g = group_at(g->above);
		if (!g || !more)
			break;
		before = __sync_fetch_and_add(&g->sum, more);
		if ((before > 0) == (before + more > 0))
			break;
	}
}

/* Of a task, when it becomes runnable (more: its weight) or no longer is (less than 0). */
static __always_inline void group_count(u32 nr, s64 more)
{
	struct group *g = group_at(nr);
	s64 before;

	if (!g)
		return;
	before = __sync_fetch_and_add(&g->sum, more);
	if ((before > 0) != (before + more > 0))
		group_turned(nr);
}

/* By how much one cgroup makes virtual time pass faster, for a task or cgroup of that weight in it. */
static __always_inline u64 group_rate(struct group *g, u64 *weight, u64 crowd)
{
	u64 sum = g->sum > (s64)*weight ? g->sum : *weight;

	*weight = g->weight ?: 1;
	crowd = crowd * sum / *weight;
	return crowd < CROWD_MOST ? crowd : CROWD_MOST;
}

static __noinline u64 crowd_above(u32 nr, u64 weight, u64 crowd)
{
	struct group *g = group_at(nr);
	int level;

	bpf_for (level, 0, SCXB_MAX_DEPTH) {
		if (!g)
			break;
		crowd = group_rate(g, &weight, crowd);
		g = group_at(g->above);
	}
	return crowd;
}

/*
 * By how much the cgroups make virtual time pass faster for a task of that weight than its weight alone does,
 * as times CROWD_NONE. Few are more than two levels down, and a loop is dear.
 */
static __always_inline u64 group_crowd(u32 nr, u64 weight)
{
	struct group *g = group_at(nr);
	u64 crowd = CROWD_NONE;

	if (!g)
		return crowd;
	crowd = group_rate(g, &weight, crowd);
	g = group_at(g->above);
	if (!g)
		return crowd;
	crowd = group_rate(g, &weight, crowd);
	return g->above == ROOT ? crowd : crowd_above(g->above, weight, crowd);
}

/* A new cgroup, by the one above it. Beyond the last, it is part of that. */
static __always_inline s32 group_make(struct cgroup *cgrp, u32 weight)
{
	struct cgroup *above = cgrp->level ? bpf_cgroup_ancestor(cgrp, cgrp->level - 1) : NULL;
	u32 *nr = bpf_cgrp_storage_get(&vtime_group_of, cgrp, 0, BPF_LOCAL_STORAGE_GET_F_CREATE);
	u32 *nr_above = above ? bpf_cgrp_storage_get(&vtime_group_of, above, 0, 0) : NULL;
	u32 i, in = nr_above ? *nr_above : ROOT;

	if (above)
		bpf_cgroup_release(above);
	if (!nr)
		return -ENOMEM;
	*nr = in;
	bpf_for (i, ROOT + 1, cgrp->level ? GROUPS : 0) {
		struct group *g = group_at(i);

		if (!g || __sync_val_compare_and_swap(&g->used, 0, 1))
			continue;
		g->weight = weight;
		g->above = in;
		*nr = i;
		break;
	}
	return 0;
}

static __always_inline u32 group_of(struct cgroup *cgrp)
{
	u32 *nr = cgrp ? bpf_cgrp_storage_get(&vtime_group_of, cgrp, 0, 0) : NULL;

	return nr ? *nr : ROOT;
}

/* Where the kernel's pointer is not one that the verifier trusts. */
static __always_inline u32 group_of_id(u64 id)
{
	struct cgroup *cgrp = bpf_cgroup_from_id(id);
	u32 nr = group_of(cgrp);

	if (cgrp)
		bpf_cgroup_release(cgrp);
	return nr;
}

/* One that shares that of the cgroup above it has no say in it. */
static __always_inline bool has_own_group(struct cgroup *cgrp, u32 nr)
{
	struct cgroup *above = cgrp->level ? bpf_cgroup_ancestor(cgrp, cgrp->level - 1) : NULL;
	bool own = above && group_of(above) != nr;

	if (above)
		bpf_cgroup_release(above);
	return own;
}

static __always_inline void group_weigh(struct cgroup *cgrp, u32 weight)
{
	u32 nr = group_of(cgrp);
	struct group *g = group_at(nr);

	if (!g || !has_own_group(cgrp, nr))
		return;
	g->weight = weight;
	group_turned(nr);
}

/* Nothing is in it any more. */
static __always_inline void group_free(struct cgroup *cgrp)
{
	u32 nr = group_of(cgrp);
	struct group *g = group_at(nr);

	if (g && has_own_group(cgrp, nr))
		__sync_lock_test_and_set(&g->used, 0);
}

#endif
