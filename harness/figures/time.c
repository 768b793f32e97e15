/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The samples of a workload in the order of time, each over its own policy's median: this shows drift. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "judge/drift.h"
#include "figures/figure.h"
#include "text/buf.h"
#include "util/mem.h"

static void put_points(struct buf *dat, const struct timeline *t, struct span *s)
{
	buf_put(dat, "# place in time, value over its policy's median, policy (from 1), sample\n");
	for (size_t i = 0; i < t->nr; i++) {
		if (isnan(t->point[i].relative))
			continue;
		buf_printf(dat, "%zu %.9g %u %u\n", i + 1, t->point[i].relative, t->point[i].policy + 1,
			   t->point[i].sample->seq);
		s->from = fmin(s->from, t->point[i].relative);
		s->to = fmax(s->to, t->point[i].relative);
	}
}

/* Between more samples a mark of plots/time.gp can't be read; there is room above them then. */
#define DENSE 400

/* Policies that can have a colour and shape of their own; with more there is no key. */
#define MAX_KEY 8

/* More lines would be too dense to read. */
#define MAX_BORDERS 60

/* Gnuplot reports an index without lines as an error, so a line without a place fills it. */
static void put_borders(struct buf *dat, const struct timeline *t)
{
	buf_put(dat, "\n\n# border between two samples, 1: of two boots\nNaN 0\n");
	for (size_t i = 1; i < t->nr; i++) {
		const struct record *a = t->point[i - 1].sample, *b = t->point[i].sample;

		if (a->boot != b->boot || (a->block != b->block && t->nr_blocks <= MAX_BORDERS))
			buf_printf(dat, "%.1f %d\n", i + 0.5, a->boot != b->boot);
	}
}

static void put_blocks(struct buf *dat, const struct timeline *t)
{
	buf_put(dat, "\n\n# middle of a block, median of its samples\nNaN NaN\n");
	for (size_t i = 0; i < t->nr_blocks; i++)
		buf_printf(dat, "%.1f %.9g\n", t->block[i].middle, t->block[i].level);
}

static void put_missing(struct buf *dat, const struct timeline *t)
{
	buf_put(dat, "\n\n# samples that are not data points\nNaN\n");
	for (size_t i = 0; i < t->nr; i++)
		if (isnan(t->point[i].relative))
			buf_printf(dat, "%zu\n", i + 1);
}

static void put_words(struct drawing *d, const struct compare *c, unsigned work, const struct timeline *t)
{
	struct buf list = { 0 };
	struct drifts drifts;
	char *words;

	drifts_make(c, &drifts);
	words = drifts_put(&list, c, &drifts, (int)work)
			? mem_printf("Values drift: %s. The order is random, so this widens intervals and "
				     "favours no policy.",
				     list.text)
			: mem_strdup(drifts_can_show(c) ? "No drift is shown."
							: "The blocks are too few to show a drift.");
	d->title = mem_strdup("In the order of time");
	d->how = mem_printf(
		"Each sample is divided by the median of its own policy, so 1 is usual for it. The line "
		"joins the blocks' medians, and is level on a steady machine. %s",
		words);
	buf_printf(&d->alt, "%zu samples in the order of time, over their policies' medians. %s", t->nr,
		   words);
	free(words);
	free(list.text);
	drifts_free(&drifts);
}

bool figure_time(const struct compare *c, unsigned work, struct drawing *d)
{
	struct axis axis = { .name = "y", .unit = "" };
	struct span s = { 1, 1 };
	struct timeline t;

	timeline_make(c, work, &t);
	if (t.nr_blocks < 2) {
		timeline_free(&t);
		return false;
	}
	put_points(&d->dat, &t, &s);
	put_borders(&d->dat, &t);
	put_blocks(&d->dat, &t);
	put_missing(&d->dat, &t);
	axis.span = span_around(s.from, s.to, t.nr > DENSE ? 0.2 : 0.06);
	free(axis_linear(&d->gp, &axis));
	axis = (struct axis){ "x", "", { 0.5, (double)t.nr + 0.5 }, 50, 30 };
	free(axis_linear(&d->gp, &axis));
	figure_height(&d->gp, 620, 560);
	if (c->nr_policies <= MAX_KEY)
		figure_key(&d->gp, c->nr_policies + 2);
	buf_printf(&d->gp, "last = %zu\nborders = \"%s\"\n", t.nr,
		   t.nr_blocks <= MAX_BORDERS ? "blocks end, thick: boots end" : "boots end");
	put_words(d, c, work, &t);
	d->head = figure_head_of(c, work);
	timeline_free(&t);
	return true;
}
