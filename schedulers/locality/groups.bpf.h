/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Groups of CPUs: which CPUs are in one, and which groups are near each other. Each layout divides the
 * machine into its own groups, by core, L3 cache, node, or not at all. All are made at the beginning and
 * numbered consecutively, so that a change of layout only selects other numbers.
 */
#ifndef LOCALITY_GROUPS_BPF_H
#define LOCALITY_GROUPS_BPF_H

#include "stats.bpf.h"
#include "groups_abi.h"

/* The number of a group is also that of its queue. */
struct group {
	struct bpf_cpumask __kptr *cpus;
	u32 node;
	s32 online;
	u32 row;  /* of scxb_near: the L3 group of its first CPU */
	u32 rank; /* its own place in that row, among the groups of its layout */
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct group);
} scxb_groups SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, u32);
} scxb_near SEC(".maps");

static __always_inline struct group *group_at(u32 nr)
{
	return bpf_map_lookup_elem(&scxb_groups, &nr);
}

static __always_inline u32 first_group(u32 layout)
{
	return scxb_first_group(layout, scxb_nr_l3, scxb_nr_nodes, scxb_nr_cores);
}

#define NR_GROUPS first_group(SCXB_NR_LAYOUTS)

static __always_inline u32 layout_of(u32 nr)
{
	if (nr < first_group(SCXB_LAYOUT_NODE))
		return SCXB_LAYOUT_L3;
	if (nr < first_group(SCXB_LAYOUT_MACHINE))
		return SCXB_LAYOUT_NODE;
	return nr < first_group(SCXB_LAYOUT_CORE) ? SCXB_LAYOUT_MACHINE : SCXB_LAYOUT_CORE;
}

/* The first group of the layout of a group, and how many there are. */
static __always_inline u32 first_like(u32 nr)
{
	return first_group(layout_of(nr));
}

static __always_inline u32 nr_like(u32 nr)
{
	return first_group(layout_of(nr) + 1) - first_like(nr);
}

static __always_inline u32 group_of_place(const struct scxb_topo_cpu *place, u32 layout)
{
	switch (layout) {
	case SCXB_LAYOUT_NODE:
		return first_group(layout) + place->node;
	case SCXB_LAYOUT_MACHINE:
		return first_group(layout);
	case SCXB_LAYOUT_CORE:
		/* A CPU that was unknown at load has a core beyond these. */
		return first_group(layout) + (place->core < scxb_nr_cores ? place->core : 0);
	default:
		return place->l3;
	}
}

static __always_inline u32 group_of_cpu(s32 cpu, u32 layout)
{
	struct scxb_topo_cpu *place = bpf_map_lookup_elem(&scxb_topo, &cpu);

	return place ? group_of_place(place, layout) : 0;
}

/* The i-th nearest group to a group of its layout; 0 is itself. */
static __always_inline u32 near_group(u32 nr, u32 i)
{
	struct group *g = group_at(nr);
	u32 *near, key;

	if (!i || !g)
		return nr;
	key = g->row * NR_GROUPS + first_like(nr) + (i <= g->rank ? i - 1 : i);
	near = bpf_map_lookup_elem(&scxb_near, &key);
	return near ? *near : nr;
}

static __always_inline bool may_run_in(u32 nr, const struct cpumask *mask)
{
	struct group *g = group_at(nr);
	struct bpf_cpumask *cpus = g ? g->cpus : NULL;

	return cpus && bpf_cpumask_intersects(scxb_cast_mask(cpus), mask);
}

/* The home itself, or the nearest group with a CPU that the mask allows. */
static u32 nearest_allowed(u32 home, const struct cpumask *mask)
{
	u32 i;

	bpf_for (i, 0, nr_like(home)) {
		u32 nr = near_group(home, i);

		if (may_run_in(nr, mask))
			return nr;
	}
	return home;
}

static __always_inline void count_online(s32 cpu, s32 change)
{
	u32 layout;

	bpf_for (layout, 0, SCXB_NR_LAYOUTS) {
		struct group *g = group_at(group_of_cpu(cpu, layout));

		if (g)
			__sync_fetch_and_add(&g->online, change);
	}
}

/* The place of a group in the row; 0 where it has none. */
static u32 find_rank(u32 nr, u32 row)
{
	u32 i, first = first_like(nr);

	bpf_for (i, 0, nr_like(nr)) {
		u32 key = row * NR_GROUPS + first + i;
		u32 *near = bpf_map_lookup_elem(&scxb_near, &key);

		if (near && *near == nr)
			return i;
	}
	return 0;
}

static s32 make_group(u32 nr, const struct cpumask *online)
{
	struct group *g = group_at(nr);
	struct bpf_cpumask *cpus;
	bool empty = true;
	s32 cpu;

	if (!g)
		return -E2BIG;
	cpus = bpf_cpumask_create();
	if (!cpus)
		return -ENOMEM;
	bpf_for (cpu, 0, (s32)scxb_nr_cpus) {
		struct scxb_topo_cpu *place = bpf_map_lookup_elem(&scxb_topo, &cpu);

		if (!place || group_of_place(place, layout_of(nr)) != nr)
			continue;
		bpf_cpumask_set_cpu(cpu, cpus);
		if (empty)
			g->row = place->l3;
		empty = false;
		g->node = place->node;
		g->online += bpf_cpumask_test_cpu(cpu, online);
	}
	g->rank = find_rank(nr, g->row);
	cpus = bpf_kptr_xchg(&g->cpus, cpus);
	if (cpus)
		bpf_cpumask_release(cpus);
	return scx_bpf_create_dsq(nr, -1);
}

#endif
