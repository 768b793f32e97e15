/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "collect/audit.h"
#include <bpf/libbpf.h>
#include <stdlib.h>
#include <string.h>
#include "collect/sources.h"
#include "record/metric_name.h"
#include "util/fs.h"
#include "util/mem.h"

struct source {
	struct bpf_object *obj;
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

/* Returns NULL, or what is wrong. */
static const char *audit_start(struct source *s, const struct source_ctx *ctx)
{
	char *path = audit_object(ctx->home);

	s->obj = bpf_object__open_file(path, NULL);
	free(path);
	if (!s->obj || !aim_at(s->obj, ctx->cgroup))
		return "the auditor's object can't be opened: run 'make build'";
	if (bpf_object__load(s->obj))
		return "the kernel refuses the auditor's object";
	s->link = bpf_program__attach(bpf_object__next_program(s->obj, NULL));
	return s->link ? NULL : "the kernel does not attach the auditor";
}

static struct source *audit_begin(const struct source_ctx *ctx)
{
	struct source *s;

	if (!ctx->audited)
		return NULL;
	s = mem_zalloc(1, sizeof(*s));
	s->why = audit_start(s, ctx);
	return s;
}

static const char *read_times(struct source *s, struct audit_time *sum)
{
	struct bpf_map *map = bpf_object__find_map_by_name(s->obj, "audit_time");
	int cpus = libbpf_num_possible_cpus(), only = 0, err;
	struct audit_time *cpu;

	if (!map || cpus < 0)
		return "the auditor's counts can't be read";
	cpu = mem_zalloc(cpus, sizeof(*cpu));
	err = bpf_map__lookup_elem(map, &only, sizeof(only), cpu, cpus * sizeof(*cpu), 0);
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
	bpf_object__close(s->obj);
	free(s);
}

const struct source_kind collect_audit = { .name = "audit", .begin = audit_begin, .end = audit_end };
