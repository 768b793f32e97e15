/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "collect/watch.h"

#include <stdlib.h>
#include "collect/sources.h"
#include "life/probes.h"
#include "record/metric_name.h"
#include "util/mem.h"

struct source {
	struct collect_watched *watched;
	bool stats;
};

void watch_programs(const struct source_ctx *ctx, const char *collector, const struct bpf_object *obj,
		    const struct bpf_object *more)
{
	struct collect_watched *w = &ctx->kept->watched;

	if (obj && ctx->instrumented && w->nr < COLLECT_WATCHERS)
		w->watcher[w->nr++] =
			(struct collect_watcher){ .collector = collector, .obj = obj, .more = more };
}

/* Since they were loaded. */
static uint64_t time_of(struct collect_watcher *w)
{
	struct probes_cost cost = { 0 };
	bool read = probes_cost(w->obj, &cost);

	if (w->more)
		read &= probes_cost(w->more, &cost);
	w->unread |= !read;
	return cost.ns;
}

static struct source *watch_begin(const struct source_ctx *ctx)
{
	struct source *s;

	if (!ctx->instrumented)
		return NULL;
	s = mem_zalloc(1, sizeof(*s));
	s->stats = ctx->stats;
	s->watched = &ctx->kept->watched;
	for (int i = 0; i < s->watched->nr; i++)
		s->watched->watcher[i].before_ns = time_of(&s->watched->watcher[i]);
	return s;
}

static void add_time(const struct source *s, struct collect_watcher *w, struct metrics *m)
{
	char *name = mem_printf(METRIC_WATCH "%s" METRIC_WATCH_CPU, w->collector);
	uint64_t ns = time_of(w) - w->before_ns;

	if (!s->stats)
		metrics_absent(m, name, "s", "the kernel's BPF run-time statistics can't be switched on");
	else if (w->unread)
		metrics_absent(m, name, "s", "the programs' run time can't be read");
	else
		metrics_add(m, name, "s", BETTER_LOWER, 1e-9 * (double)ns);
	free(name);
}

static void watch_end(struct source *s, struct metrics *m)
{
	for (int i = 0; i < s->watched->nr; i++)
		add_time(s, &s->watched->watcher[i], m);
	s->watched->nr = 0;
	free(s);
}

const struct source_kind collect_watch = { .name = "watch", .begin = watch_begin, .end = watch_end };
