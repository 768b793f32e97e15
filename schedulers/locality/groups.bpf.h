/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The groups of CPUs that share an L3 cache: who is in one, and which is near to which. */
#ifndef LOCALITY_GROUPS_BPF_H
#define LOCALITY_GROUPS_BPF_H

#include "common.bpf.h"

#define MAX_GROUPS 1024

/* An L3 group; its number is that of its queue. */
struct group {
	struct bpf_cpumask __kptr *cpus;
	u32 node;
	s32 online;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, MAX_GROUPS);
	__type(key, u32);
	__type(value, struct group);
} locality_groups SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, u32);
} scxb_near SEC(".maps");

static __always_inline struct group *group_at(u32 nr)
{
	return bpf_map_lookup_elem(&locality_groups, &nr);
}

static __always_inline u32 group_of_cpu(s32 cpu)
{
	struct scxb_topo_cpu *place = bpf_map_lookup_elem(&scxb_topo, &cpu);

	return place ? place->l3 : 0;
}

/* The i-th nearest group to a group; 0 is itself. */
static __always_inline u32 near_group(u32 nr, u32 i)
{
	u32 key = nr * scxb_nr_l3 + i;
	u32 *near = bpf_map_lookup_elem(&scxb_near, &key);

	return near ? *near : nr;
}

static __always_inline bool may_run_in(u32 nr, const struct cpumask *mask)
{
	struct group *g = group_at(nr);
	struct bpf_cpumask *cpus = g ? g->cpus : NULL;

	return cpus && bpf_cpumask_intersects(cast_mask(cpus), mask);
}

/* The home itself, or the nearest group that the mask allows. */
static u32 nearest_allowed(u32 home, const struct cpumask *mask)
{
	u32 i;

	bpf_for(i, 0, scxb_nr_l3) {
		u32 nr = near_group(home, i);

		if (may_run_in(nr, mask))
			return nr;
	}
	return home;
}

static __always_inline void count_online(s32 cpu, s32 change)
{
	struct group *g = group_at(group_of_cpu(cpu));

	if (g)
		__sync_fetch_and_add(&g->online, change);
}

static s32 make_group(u32 nr, const struct cpumask *online)
{
	struct group *g = group_at(nr);
	struct bpf_cpumask *cpus;
	s32 cpu;

	if (!g)
		return -E2BIG;
	cpus = bpf_cpumask_create();
	if (!cpus)
		return -ENOMEM;
	bpf_for(cpu, 0, (s32)scxb_nr_cpus) {
		struct scxb_topo_cpu *place = bpf_map_lookup_elem(&scxb_topo, &cpu);

		if (!place || place->l3 != nr)
			continue;
		bpf_cpumask_set_cpu(cpu, cpus);
		g->node = place->node;
		g->online += bpf_cpumask_test_cpu(cpu, online);
	}
	cpus = bpf_kptr_xchg(&g->cpus, cpus);
	if (cpus)
		bpf_cpumask_release(cpus);
	return scx_bpf_create_dsq(nr, -1);
}

#endif
