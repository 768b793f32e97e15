/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Quantiles of histograms merged over blocks, with bands that resample the blocks. */
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <gsl/gsl_sort_double.h>
#include "stats/effect.h"
#include "stats/hist_rank.h"
#include "stats/resample.h"
#include "stats/stats.h"
#include "util/mem.h"

const double stats_tail[NR_TAIL] = { 0.5, 0.9, 0.99, 0.999 };

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
		while (sum->bins[k].low != h->bins[i].low || sum->bins[k].high != h->bins[i].high)
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

static void blocks_resample(struct blocks *b, const unsigned *times)
{
	b->sum.overflow = 0;
	for (size_t k = 0; k < b->sum.nr; k++)
		b->sum.bins[k].count = 0;
	for (size_t i = 0; i < b->n; i++) {
		const struct hist *h = b->block[i];

		b->sum.overflow += times[i] * h->overflow;
		for (size_t k = 0; times[i] && k < h->nr; k++)
			b->sum.bins[b->place[i][k]].count += times[i] * h->bins[k].count;
	}
}

/* y is NULL where there is nothing to subtract. */
static void quantiles(struct blocks *x, struct blocks *y, double (*of)(const struct hist *, double),
		      double out[NR_TAIL])
{
	for (int t = 0; t < NR_TAIL; t++)
		out[t] = of(&x->sum, stats_tail[t]) - (y ? of(&y->sum, stats_tail[t]) : 0);
}

static bool all_finite(const double *statistic)
{
	for (size_t r = 0; r < STATS_BANDS; r++)
		if (!isfinite(statistic[r]))
			return false;
	return true;
}

static void ends(double *statistic, size_t n, struct interval *out)
{
	gsl_sort(statistic, 1, STATS_BANDS);
	out->low = resample_percentile(statistic, STATS_BANDS, n, 0.025);
	out->high = resample_percentile(statistic, STATS_BANDS, n, 0.975);
}

static void bands(struct blocks *x, struct blocks *y, struct interval out[NR_TAIL])
{
	double *statistic[NR_TAIL], value[NR_TAIL];
	unsigned *times = mem_zalloc(x->n, sizeof(*times));
	gsl_rng *rng = resample_rng();

	for (int t = 0; t < NR_TAIL; t++)
		statistic[t] = mem_zalloc(STATS_BANDS, sizeof(double));
	for (size_t r = 0; r < STATS_BANDS; r++) {
		resample_draw(rng, x->n, times);
		blocks_resample(x, times);
		if (y)
			blocks_resample(y, times);
		quantiles(x, y, hist_value_at, value);
		for (int t = 0; t < NR_TAIL; t++)
			statistic[t][r] = value[t];
	}
	for (int t = 0; t < NR_TAIL; t++) {
		if (!isnan(out[t].value) && all_finite(statistic[t]))
			ends(statistic[t], x->n, &out[t]);
		free(statistic[t]);
	}
	gsl_rng_free(rng);
	free(times);
}

static void values_and_bands(struct blocks *x, struct blocks *y, struct interval out[NR_TAIL])
{
	double value[NR_TAIL];

	quantiles(x, y, stats_hist_quantile, value);
	for (int t = 0; t < NR_TAIL; t++)
		out[t] = (struct interval){ value[t], NAN, NAN };
	if (x->n >= STATS_MIN_PAIRS)
		bands(x, y, out);
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
	values_and_bands(&x, NULL, out);
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
	values_and_bands(&bx, &by, out);
	blocks_free(&bx);
	blocks_free(&by);
}
