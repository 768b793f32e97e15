/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "topology/hw.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "util/cause.h"
#include "util/log.h"
#include "util/mem.h"

#define SYNTHETIC "synthetic:"

int hw_number(struct hw_index *index, hwloc_obj_t obj)
{
	/* From the end, because neighbours come together. */
	for (int i = index->nr; i-- > 0;)
		if (index->obj[i] == obj)
			return i;
	index->obj = mem_grow(index->obj, index->nr, sizeof(*index->obj));
	index->obj[index->nr] = obj;
	return index->nr++;
}

static int set_source(hwloc_topology_t hw, const char *source)
{
	if (!source)
		return 0;
	if (!strncmp(source, SYNTHETIC, strlen(SYNTHETIC)))
		return hwloc_topology_set_synthetic(hw, source + strlen(SYNTHETIC));
	return hwloc_topology_set_xml(hw, source);
}

/* hwloc knows the cpuset of our cgroup, but not the CPU affinity that a taskset gave us. */
static int allow_only_ours(hwloc_topology_t hw)
{
	hwloc_bitmap_t ours = hwloc_bitmap_alloc();
	int err = 0;

	if (!hwloc_topology_is_thissystem(hw))
		err = log_err(-CAUSE_USAGE,
			      "HWLOC_XMLFILE or a similar variable describes another machine: unset it");
	else if (hwloc_get_cpubind(hw, ours, HWLOC_CPUBIND_THREAD) ||
		 hwloc_topology_allow(hw, ours, NULL, HWLOC_ALLOW_FLAG_CUSTOM))
		err = log_err(-errno, "the CPUs that we may use can't be read: %s", strerror(errno));
	hwloc_bitmap_free(ours);
	return err;
}

static int load_hw(hwloc_topology_t hw, const char *source)
{
	if (set_source(hw, source) || hwloc_topology_set_flags(hw, HWLOC_TOPOLOGY_FLAG_INCLUDE_DISALLOWED) ||
	    hwloc_topology_load(hw))
		return log_err(-errno, "the topology of %s can't be loaded: %s",
			       source ? source : "this machine", strerror(errno));
	return source ? 0 : allow_only_ours(hw);
}

int hw_open(const char *source, hwloc_topology_t *hw)
{
	int err;

	if (hwloc_topology_init(hw))
		return log_err(-ENOMEM, "hwloc can't be started");
	err = load_hw(*hw, source);
	if (err)
		hwloc_topology_destroy(*hw);
	return err;
}

static void fill_distances(struct hwloc_distances_s *d, const struct hw_index *nodes, int *out)
{
	for (int i = 0; i < nodes->nr; i++)
		for (int k = 0; k < nodes->nr; k++) {
			int from = hwloc_distances_obj_index(d, nodes->obj[i]);
			int to = hwloc_distances_obj_index(d, nodes->obj[k]);

			if (from >= 0 && to >= 0)
				out[i * nodes->nr + k] = d->values[from * d->nbobjs + to];
		}
}

int *hw_distances(hwloc_topology_t hw, const struct hw_index *nodes)
{
	int *out = mem_zalloc((size_t)nodes->nr * nodes->nr, sizeof(*out));
	struct hwloc_distances_s *d;
	unsigned nr = 1;

	for (int i = 0; i < nodes->nr * nodes->nr; i++)
		out[i] = (i % (nodes->nr + 1)) ? 20 : 10;
	if (!hwloc_distances_get_by_type(hw, HWLOC_OBJ_NUMANODE, &nr, &d, HWLOC_DISTANCES_KIND_MEANS_LATENCY,
					 0) &&
	    nr) {
		fill_distances(d, nodes, out);
		hwloc_distances_release(hw, d);
	}
	return out;
}
