/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <stdlib.h>
#include "topology/hw.h"
#include "util/log.h"
#include "util/mem.h"

struct numbering {
	struct hw_index core, l3, node, package;
};

/* A CPU may have several local memories (HBM beside DRAM): the first one counts. */
static hwloc_obj_t node_of(hwloc_topology_t hw, hwloc_obj_t pu)
{
	hwloc_obj_t node = hwloc_get_numanode_obj_by_os_index(hw, hwloc_bitmap_first(pu->nodeset));

	return node ? node : hwloc_get_root_obj(hw);
}

static hwloc_obj_t above(hwloc_topology_t hw, hwloc_obj_t pu, hwloc_obj_type_t type, hwloc_obj_t otherwise)
{
	hwloc_obj_t obj = hwloc_get_ancestor_obj_by_type(hw, type, pu);

	return obj ? obj : otherwise;
}

/* A machine may not report packages, cores or caches, or not for every CPU. */
static struct topology_cpu topology_describe(hwloc_topology_t hw, struct numbering *n, hwloc_obj_t pu)
{
	hwloc_obj_t package = above(hw, pu, HWLOC_OBJ_PACKAGE, hwloc_get_root_obj(hw));

	return (struct topology_cpu){
		.cpu = pu->os_index,
		.core = hw_number(&n->core, above(hw, pu, HWLOC_OBJ_CORE, pu)),
		.l3 = hw_number(&n->l3, above(hw, pu, HWLOC_OBJ_L3CACHE, package)),
		.node = hw_number(&n->node, node_of(hw, pu)),
		.package = hw_number(&n->package, package),
		.allowed = hwloc_bitmap_isset(hwloc_topology_get_allowed_cpuset(hw), pu->os_index),
	};
}

static void add_cpus(struct topology *t, hwloc_topology_t hw, struct numbering *n)
{
	unsigned cpu;

	hwloc_bitmap_foreach_begin(cpu, hwloc_topology_get_topology_cpuset(hw))
	{
		t->cpu = mem_grow(t->cpu, t->nr_cpus, sizeof(*t->cpu));
		t->cpu[t->nr_cpus++] = topology_describe(hw, n, hwloc_get_pu_obj_by_os_index(hw, cpu));
		t->max_cpu = cpu + 1;
	}
	hwloc_bitmap_foreach_end();
	t->nr_cores = n->core.nr;
	t->nr_l3 = n->l3.nr;
	t->nr_nodes = n->node.nr;
	t->nr_packages = n->package.nr;
}

static int most_siblings(const struct topology *t)
{
	int *siblings = mem_zalloc(t->nr_cores, sizeof(*siblings)), most = 0;

	for (int i = 0; i < t->nr_cpus; i++) {
		int n = ++siblings[t->cpu[i].core];

		most = n > most ? n : most;
	}
	free(siblings);
	return most;
}

static char *model(hwloc_topology_t hw)
{
	hwloc_obj_t package = hwloc_get_obj_by_type(hw, HWLOC_OBJ_PACKAGE, 0);
	const char *name = package ? hwloc_obj_get_info_by_name(package, "CPUModel") : NULL;

	return mem_strdup(name ? name : "");
}

static int topology_export(hwloc_topology_t hw, char **xml)
{
	char *buffer;
	int len;

	if (hwloc_topology_export_xmlbuffer(hw, &buffer, &len, 0))
		return log_err(-errno, "the topology can't be exported as XML");
	*xml = mem_strdup(buffer);
	hwloc_free_xmlbuffer(hw, buffer);
	return 0;
}

static int flatten_hw(hwloc_topology_t hw, struct topology *t)
{
	struct numbering n = { 0 };

	add_cpus(t, hw, &n);
	t->has_l3 = hwloc_get_nbobjs_by_type(hw, HWLOC_OBJ_L3CACHE) > 0;
	t->smt = most_siblings(t);
	t->distance = hw_distances(hw, &n.node);
	t->near = topology_near(t);
	t->model = model(hw);
	free(n.core.obj);
	free(n.l3.obj);
	free(n.node.obj);
	free(n.package.obj);
	return topology_export(hw, &t->xml);
}

int topology_load(const char *source, struct topology *t)
{
	hwloc_topology_t hw;
	int err = hw_open(source, &hw);

	*t = (struct topology){ 0 };
	if (err)
		return err;
	err = flatten_hw(hw, t);
	if (err)
		topology_free(t);
	hwloc_topology_destroy(hw);
	return err;
}

void topology_free(struct topology *t)
{
	free(t->cpu);
	free(t->distance);
	free(t->near);
	free(t->model);
	free(t->xml);
	*t = (struct topology){ 0 };
}
