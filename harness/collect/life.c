/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "collect/life.h"

#include <stdio.h>
#include <stdlib.h>
#include "collect/bpf.h"
#include "collect/sources.h"
#include "life/life_table.h"
#include "record/metric_name.h"
#include "util/mem.h"

struct source {
	struct life_watch *watch; /* NULL: not watching, and why says the reason */
	struct why why;
};

static int life_open(const struct source_ctx *ctx, struct why *why)
{
	char *object;
	int err;

	if (ctx->kept->life)
		return 0;
	object = mem_printf("%s/harness/life/life.bpf.o", ctx->home);
	err = life_watch_open(&(struct life_watch_setup){ .object = object }, &ctx->kept->life, why);
	free(object);
	return err;
}

static void life_load(const struct source_ctx *ctx)
{
	struct why why;

	if (ctx->instrumented)
		life_open(ctx, &why);
}

static struct source *life_begin(const struct source_ctx *ctx)
{
	struct source *s;

	if (!ctx->instrumented || !policy_ops_name(ctx->policy)[0])
		return NULL;
	s = mem_zalloc(1, sizeof(*s));
	if (life_open(ctx, &s->why))
		return s;
	if (!life_watch_begin(ctx->kept->life, &s->why)) {
		s->watch = ctx->kept->life;
		return s;
	}
	life_watch_free(ctx->kept->life);
	ctx->kept->life = NULL;
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
		life_watch_stop(s->watch);
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
