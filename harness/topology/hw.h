/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside topology/ only: from an hwloc topology to the flat struct, in steps. */
#pragma once
#include <hwloc.h>
#include "topology/topology.h"

/* The objects met so far, numbered in that order. */
struct hw_index {
	hwloc_obj_t *obj;
	int nr;
};
int hw_number(struct hw_index *index, hwloc_obj_t obj);

/* source: as for topology_load(). */
int hw_open(const char *source, hwloc_topology_t *hw);
/* The nr * nr distances between these nodes. */
int *hw_distances(hwloc_topology_t hw, const struct hw_index *nodes);
/* Orders the L3 groups by their distance from each other. Needs the CPUs and distances. */
int *topology_near(const struct topology *t);
