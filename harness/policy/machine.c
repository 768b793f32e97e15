/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a policy gets about the machine and the sample: variables named scxb_*, sizes and contents of maps. */
#include <bpf/bpf.h>
#include <linux/types.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "policy/near.h"
#include "policy/object.h"
#include "control_abi.h"
#include "stats_abi.h"
#include "util/cause.h"
#include "util/cgroup_id.h"
#include "util/fs.h"
#include "util/log.h"
#include "util/mem.h"

int machine_cpus(void)
{
	char *line = NULL, *last;
	int cpus = 0;

	if (fs_read_line(fs_sys("/sys/devices/system/cpu/possible"), &line) == 0) {
		last = line + strlen(line);
		while (last > line && last[-1] >= '0' && last[-1] <= '9')
			last--;
		cpus = atoi(last) + 1;
	}
	free(line);
	return cpus;
}

/* The size of an array by CPU. CPUs that come online later, which hwloc does not show, have room too. */
static int cpu_slots(const struct topology *t)
{
	int possible = machine_cpus();

	return possible > t->max_cpu ? possible : t->max_cpu;
}

/* How many levels the cgroup with this id lies below the root; 0 when it is not found. */
static int cgroup_level(uint64_t id)
{
	char *path = cgroup_path_of(id);
	int level = 0;

	for (const char *c = path; c && *c; c++)
		level += *c == '/' && c[1];
	free(path);
	return level;
}

/* 0 where the kernel does not show it. */
static uint64_t base_slice_ns(void)
{
	char *line = NULL;
	uint64_t ns = fs_read_line(fs_sys("/sys/kernel/debug/sched/base_slice_ns"), &line)
			      ? 0
			      : strtoull(line, NULL, 10);

	free(line);
	return ns;
}

static void set_vars(struct policy *p, const struct policy_setup *setup, int cpus)
{
	/* An object that lacks one of them does not need it. */
	object_set(p, "scxb_nr_cpus", cpus);
	object_set(p, "scxb_nr_l3", setup->topology->nr_l3);
	object_set(p, "scxb_nr_nodes", setup->topology->nr_nodes);
	object_set(p, "scxb_nr_cores", setup->topology->nr_cores);
	object_set(p, "scxb_detail", setup->detail);
	object_set(p, "scxb_cgroup_id", setup->cgroup_id);
	object_set(p, "scxb_base_slice_ns", base_slice_ns());
	object_set(p, "scxb_cgroup_level", cgroup_level(setup->cgroup_id));
}

/* A page of them at least. */
static int quotas(int cpus)
{
	int nr = 16 * cpus, page = 4096 / sizeof(struct scxb_bucket);

	return nr < page ? page : nr < SCXB_BUCKETS ? nr : SCXB_BUCKETS;
}

static int resize_map(struct policy *p, const char *name, unsigned entries)
{
	struct bpf_map *map = bpf_object__find_map_by_name(p->obj, name);
	int err = map ? bpf_map__set_max_entries(map, entries) : 0;

	return err ? log_err(err, "%s: map %s can't have %u entries", p->name, name, entries) : 0;
}

/* A section is a single value: as it is compiled, of one CPU. */
static int resize_section(struct policy *p, const char *name, unsigned cpus)
{
	struct bpf_map *map = bpf_object__find_map_by_name(p->obj, name);
	int err = map ? bpf_map__set_value_size(map, cpus * bpf_map__value_size(map)) : 0;

	return err ? log_err(err, "%s: section %s can't be made for %u CPUs", p->name, name, cpus) : 0;
}

int machine_size(struct policy *p, const struct policy_setup *setup)
{
	int cpus = cpu_slots(setup->topology), groups = near_groups(setup->topology), err = 0;
	const struct {
		const char *map;
		int entries;
	} size[] = {
		{ "scxb_detail_hist", setup->detail ? cpus : 1 },
		{ "scxb_topo", cpus },
		{ "scxb_near", setup->topology->nr_l3 * groups },
		{ "scxb_trees", cpus + 1 },
		{ "eevdf_queues", cpus },
		{ "scxb_groups", groups },
		{ "scxb_quota", quotas(cpus) },
	};

	set_vars(p, setup, cpus);
	err = resize_section(p, SCXB_COUNTERS_MAP, cpus);
	if (!err)
		err = resize_section(p, ".data.lanes", cpus);
	for (size_t i = 0; !err && i < sizeof(size) / sizeof(*size); i++)
		err = resize_map(p, size[i].map, size[i].entries);
	return err;
}

/* *map is NULL when the object has none of that name, and so does not need it. */
static int find_map(struct policy *p, const char *name, size_t size, struct bpf_map **map)
{
	*map = bpf_object__find_map_by_name(p->obj, name);
	if (!*map || bpf_map__value_size(*map) == size)
		return 0;
	return log_err(-CAUSE_USAGE,
		       "%s: map %s has entries of %u bytes, not %zu: compile it against stats_abi.h", p->name,
		       name, bpf_map__value_size(*map), size);
}

static int filled(struct policy *p, const struct bpf_map *map, int err)
{
	return err ? log_err(err, "%s: map %s can't be filled: %s", p->name, bpf_map__name(map),
			     strerror(-err))
		   : 0;
}

static struct scxb_topo_cpu place_of(const struct topology *t, int cpu)
{
	const struct topology_cpu *c = topology_cpu(t, cpu);
	struct scxb_topo_cpu place = { 0 };

	if (c)
		place = (struct scxb_topo_cpu){ c->core, c->l3, c->node, c->package };
	else
		place.core = t->nr_cores + cpu; /* a core of its own, until its siblings are known */
	return place;
}

static int fill_topo(struct policy *p, const struct topology *t)
{
	struct bpf_map *map;
	int cpus = cpu_slots(t), err = find_map(p, "scxb_topo", sizeof(struct scxb_topo_cpu), &map);

	for (int cpu = 0; !err && map && cpu < cpus; cpu++) {
		struct scxb_topo_cpu place = place_of(t, cpu);

		err = filled(p, map,
			     bpf_map__update_elem(map, &cpu, sizeof(cpu), &place, sizeof(place), BPF_ANY));
	}
	return err;
}

/* In one call: a machine of 8,192 CPUs has millions of entries. */
static int fill_near(struct policy *p, const struct topology *t)
{
	struct bpf_map *map;
	uint32_t nr = (uint32_t)(t->nr_l3 * near_groups(t)), *near, *index;
	int err = find_map(p, "scxb_near", sizeof(*near), &map);

	if (err || !map)
		return err;
	near = near_rows(t);
	index = mem_zalloc(nr, sizeof(*index));
	for (uint32_t i = 0; i < nr; i++)
		index[i] = i;
	err = filled(p, map, bpf_map_update_batch(bpf_map__fd(map), index, near, &nr, NULL));
	free(near);
	free(index);
	return err;
}

int machine_fill(struct policy *p, const struct topology *t)
{
	int err = fill_topo(p, t);

	return err ? err : fill_near(p, t);
}
