/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Quantiles of histograms merged over blocks, with bands that resample the blocks. */
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_sort_double.h>
#include "stats/effect.h"
#include "stats/hist_rank.h"
#include "stats/resample.h"
#include "stats/stats.h"
#include "util/mem.h"

const double stats_tail[NR_TAIL] = { 0.5, 0.9, 0.99, 0.999 };
const size_t stats_tail_blocks[NR_TAIL] = { STATS_MIN_PAIRS, STATS_MIN_PAIRS, STATS_MIN_PAIRS, 30 };

/* The blocks of one policy, and room for the sum of a resample. */
struct blocks {
	const struct hist **block;
	size_t **place; /* of each bin of each block, in sum */
	size_t n;
	struct hist sum; /* first of all of them, then of each resample; a bin may then be empty */
};

static size_t *places(const struct hist *h, const struct hist *sum)
{
	size_t *place = mem_zalloc(h->nr, sizeof(*place)), k = 0;

	for (size_t i = 0; i < h->nr; i++) {
		while (k + 1 < sum->nr &&
		       (sum->bins[k].low != h->bins[i].low || sum->bins[k].high != h->bins[i].high))
			k++;
		place[i] = k;
	}
	return place;
}

static void blocks_init(struct blocks *b, const struct hist **block, size_t n)
{
	*b = (struct blocks){ .block = block, .place = mem_zalloc(n, sizeof(*b->place)), .n = n };
	for (size_t i = 0; i < n; i++)
		stats_hist_merge(&b->sum, block[i]);
	for (size_t i = 0; i < n; i++)
		b->place[i] = places(block[i], &b->sum);
}

static void blocks_free(struct blocks *b)
{
	for (size_t i = 0; i < b->n; i++)
		free(b->place[i]);
	free(b->place);
	free(b->block);
	free(b->sum.bins);
}

/* Of a negative number of times, it is taken off again. */
static void blocks_add(struct blocks *b, size_t i, long times)
{
	const struct hist *h = b->block[i];

	b->sum.overflow += (uint64_t)times * h->overflow;
	for (size_t k = 0; times && b->sum.nr && k < h->nr; k++)
		b->sum.bins[b->place[i][k]].count += (uint64_t)times * h->bins[k].count;
}

static void blocks_resample(struct blocks *b, const unsigned *times)
{
	b->sum.overflow = 0;
	for (size_t k = 0; k < b->sum.nr; k++)
		b->sum.bins[k].count = 0;
	for (size_t i = 0; i < b->n; i++)
		blocks_add(b, i, times[i]);
}

/* Values above the bin that holds one. */
static uint64_t values_beyond(const struct hist *h, double value)
{
	uint64_t nr = h->overflow;

	for (size_t k = h->nr; k && h->bins[k - 1].low >= value; k--)
		nr += h->bins[k - 1].count;
	return nr;
}

/* The block that has most of the tail. */
static size_t worst_block(const struct blocks *b)
{
	double value = hist_value_at(&b->sum, stats_tail[NR_TAIL - 1]);
	size_t worst = 0;

	for (size_t i = 1; i < b->n; i++)
		if (values_beyond(b->block[i], value) > values_beyond(b->block[worst], value))
			worst = i;
	return worst;
}

/* y is NULL where there is nothing to subtract. */
struct compared {
	struct blocks *x, *y;
};

static double quantile_of(const struct compared *c, int t, double (*of)(const struct hist *, double))
{
	return of(&c->x->sum, stats_tail[t]) - (c->y ? of(&c->y->sum, stats_tail[t]) : 0);
}

static void add_pair(const struct compared *c, size_t i, long times)
{
	blocks_add(c->x, i, times);
	if (c->y)
		blocks_add(c->y, i, times);
}

static bool all_finite(const double *statistic)
{
	for (size_t r = 0; r < STATS_BANDS; r++)
		if (!isfinite(statistic[r]))
			return false;
	return true;
}

/* The quantiles of all resamples: for the lower end of their intervals, and for the upper one. */
struct drawn {
	double *low[NR_TAIL], *high[NR_TAIL];
};

