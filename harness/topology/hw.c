/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "topology/hw.h"
#include <errno.h>
#include <search.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include "util/cause.h"
#include "util/log.h"
#include "util/mem.h"

#define SYNTHETIC "synthetic:"

struct numbered {
	hwloc_obj_t obj;
	int number;
};

static int by_object(const void *a, const void *b)
{
	const struct numbered *x = a, *y = b;

	return (x->obj > y->obj) - (x->obj < y->obj);
}

int hw_number(struct hw_index *index, hwloc_obj_t obj)
{
	struct numbered key = { obj, index->nr }, *new, **found;

	found = tfind(&key, &index->tree, by_object);
	if (found)
		return (*found)->number;
	new = mem_zalloc(1, sizeof(*new));
	*new = key;
	if (!tsearch(new, &index->tree, by_object))
		abort();
	index->obj = mem_grow(index->obj, index->nr, sizeof(*index->obj));
	index->obj[index->nr] = obj;
	return index->nr++;
}

void hw_index_free(struct hw_index *index)
{
	tdestroy(index->tree, free);
	free(index->obj);
}

static bool is_xml(const char *source)
{
	return source && *source == '<';
}

static int set_source(hwloc_topology_t hw, const char *source)
{
	if (!source)
		return 0;
	if (!strncmp(source, SYNTHETIC, strlen(SYNTHETIC)))
		return hwloc_topology_set_synthetic(hw, source + strlen(SYNTHETIC));
	if (is_xml(source))
		return hwloc_topology_set_xmlbuffer(hw, source, (int)strlen(source) + 1);
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
			       is_xml(source) ? "a stored machine"
			       : source	      ? source
					      : "this machine",
			       strerror(errno));
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
