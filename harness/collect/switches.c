/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Who ran where and who woke whom in a short window of an instrumented sample: the file of record/switches.h.
 * How many switches are in it, and how many had no room, are metrics.
 */
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <stdlib.h>
#include <string.h>
#include "collect/audit.h"
#include "collect/sources.h"
#include "collect/watch.h"
#include "collect/stints.h"
#include "life/probes.h"
#include "record/metric_name.h"
#include "util/clock.h"
#include "util/fs.h"
#include "util/mem.h"

struct source {
	struct bpf_object *obj; /* the run's */
	struct probes probes;
	const struct topology *topology;
	const char *why; /* why there is nothing, or NULL */
	char *path;
};

static struct bpf_map *map_of(struct bpf_object *obj, const char *name)
{
	return obj ? bpf_object__find_map_by_name(obj, name) : NULL;
}

static bool set_target(struct bpf_object *obj, const struct cgroup *cgroup)
{
	struct bpf_map *rodata = map_of(obj, ".rodata");
	size_t len = 0;
	struct switches_target *target = rodata ? bpf_map__initial_value(rodata, &len) : NULL;

	if (!target || len < sizeof(*target))
		return false;
	*target = (struct switches_target){ .cgroup_id = cgroup->id,
					    .level = audit_level(cgroup->path, fs_sys("/sys/fs/cgroup")) };
	return true;
}

static const char *load_object(struct bpf_object *obj, const struct source_ctx *ctx)
{
	struct bpf_map *before = map_of(obj, "switches_before");

	if (!before || !map_of(obj, ".bss") || !set_target(obj, ctx->cgroup) ||
	    bpf_map__set_max_entries(before, (__u32)ctx->topology->max_cpu * SWITCHES_BEFORE))
		return "the object that records switches can't be opened: run 'make build'";
	return bpf_object__load(obj) ? "the kernel refuses the object that records switches" : NULL;
}

static void switches_load(const struct source_ctx *ctx)
{
	struct collect_kept *kept = ctx->kept;
	char *path;

	if (!ctx->instrumented || kept->switches || kept->switches_why)
		return;
	path = mem_printf("%s/harness/collect/switches.bpf.o", ctx->home);
	kept->switches = bpf_object__open_file(path, NULL);
	kept->switches_why = load_object(kept->switches, ctx);
	free(path);
}

static volatile struct switches_begun *begun_of(struct bpf_object *obj)
{
	size_t len = 0;
	struct bpf_map *bss = map_of(obj, ".bss");

	return bss ? bpf_map__initial_value(bss, &len) : NULL;
}

/* Returns NULL, or what is wrong. */
static const char *start_recording(struct source *s, const struct collect_kept *kept)
{
	struct why why;

	if (kept->switches_why)
		return kept->switches_why;
	s->obj = kept->switches;
	begun_of(s->obj)->ns = 0;
	if (probes_clear_array(map_of(s->obj, "switches_window_count")) ||
	    probes_clear_array(map_of(s->obj, "switches_wake_count")) ||
	    probes_clear_array(map_of(s->obj, "switches_before")))
		return "the recorded switches can't be cleared";
	if (probes_attach(&s->probes, s->obj, &why))
		return "the kernel does not attach the object that records switches";
	begun_of(s->obj)->ns = clock_ns();
	return NULL;
}

static struct source *switches_begin(const struct source_ctx *ctx)
{
	struct source *s;

	if (!ctx->instrumented)
		return NULL;
	s = mem_zalloc(1, sizeof(*s));
	s->topology = ctx->topology;
	s->path = switches_path(ctx->out_dir, ctx->seq);
	s->why = start_recording(s, ctx->kept);
	if (!s->why)
		watch_programs(ctx, "switches", s->obj, NULL);
	return s;
}

static int read_entries(struct bpf_map *map, __u32 from, __u32 nr, void *to)
{
	size_t size = bpf_map__value_size(map);
	int err = 0;

	for (__u32 i = 0; i < nr && !err; i++) {
		__u32 entry = from + i;

		err = bpf_map__lookup_elem(map, &entry, sizeof(entry), (char *)to + i * size, size, 0);
	}
	return err;
}