static struct drawn drawn_with_room(void)
{
	struct drawn d;

	for (int t = 0; t < NR_TAIL; t++) {
		d.low[t] = mem_zalloc(STATS_BANDS, sizeof(double));
		d.high[t] = mem_zalloc(STATS_BANDS, sizeof(double));
	}
	return d;
}

static void drawn_free(struct drawn *d)
{
	for (int t = 0; t < NR_TAIL; t++) {
		free(d->low[t]);
		free(d->high[t]);
	}
}

static void take_end(const struct compared *c, double *const end[NR_TAIL], size_t r)
{
	for (int t = 0; t < NR_TAIL; t++)
		end[t][r] = quantile_of(c, t, hist_value_at);
}

/* See stats_tail_bands(): more of the worst block of y for the lower end, of x for the upper one. */
static void draw_all(const struct compared *c, struct drawn *d)
{
	size_t worst_x = worst_block(c->x), worst_y = c->y ? worst_block(c->y) : 0;
	unsigned *times = mem_zalloc(c->x->n, sizeof(*times));
	gsl_rng *rng = resample_rng();

	for (size_t r = 0; r < STATS_BANDS; r++) {
		long more = gsl_ran_poisson(rng, 1), of_y = c->y ? more : 0;

		resample_draw(rng, c->x->n, times);
		blocks_resample(c->x, times);
		if (c->y)
			blocks_resample(c->y, times);
		add_pair(c, worst_y, of_y);
		take_end(c, d->low, r);
		add_pair(c, worst_y, -of_y);
		add_pair(c, worst_x, more);
		take_end(c, d->high, r);
	}
	gsl_rng_free(rng);
	free(times);
}

static void ends(const struct drawn *d, int t, size_t n, struct interval *out)
{
	gsl_sort(d->low[t], 1, STATS_BANDS);
	gsl_sort(d->high[t], 1, STATS_BANDS);
	out->low = resample_percentile(d->low[t], STATS_BANDS, n, 0.025);
	out->high = resample_percentile(d->high[t], STATS_BANDS, n, 0.975);
}

static void values_and_bands(const struct compared *c, struct interval out[NR_TAIL])
{
	size_t n = c->x->n;
	struct drawn d;

	for (int t = 0; t < NR_TAIL; t++)
		out[t] = (struct interval){ quantile_of(c, t, stats_hist_quantile), NAN, NAN };
	if (n < STATS_MIN_PAIRS)
		return;
	d = drawn_with_room();
	draw_all(c, &d);
	for (int t = 0; t < NR_TAIL; t++)
		if (!isnan(out[t].value) && n >= stats_tail_blocks[t] && all_finite(d.low[t]) &&
		    all_finite(d.high[t]))
			ends(&d, t, n, &out[t]);
	drawn_free(&d);
}

/* Those of x where y, if any, has one as well. */
static size_t tail_present(const struct hist *const *x, const struct hist *const *y, size_t n,
			   const struct hist ***out)
{
	size_t nr = 0;

	*out = mem_zalloc(n, sizeof(**out));
	for (size_t i = 0; i < n; i++)
		if (x[i] && (!y || y[i]))
			(*out)[nr++] = x[i];
	return nr;
}

void stats_tail_bands(const struct hist *const *block, size_t n, struct interval out[NR_TAIL])
{
	const struct hist **there;
	struct blocks x;

	n = tail_present(block, NULL, n, &there);
	blocks_init(&x, there, n);
	values_and_bands(&(struct compared){ &x, NULL }, out);
	blocks_free(&x);
}

void stats_tail_shifts(const struct hist *const *x, const struct hist *const *y, size_t n,
		       struct interval out[NR_TAIL])
{
	const struct hist **has_x, **has_y;
	size_t nr = tail_present(x, y, n, &has_x);
	struct blocks bx, by;

	tail_present(y, x, n, &has_y);
	blocks_init(&bx, has_x, nr);
	blocks_init(&by, has_y, nr);
	values_and_bands(&(struct compared){ &bx, &by }, out);
	blocks_free(&bx);
	blocks_free(&by);
}
