/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "collect/audit.h"
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "collect/sources.h"
#include "collect/watch.h"
#include "record/metric_name.h"
#include "util/fs.h"
#include "util/mem.h"

struct source {
	struct bpf_map *map;
	struct bpf_link *link;
	const char *why; /* why there are no numbers, or NULL */
};

unsigned audit_level(const char *cgroup, const char *root)
{
	unsigned level = 0;

	for (const char *s = cgroup + strlen(root); *s; s++)
		level += *s == '/' && s[1] && s[1] != '/';
	return level;
}

struct audit_time audit_sum(const struct audit_time *cpu, int cpus)
{
	struct audit_time sum = { 0 };

	for (int i = 0; i < cpus; i++) {
		sum.ext_ns += cpu[i].ext_ns;
		sum.other_ns += cpu[i].other_ns;
	}
	return sum;
}

static bool aim_at(struct bpf_object *obj, const struct cgroup *cgroup)
{
	struct bpf_map *rodata = bpf_object__find_map_by_name(obj, ".rodata");
	size_t len = 0;
	struct audit_target *target = rodata ? bpf_map__initial_value(rodata, &len) : NULL;

	if (!target || len != sizeof(*target))
		return false;
	*target = (struct audit_target){ .cgroup_id = cgroup->id,
					 .level = audit_level(cgroup->path, fs_sys("/sys/fs/cgroup")) };
	return true;
}

char *audit_object(const char *home)
{
	return mem_printf("%s/harness/collect/audit.bpf.o", home);
}

static void audit_load(const struct source_ctx *ctx)
{
	struct collect_kept *kept = ctx->kept;
	char *path;

	if (!ctx->audited || kept->audit || kept->audit_why)
		return;
	path = audit_object(ctx->home);
	kept->audit = bpf_object__open_file(path, NULL);
	free(path);
	if (!kept->audit || !aim_at(kept->audit, ctx->cgroup))
		kept->audit_why = "the auditor's object can't be opened: run 'make build'";
	else if (bpf_object__load(kept->audit))
		kept->audit_why = "the kernel refuses the auditor's object";
}

/* The map has one entry, with a value of each CPU. */
static struct audit_time *times_of_cpus(int *cpus)
{
	*cpus = libbpf_num_possible_cpus();
	return *cpus < 0 ? NULL : mem_zalloc(*cpus, sizeof(struct audit_time));
}

static int clear_times(struct bpf_map *map)
{
	int cpus, only = 0, err = -EINVAL;
	struct audit_time *cpu = times_of_cpus(&cpus);

	if (map && cpu)
		err = bpf_map__update_elem(map, &only, sizeof(only), cpu, cpus * sizeof(*cpu), 0);
	free(cpu);
	return err;
}

/* Returns NULL, or what is wrong. */
static const char *audit_start(struct source *s, const struct collect_kept *kept)
{
	if (kept->audit_why)
		return kept->audit_why;
	s->map = bpf_object__find_map_by_name(kept->audit, "audit_time");
	if (clear_times(s->map))
		return "the auditor's counts can't be cleared";
	s->link = bpf_program__attach(bpf_object__next_program(kept->audit, NULL));
	return s->link ? NULL : "the kernel does not attach the auditor";
}

static struct source *audit_begin(const struct source_ctx *ctx)
{
	struct source *s;

	if (!ctx->audited)
		return NULL;
	s = mem_zalloc(1, sizeof(*s));
	s->why = audit_start(s, ctx->kept);
	if (!s->why)
		watch_programs(ctx, "audit", ctx->kept->audit, NULL);
	return s;
}

static const char *read_times(struct source *s, struct audit_time *sum)
{
	int cpus, only = 0, err = -EINVAL;
	struct audit_time *cpu = times_of_cpus(&cpus);

	if (cpu)
		err = bpf_map__lookup_elem(s->map, &only, sizeof(only), cpu, cpus * sizeof(*cpu), 0);
	if (!err)
		*sum = audit_sum(cpu, cpus);
	free(cpu);
	return err ? "the auditor's counts can't be read" : NULL;
}

static void add_time(struct metrics *m, const char *name, uint64_t ns, const char *why)
{
	if (why)
		metrics_absent(m, name, "ns", why);
	else
		metrics_add(m, name, "ns", BETTER_NONE, ns);
}

static void audit_end(struct source *s, struct metrics *m)
{
	struct audit_time time = { 0 };
	const char *why = s->why;

	bpf_link__destroy(s->link);
	if (!why)
		why = read_times(s, &time);
	add_time(m, METRIC_AUDIT_EXT, time.ext_ns, why);
	add_time(m, METRIC_AUDIT_OTHER, time.other_ns, why);
	free(s);
}

const struct source_kind collect_audit = {
	.name = "audit", .load = audit_load, .begin = audit_begin, .end = audit_end
};
