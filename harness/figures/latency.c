/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Latency by percentile, from histograms merged over all data points of a policy, and its tails as numbers.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "figures/figure.h"
#include "figures/wakeups.h"
#include "judge/merged.h"
#include "text/table.h"
#include "text/buf.h"
#include "util/mem.h"

#define HIST "latency"
#define MAX_KEY 16 /* policies; a key of more has no room */

/* Of one policy. */
struct tail {
	struct metrics sum; /* of its data points; no histogram: it has none */
	bool any;
	struct wakeups wakeups;
	const struct hist **block;			/* by block; NULL: none of this block */
	struct interval value[NR_TAIL], shift[NR_TAIL]; /* shift: to the baseline; NAN without it */
};

static void find_samples(const struct compare *c, const struct merged_want *want, struct tail *t)
{
	t->block = mem_zalloc(c->nr_blocks + 1, sizeof(*t->block));
	for (size_t i = 0; i < c->run->nr; i++) {
		const struct record *r = &c->run->sample[i];

		if (r->block > c->nr_blocks || !merged_wants(c, want, r))
			continue;
		t->block[r->block] = metrics_find_hist(&r->metrics, want->hist);
		wakeups_add(&t->wakeups, &r->metrics);
	}
}

static struct tail *tails_make(const struct compare *c, unsigned work)
{
	struct tail *tail = mem_zalloc(c->nr_policies, sizeof(*tail));

	for (unsigned p = 0; p < c->nr_policies; p++) {
		struct merged_want want = { HIST, c->work[work].name, p };

		tail[p].any = merged_hist(c, &want, &tail[p].sum);
		find_samples(c, &want, &tail[p]);
		stats_tail_bands(tail[p].block, c->nr_blocks + 1, tail[p].value);
		for (int i = 0; i < NR_TAIL; i++)
			tail[p].shift[i] = (struct interval){ NAN, NAN, NAN };
	}
	for (unsigned p = 0; c->baseline >= 0 && p < c->nr_policies; p++)
		if ((int)p != c->baseline)
			stats_tail_shifts(tail[p].block, tail[c->baseline].block, c->nr_blocks + 1,
					  tail[p].shift);
	return tail;
}

static void tails_free(struct tail *tail, unsigned nr)
{
	for (unsigned p = 0; p < nr; p++) {
		metrics_free(&tail[p].sum);
		free(tail[p].block);
	}
	free(tail);
}

static const struct hist *first_hist(const struct tail *tail, unsigned nr)
{
	for (unsigned p = 0; p < nr; p++)
		if (tail[p].any)
			return tail[p].sum.hist;
	return NULL;
}

/* Where the lines end, and what they and the maxima reach from and to. */
struct reach {
	double nines;
	struct span y;
};

static void reach_value(struct reach *r, double value)
{
	if (value > 0) /* the axis is logarithmic */
		r->y.from = fmin(r->y.from, value);
	r->y.to = fmax(r->y.to, value);
}

/* x is how many nines: -log10(1 - q), so 90 % is 1 and 99 % is 2. The line ends with the first "too few". */
static void put_curve(struct buf *dat, const struct tail *t, struct reach *reach)
{
	for (double x = 0.3; t->any && x < 5; x += 0.02) {
		double value = stats_hist_quantile(t->sum.hist, 1 - pow(10, -x));

		if (isnan(value))
			break;
		buf_printf(dat, "%.2f %.6g\n", x, value);
		reach->nines = fmax(reach->nines, x);
		reach_value(reach, value);
	}
	buf_put(dat, "9 NaN\n\n\n"); /* a policy without a line keeps its place */
}

static void put_bands(struct buf *dat, const struct tail *t, struct reach *reach)
{
	for (int i = 0; i < NR_TAIL; i++) {
		if (isnan(t->value[i].low))
			continue;
		buf_printf(dat, "%.5f %.6g %.6g %.6g\n", -log10(1 - stats_tail[i]), t->value[i].value,
			   t->value[i].low, t->value[i].high);
		reach_value(reach, t->value[i].low);
		reach_value(reach, t->value[i].high);
	}
	buf_put(dat, "9 NaN NaN NaN\n\n\n");
}

/* The upper edge of the last bin; NAN where values lie beyond it. */
static double maximum(const struct tail *t)
{
	const struct hist *h = t->any ? t->sum.hist : NULL;

	return h && !h->overflow ? h->bins[h->nr - 1].high : NAN;
}

static struct reach put_data(struct buf *dat, const struct tail *tail, unsigned nr)
{
	struct reach reach = { 1, { INFINITY, -INFINITY } };

	buf_put(dat, "# a block a policy, in their order: -log10(1 - q), latency at quantile q\n");
	for (unsigned p = 0; p < nr; p++)
		put_curve(dat, &tail[p], &reach);
	buf_put(dat, "# a block a policy: -log10(1 - q), latency at quantile q, low, high (95 %, resampling "
		     "blocks)\n");
	for (unsigned p = 0; p < nr; p++)
		put_bands(dat, &tail[p], &reach);
	buf_put(dat, "# policy (from 1), maximum\n0 NaN\n");
	for (unsigned p = 0; p < nr; p++) {
		if (isnan(maximum(&tail[p])))
			continue;
		buf_printf(dat, "%u %.6g\n", p + 1, maximum(&tail[p]));
		reach_value(&reach, maximum(&tail[p]));
	}
	return reach;
}

