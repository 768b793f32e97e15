/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The weights of cgroups in vtime, which multiply those of their tasks. */
#ifndef VTIME_GROUPS_BPF_H
#define VTIME_GROUPS_BPF_H

#include "control.bpf.h"

#define WEIGHT_ONE 100
#define WEIGHT_MAX 100000000

struct group {
	u32 weight;
};

struct {
	__uint(type, BPF_MAP_TYPE_CGRP_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct group);
} groups SEC(".maps");

static u32 group_changes; /* how often a weight was set */

static __always_inline u64 group_weight(struct cgroup *cgrp, u64 weight)
{
	int level;

	bpf_for (level, 1, SCXB_MAX_DEPTH) {
		struct cgroup *above = bpf_cgroup_ancestor(cgrp, level);
		struct group *g;

		if (!above)
			break;
		g = bpf_cgrp_storage_get(&groups, above, 0, 0);
		if (g)
			weight = weight * g->weight / WEIGHT_ONE;
		bpf_cgroup_release(above);
		if (weight > WEIGHT_MAX)
			weight = WEIGHT_MAX;
	}
	return weight;
}

static __always_inline s32 set_group(struct cgroup *cgrp, u32 weight)
{
	struct group *g = bpf_cgrp_storage_get(&groups, cgrp, 0, BPF_LOCAL_STORAGE_GET_F_CREATE);

	if (!g)
		return -ENOMEM;
	g->weight = weight;
	__sync_fetch_and_add(&group_changes, 1);
	return 0;
}

#endif
