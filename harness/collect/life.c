/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "collect/life.h"

#include <stdio.h>
#include <stdlib.h>
#include "collect/bpf.h"
#include "collect/sources.h"
#include "collect/watch.h"
#include "life/life_table.h"
#include "record/metric_name.h"
#include "util/mem.h"

struct source {
	struct life_watch *watch; /* NULL: not watching, and why says the reason */
	struct why why;
};

static void life_load(const struct source_ctx *ctx)
{
	struct collect_kept *kept = ctx->kept;
	struct life_watch_setup setup = { 0 };
	char *object;

	/* Instrumented samples follow each other: it stays attached between them. */
	if (!ctx->instrumented && kept->life)
		life_watch_stop(kept->life);
	if (!ctx->instrumented || kept->life || kept->life_why.text[0])
		return;
	object = mem_printf("%s/harness/life/life.bpf.o", ctx->home);
	setup.object = object;
	life_watch_open(&setup, &kept->life, &kept->life_why);
	free(object);
}

/* They stay attached under fair, too. */
static void watch_life(const struct source_ctx *ctx)
{
	if (ctx->kept->life)
		watch_programs(ctx, "life", life_watch_object(ctx->kept->life), NULL);
}

static struct source *life_begin(const struct source_ctx *ctx)
{
	struct collect_kept *kept = ctx->kept;
	struct source *s;

	if (!ctx->instrumented)
		return NULL;
	if (!policy_ops_name(ctx->policy)[0]) {
		watch_life(ctx);
		return NULL;
	}
	s = mem_zalloc(1, sizeof(*s));
	s->why = kept->life_why;
	if (!kept->life)
		return s;
	if (!life_watch_begin(kept->life, &s->why)) {
		s->watch = kept->life;
		watch_life(ctx);
		return s;
	}
	life_watch_free(kept->life);
	kept->life = NULL; /* the next sample loads it again */
	return s;
}

void life_metrics(const struct life_counts *c, struct metrics *m)
{
	char name[64];

	for (unsigned from = 0; from < LIFE_NR_POINTS; from++) {
		for (unsigned to = 0; to < LIFE_NR_POINTS; to++) {
			__u64 seen = c->seen[from * LIFE_NR_POINTS + to];
			int edge = life_edge_of(from, to);

			if (!seen)
				continue;
			snprintf(name, sizeof(name), METRIC_LIFE "%s.%s", life_point_name(from),
				 life_point_name(to));
			metrics_add(m, name, "count", BETTER_NONE, seen);
			if (edge >= 0)
				bpf_hist(m, name, "ns", &c->hist[edge]);
		}
	}
	metrics_add(m, METRIC_LIFE_MISSED, "count", BETTER_NONE, c->untracked + c->missed);
}

static void life_end(struct source *s, struct metrics *m)
{
	struct life_counts *c = mem_zalloc(1, sizeof(*c));

	if (s->watch)
		life_watch_pause(s->watch);
	if (!s->watch)
		metrics_absent(m, METRIC_LIFE_MISSED, "count", s->why.text);
	else if (life_watch_counts(s->watch, c))
		metrics_absent(m, METRIC_LIFE_MISSED, "count", "the counts can't be read");
	else
		life_metrics(c, m);
	free(c);
	free(s);
}

const struct source_kind collect_life = {
	.name = "life", .load = life_load, .begin = life_begin, .end = life_end
};