/* What one of the two arrays of entries has of a window; full_ns as in switches_count. */
struct entries {
	const char *map, *count_map;
	void *entry;
	size_t nr;
	__u64 all, full_ns;
};

static int read_kind(const struct source *s, int window, struct entries *e)
{
	struct bpf_map *map = map_of(s->obj, e->map);
	struct switches_count count = { 0 };
	int err = read_entries(map_of(s->obj, e->count_map), (__u32)window, 1, &count);

	e->all = count.nr;
	e->full_ns = count.full_ns;
	e->nr = count.nr < SWITCHES_ROOM ? count.nr : SWITCHES_ROOM;
	e->entry = mem_zalloc(SWITCHES_ROOM, bpf_map__value_size(map));
	return err ?: read_entries(map, (window & 1) * SWITCHES_ROOM, (__u32)e->nr, e->entry);
}

/* Where the first of both had no more room. */
static __u64 end_of(__u64 full, const struct entries *at, const struct entries *wake)
{
	if (at->full_ns && at->full_ns < full)
		full = at->full_ns;
	return wake->full_ns && wake->full_ns < full ? wake->full_ns : full;
}

/* The window that is kept of a sample that took so long, with the switches and wakeups in it. */
static const char *read_window(const struct source *s, int window, struct switches *out)
{
	__u32 cpus = (__u32)s->topology->max_cpu;
	struct switches_at *before = mem_zalloc((size_t)cpus * SWITCHES_BEFORE, sizeof(*before));
	struct entries at = { .map = "switches_at", .count_map = "switches_window_count" },
		       wake = { .map = "switches_wake", .count_map = "switches_wake_count" };
	__u64 after = SWITCHES_FIRST_NS << window, from = begun_of(s->obj)->ns + after;
	int err = read_kind(s, window, &at);

	if (!err)
		err = read_kind(s, window, &wake);
	if (!err)
		err = read_entries(map_of(s->obj, "switches_before"), 0, cpus * SWITCHES_BEFORE, before);
	if (!err) {
		struct stints_of of = { .at = at.entry,
					.nr = at.nr,
					.wake = wake.entry,
					.wakes = wake.nr,
					.before = before,
					.cpus = cpus,
					.from_ns = from,
					.to_ns = end_of(from + SWITCHES_LENGTH_NS, &at, &wake),
					.topology = s->topology };

		stints_make(&of, out);
		out->after_ns = after;
		out->lost += at.all - at.nr;
	}
	free(at.entry);
	free(wake.entry);
	free(before);
	return err ? "the recorded switches can't be read" : NULL;
}

static const char *keep_window(struct source *s, struct metrics *m)
{
	int window = switches_window((clock_ns() - begun_of(s->obj)->ns) / 2);
	struct switches found = { 0 };
	const char *why = window < 0 ? "the sample was shorter than 0.2 s" : read_window(s, window, &found);

	if (!why && switches_write(&found, s->path))
		why = "their file can't be written";
	if (!why) {
		metrics_add(m, METRIC_WINDOW_STINTS, "count", BETTER_NONE, (double)found.nr);
		metrics_add(m, METRIC_WINDOW_LOST, "count", BETTER_NONE, (double)found.lost);
	}
	switches_free(&found);
	return why;
}

static void switches_end(struct source *s, struct metrics *m)
{
	probes_detach(&s->probes);
	if (!s->why)
		s->why = keep_window(s, m);
	if (s->why) {
		metrics_absent(m, METRIC_WINDOW_STINTS, "count", s->why);
		metrics_absent(m, METRIC_WINDOW_LOST, "count", s->why);
	}
	free(s->path);
	free(s);
}

const struct source_kind collect_switches = {
	.name = "switches", .load = switches_load, .begin = switches_begin, .end = switches_end
};