/* A missing quantile is too rare to be known, or beyond the range of the histogram. */
static void put_quantile(struct buf *b, const struct hist *h, double q)
{
	double value = stats_hist_quantile(h, q);

	if (!isnan(value))
		buf_number(b, value);
	else if ((double)hist_total(h) * (1 - q) < STATS_MIN_EXCEED)
		buf_put(b, "too few");
	else
		buf_put(b, "overflow");
}

/* The baseline's second arm truly shifts nothing. */
static void put_shift(struct buf *b, const struct compare *c, unsigned policy, const struct interval *shift)
{
	if (isnan(shift->value))
		return;
	buf_printf(b, "<small>%s", shift->value > 0 ? "+" : "");
	buf_number(b, shift->value);
	figure_interval(b, shift);
	buf_put(b, " to ");
	buf_html(b, compare_baseline_label(c));
	buf_put(b, "</small>");
	if (compare_is_baseline(c, policy) && (shift->low > 0 || shift->high < 0))
		buf_put(b, "<small class=\"status\">by the same scheduler: shifts of this size show "
			   "nothing</small>");
}

static void put_row(struct buf *b, const struct compare *c, unsigned policy, const struct tail *t)
{
	buf_put(b, "<tr><th scope=\"row\">");
	buf_html(b, c->run->run.policies[policy]);
	buf_put(b, "</th><td>");
	buf_number(b, (double)hist_total(t->sum.hist));
	wakeups_put(b, &t->wakeups, (double)hist_total(t->sum.hist));
	for (int i = 0; i < NR_TAIL; i++) {
		buf_put(b, "</td><td>");
		put_quantile(b, t->sum.hist, stats_tail[i]);
		figure_interval(b, &t->value[i]);
		put_shift(b, c, policy, &t->shift[i]);
	}
	buf_put(b, "</td><td>");
	put_quantile(b, t->sum.hist, 0.9999);
	buf_put(b, "</td><td>");
	if (t->sum.hist->overflow)
		buf_put(b, "overflow");
	else
		buf_number(b, maximum(t));
	buf_put(b, "</td></tr>\n");
}

static void put_alt(struct buf *b, const char *policy, const struct tail *t)
{
	buf_printf(b, " %s", policy);
	for (int i = 0; i < NR_TAIL; i++) {
		buf_printf(b, "%s p%g ", i ? "," : "", 100 * stats_tail[i]);
		put_quantile(b, t->sum.hist, stats_tail[i]);
	}
	buf_put(b, ";");
}

static void put_words(struct drawing *d, const struct compare *c, const struct tail *tail)
{
	static char *const heads[] = { "wakeups",	 "50 %, pooled",    "90 %, pooled", "99 %, pooled",
				       "99.9 %, pooled", "99.99 %, pooled", "most",	    NULL };
	const char *unit = first_hist(tail, c->nr_policies)->unit;
	char *caption;

	buf_printf(&d->alt, "Latency in %s, pooled over all blocks:", unit);
	caption = mem_printf("Latency in %s, pooled over all blocks of a policy; in brackets 95 %% intervals",
			     unit);
	table_begin(&d->table, caption);
	free(caption);
	table_head(&d->table, "policy", heads);
	for (unsigned p = 0; p < c->nr_policies; p++) {
		if (!tail[p].any)
			continue;
		put_row(&d->table, c, p, &tail[p]);
		put_alt(&d->alt, c->run->run.policies[p], &tail[p]);
	}
	table_end(&d->table);
	d->title = mem_strdup("Latency by percentile");
	d->how = mem_printf(
		"A line shows how long that share of the wakeups took at most; lower is better. A line "
		"ends where fewer than %d wakeups are beyond it, or the histogram overflows. Upright "
		"lines are 95 %% intervals by resampling whole blocks, from %d blocks on; of 99.9 %% from "
		"%zu on, because fewer may not have the stall that decides it. The maximum is one wakeup "
		"and has no interval. All are pooled over the blocks, so a few long stalls "
		"move them; the median of samples, by which policies are compared, has one value of each "
		"sample and can be far from them.",
		STATS_MIN_EXCEED, STATS_MIN_PAIRS, stats_tail_blocks[NR_TAIL - 1]);
}

/* "us to ms": each tic of the axis has a unit of its own. */
static char *units_of(const struct span *y, const char *unit)
{
	struct scale first = scale_of(unit, y->from), last = scale_of(unit, y->to);

	return strcmp(first.time, last.time) ? mem_printf("%s to %s%s", first.time, last.time, last.rest)
					     : scale_unit(&last);
}

static void put_axis(struct drawing *d, const struct reach *reach, const char *unit)
{
	struct axis axis = { "y", unit, { 1, 10 }, 0, 0 };
	char *units;

	if (reach->y.from <= reach->y.to)
		axis.span = (struct span){ reach->y.from / 1.1, reach->y.to * 1.1 };
	axis_log(&d->gp, &axis);
	units = units_of(&axis.span, unit);
	figure_label(&d->gp, "latency", units);
	d->head = figure_head("latency", units, BETTER_LOWER);
	free(units);
	figure_height(&d->gp, 720, 600);
	buf_printf(&d->gp, "nines = %.2f\n", reach->nines);
}

bool figure_latency(const struct compare *c, unsigned work, struct drawing *d)
{
	struct tail *tail = tails_make(c, work);
	bool any = first_hist(tail, c->nr_policies);

	if (any) {
		struct reach reach = put_data(&d->dat, tail, c->nr_policies);

		put_axis(d, &reach, first_hist(tail, c->nr_policies)->unit);
		if (c->nr_policies <= MAX_KEY)
			figure_key(&d->gp, c->nr_policies);
		put_words(d, c, tail);
	}
	tails_free(tail, c->nr_policies);
	return any;
}
