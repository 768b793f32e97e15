/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How far the nodes are from each other, those that stand in for missing ones included. */
#include <stdlib.h>
#include "topology/hw.h"
#include "util/mem.h"

#define LOCAL 10
#define REMOTE 20

/* Distances by NUMA node in the order of hw_index; a stand-in has only what this begins with. */
static void fill_known(struct hwloc_distances_s *d, const struct hw_index *nodes, int *out)
{
	int *place = mem_zalloc(nodes->nr, sizeof(*place));

	for (int i = 0; i < nodes->nr; i++)
		place[i] = hwloc_distances_obj_index(d, nodes->obj[i]);
	for (int i = 0; i < nodes->nr; i++)
		for (int k = 0; k < nodes->nr; k++)
			if (place[i] >= 0 && place[k] >= 0)
				out[i * nodes->nr + k] = (int)d->values[place[i] * (int)d->nbobjs + place[k]];
	free(place);
}

static bool is_stand_in(hwloc_obj_t node)
{
	return node->type != HWLOC_OBJ_NUMANODE;
}

/*
 * A stand-in is as far from a node as the nearest memory of its package: LOCAL from that memory. The row and
 * the column of the stand-in become the least of those nodes'.
 */
static void stand_in(hwloc_topology_t hw, const struct hw_index *nodes, int *out, int number)
{
	int nr = nodes->nr, first = 1;

	for (int i = 0; i < nr; i++) {
		if (is_stand_in(nodes->obj[i]) ||
		    !hwloc_obj_is_in_subtree(hw, nodes->obj[i], nodes->obj[number]))
			continue;
		for (int k = 0; k < nr; k++) {
			int *to = &out[number * nr + k], *from = &out[k * nr + number];

			*to = first || out[i * nr + k] < *to ? out[i * nr + k] : *to;
			*from = first || out[k * nr + i] < *from ? out[k * nr + i] : *from;
		}
		first = 0;
	}
	out[number * nr + number] = LOCAL;
}

int *hw_distances(hwloc_topology_t hw, const struct hw_index *nodes)
{
	int *out = mem_zalloc((size_t)nodes->nr * nodes->nr, sizeof(*out));
	struct hwloc_distances_s *d;
	unsigned nr = 1;

	for (int i = 0; i < nodes->nr * nodes->nr; i++)
		out[i] = (i % (nodes->nr + 1)) ? REMOTE : LOCAL;
	if (!hwloc_distances_get_by_type(hw, HWLOC_OBJ_NUMANODE, &nr, &d, HWLOC_DISTANCES_KIND_MEANS_LATENCY,
					 0) &&
	    nr) {
		fill_known(d, nodes, out);
		hwloc_distances_release(hw, d);
	}
	for (int i = 0; i < nodes->nr; i++)
		if (is_stand_in(nodes->obj[i]))
			stand_in(hw, nodes, out, i);
	return out;
}
