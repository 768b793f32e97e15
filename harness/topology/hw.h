/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside topology/ only: from an hwloc topology to the flat struct, in steps. */
#pragma once
#include <hwloc.h>
#include "topology/topology.h"

/* The objects met so far, numbered in that order. */
struct hw_index {
	hwloc_obj_t *obj;
	int nr;
	void *tree; /* finds an object's number in logarithmic time */
};
int hw_number(struct hw_index *index, hwloc_obj_t obj);
void hw_index_free(struct hw_index *index);

/* source: as for topology_load(). */
int hw_open(const char *source, hwloc_topology_t *hw);
/*
 * The node of a CPU's memory; of several (HBM beside DRAM) the first. Its package stands in for it where the
 * CPU has none of its own, only memory that it shares with another package, while others that share it have
 * nearer memory: packages never become one node for want of memory.
 */
hwloc_obj_t hw_node_of(hwloc_topology_t hw, hwloc_obj_t pu, hwloc_obj_t package);
/* The nr * nr distances between these nodes. */
int *hw_distances(hwloc_topology_t hw, const struct hw_index *nodes);
/* Orders the L3 groups by their distance from each other. Needs the CPUs and distances. */
int *topology_near(const struct topology *t);
