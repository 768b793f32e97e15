/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How far the workload's tasks are moved from CPU to CPU, the same for every policy and for fair:
 * migrate.core and so on, and the locality score that follows. In instrumented samples only, because each
 * move costs a call.
 */
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdlib.h>
#include "collect/audit.h"
#include "collect/locality.h"
#include "collect/migrate_abi.h"
#include "collect/per_work.h"
#include "collect/sources.h"
#include "collect/watch.h"
#include "record/metric_name.h"
#include "util/fs.h"
#include "util/mem.h"

#define UNIT_HOP "hop"

struct source {
	struct bpf_map *map;
	struct bpf_link *link;
	struct locality locality;
	const char *why; /* why there are no numbers, or NULL */
};

static int set_target(struct bpf_object *obj, const struct cgroup *cgroup)
{
	struct bpf_map *rodata = bpf_object__find_map_by_name(obj, ".rodata");
	size_t len = 0;
	struct migrate_target *target = rodata ? bpf_map__initial_value(rodata, &len) : NULL;

	if (!target || len < sizeof(*target))
		return -EINVAL;
	*target = (struct migrate_target){ .cgroup_id = cgroup->id,
					   .level = audit_level(cgroup->path, fs_sys("/sys/fs/cgroup")) };
	return 0;
}

static int fill_places(struct bpf_object *obj, const struct topology *t)
{
	struct bpf_map *map = bpf_object__find_map_by_name(obj, "migrate_place");
	int err = map ? 0 : -EINVAL;

	for (int i = 0; i < t->nr_cpus && !err; i++) {
		const struct topology_cpu *cpu = &t->cpu[i];
		const struct migrate_place place = { (__u32)cpu->core, (__u32)cpu->l3, (__u32)cpu->node, 1 };

		err = bpf_map__update_elem(map, &cpu->cpu, sizeof(__u32), &place, sizeof(place), 0);
	}
	return err;
}

static const char *load_object(struct bpf_object *obj, const struct source_ctx *ctx)
{
	struct bpf_map *map = obj ? bpf_object__find_map_by_name(obj, "migrate_place") : NULL;

	if (!map || bpf_map__set_max_entries(map, (__u32)ctx->topology->max_cpu) ||
	    set_target(obj, ctx->cgroup))
		return "the object that counts moves can't be opened: run 'make build'";
	return bpf_object__load(obj) || fill_places(obj, ctx->topology)
		       ? "the kernel refuses the object that counts moves"
		       : NULL;
}

static void migrate_load(const struct source_ctx *ctx)
{
	struct collect_kept *kept = ctx->kept;
	char *path;

	if (!ctx->instrumented || kept->migrate || kept->migrate_why)
		return;
	path = mem_printf("%s/harness/collect/migrate.bpf.o", ctx->home);
	kept->migrate = bpf_object__open_file(path, NULL);
	kept->migrate_why = load_object(kept->migrate, ctx);
	free(path);
}

/* The map has one entry, with counts of each CPU; the sum of them. */
static int read_moves(struct bpf_map *map, struct migrate_counts *sum)
{
	int cpus = libbpf_num_possible_cpus(), only = 0, err;
	struct migrate_counts *cpu = cpus > 0 ? mem_zalloc(cpus, sizeof(*cpu)) : NULL;

	*sum = (struct migrate_counts){ 0 };
	err = map && cpu ? bpf_map__lookup_elem(map, &only, sizeof(only), cpu, cpus * sizeof(*cpu), 0)
			 : -EINVAL;
	for (int i = 0; i < cpus && !err; i++)
		for (int level = 0; level < MIGRATE_NR; level++)
			sum->moved[level] += cpu[i].moved[level];
	free(cpu);
	return err;
}

static int clear_moves(struct bpf_map *map)
{
	int cpus = libbpf_num_possible_cpus(), only = 0, err;
	struct migrate_counts *none = cpus > 0 ? mem_zalloc(cpus, sizeof(*none)) : NULL;

	err = map && none ? bpf_map__update_elem(map, &only, sizeof(only), none, cpus * sizeof(*none), 0)
			  : -EINVAL;
	free(none);
	return err;
}

/* Returns NULL, or what is wrong. */
static const char *start_counting(struct source *s, const struct collect_kept *kept)
{
	if (kept->migrate_why)
		return kept->migrate_why;
	s->map = bpf_object__find_map_by_name(kept->migrate, "migrate_counts");
	if (clear_moves(s->map))
		return "the counts of moves can't be cleared";
	s->link = bpf_program__attach(bpf_object__next_program(kept->migrate, NULL));
	return s->link ? NULL : "the kernel does not attach the object that counts moves";
}

static struct source *migrate_begin(const struct source_ctx *ctx)
{
	struct source *s;

	if (!ctx->instrumented)
		return NULL;
	s = mem_zalloc(1, sizeof(*s));
	s->locality = locality_of(ctx->topology);
	s->why = start_counting(s, ctx->kept);
	if (!s->why)
		watch_programs(ctx, "migrate", ctx->kept->migrate, NULL);
	return s;
}

static void add_score(const struct source *s, const struct migrate_counts *sum, struct metrics *m)
{
	static const struct per_work per_work = { METRIC_HOPS, METRIC_HOPS_WORK, UNIT_HOP };

	if (s->why)
		metrics_absent(m, METRIC_HOPS, UNIT_HOP, s->why);
	else
		metrics_add(m, METRIC_HOPS, UNIT_HOP, BETTER_LOWER, locality_score(&s->locality, sum));
	per_work_add(m, &per_work);
}

static void migrate_end(struct source *s, struct metrics *m)
{
#define NAME(n) METRIC_MIGRATE #n,
	static const char *const name[] = { MIGRATE_LEVELS(NAME) };
#undef NAME
	struct migrate_counts sum;

	bpf_link__destroy(s->link);
	if (!s->why && read_moves(s->map, &sum))
		s->why = "the counts of moves can't be read";
	for (int level = 0; level < MIGRATE_NR; level++)
		if (s->why)
			metrics_absent(m, name[level], "count", s->why);
		else
			metrics_add(m, name[level], "count", BETTER_NONE, (double)sum.moved[level]);
	add_score(s, &sum, m);
	free(s);
}

const struct source_kind collect_migrate = {
	.name = "migrate", .load = migrate_load, .begin = migrate_begin, .end = migrate_end
};
