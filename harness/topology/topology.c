/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <stdlib.h>
#include "topology/hw.h"
#include "util/log.h"
#include "util/mem.h"

struct numbering {
	struct hw_index core, l3, node, package;
};

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
		.node = hw_number(&n->node, hw_node_of(hw, pu, package)),
		.package = hw_number(&n->package, package),
		.allowed = hwloc_bitmap_isset(hwloc_topology_get_allowed_cpuset(hw), pu->os_index),
	};
}

static int by_os_index(const void *a, const void *b)
{
	const hwloc_obj_t *x = a, *y = b;

	return ((*x)->os_index > (*y)->os_index) - ((*x)->os_index < (*y)->os_index);
}

/* Ascending by the kernel's number. hwloc would look through all of them for each number. */
static hwloc_obj_t *sorted_pus(hwloc_topology_t hw, int nr)
{
	hwloc_obj_t *pu = mem_zalloc(nr, sizeof(*pu));

	for (int i = 0; i < nr; i++)
		pu[i] = hwloc_get_obj_by_type(hw, HWLOC_OBJ_PU, i);
	qsort(pu, nr, sizeof(*pu), by_os_index);
	return pu;
}

static void add_cpus(struct topology *t, hwloc_topology_t hw, struct numbering *n)
{
	int nr = hwloc_get_nbobjs_by_type(hw, HWLOC_OBJ_PU);
	hwloc_obj_t *pu = sorted_pus(hw, nr);

	t->cpu = mem_zalloc(nr, sizeof(*t->cpu));
	for (int i = 0; i < nr; i++)
		t->cpu[i] = topology_describe(hw, n, pu[i]);
	t->nr_cpus = nr;
	t->max_cpu = t->cpu[nr - 1].cpu + 1;
	free(pu);
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
	hw_index_free(&n.core);
	hw_index_free(&n.l3);
	hw_index_free(&n.node);
	hw_index_free(&n.package);
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
