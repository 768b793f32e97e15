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

/* Has some package, or a part of it, a node? Memory of expanders (CXL) is often attached to the whole
 * machine. */
static bool packages_have_nodes(hwloc_topology_t hw)
{
	hwloc_obj_t node = NULL;

	while ((node = hwloc_get_next_obj_by_type(hw, HWLOC_OBJ_NUMANODE, node)))
		if (hwloc_get_ancestor_obj_by_type(hw, HWLOC_OBJ_PACKAGE, node))
			return true;
	return false;
}

hwloc_obj_t hw_node_of(hwloc_topology_t hw, hwloc_obj_t pu, hwloc_obj_t package)
{
	hwloc_obj_t owner = pu;

	while (owner && !node_at(owner))
		owner = owner->parent;
	if (!owner || (is_above(owner, package) && packages_have_nodes(hw)))
		return package;
	return node_at(owner);
}
