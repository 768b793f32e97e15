/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "topology/hw.h"

/* The first node that is attached to this very object, be it behind a cache at its memory's side. */
static hwloc_obj_t node_at(hwloc_obj_t obj)
{
	hwloc_obj_t memory = obj->memory_first_child;

	while (memory && memory->type != HWLOC_OBJ_NUMANODE)
		memory = memory->memory_first_child;
	return memory;
}

static bool is_above(hwloc_obj_t obj, hwloc_obj_t package)
{
	while (package->parent && package->parent != obj)
		package = package->parent;
	return package->parent != NULL;
}

/* Has a part of owner a node of its own? Memory of expanders (CXL) is often attached to the whole machine. */
static bool has_nodes_below(hwloc_topology_t hw, hwloc_obj_t owner)
{
	hwloc_obj_t node = NULL;

	while ((node = hwloc_get_next_obj_by_type(hw, HWLOC_OBJ_NUMANODE, node))) {
		hwloc_obj_t at = node->parent;

		while (hwloc_obj_type_is_memory(at->type))
			at = at->parent;
		if (at != owner && hwloc_obj_is_in_subtree(hw, at, owner))
			return true;
	}
	return false;
}

hwloc_obj_t hw_node_of(hwloc_topology_t hw, hwloc_obj_t pu, hwloc_obj_t package)
{
	hwloc_obj_t owner = pu;

	while (owner && !node_at(owner))
		owner = owner->parent;
	if (!owner || (is_above(owner, package) && has_nodes_below(hw, owner)))
		return package;
	return node_at(owner);
}
