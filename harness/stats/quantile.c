/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort_double.h>
#include <gsl/gsl_statistics_double.h>
#include "stats/hist_rank.h"
#include "stats/stats.h"
#include "util/mem.h"

/* The caller's to free. */
static double *sorted(const double *x, size_t n)
{
	double *copy = mem_zalloc(n, sizeof(*copy));

	memcpy(copy, x, n * sizeof(*copy));
	gsl_sort(copy, 1, n);
	return copy;
}

struct interval stats_median_interval(const double *x, size_t n)
{
	struct interval median = { NAN, NAN, NAN };
	unsigned k = 0; /* the largest with P(fewer than k below the median) <= 2.5 % */
	double *s;

	if (!n)
		return median;
	s = sorted(x, n);
	median.value = gsl_stats_median_from_sorted_data(s, 1, n);
	while (gsl_cdf_binomial_P(k, 0.5, (unsigned)n) <= 0.025)
		k++;
	if (k) {
		median.low = s[k - 1];
		median.high = s[n - k];
	}
	free(s);
	return median;
}

double stats_median(const double *x, size_t n)
{
	double *s, median;

	if (!n)
		return NAN;
	s = sorted(x, n);
	median = gsl_stats_median_from_sorted_data(s, 1, n);
	free(s);
	return median;
}

/* Of the smallest value that a share q of all does not exceed; q = 0.9999 is a hair off in binary. */
static double rank_of(double q, uint64_t total)
{
	return fmax(ceil(q * total * (1 - 4 * DBL_EPSILON)), 1);
}

/* The bin of that rank, and how many values lie below it; NULL: the overflow. */
static const struct hist_bin *bin_of(const struct hist *h, double rank, uint64_t *below)
{
	*below = 0;
	for (size_t i = 0; i < h->nr; i++) {
		if (*below + h->bins[i].count >= rank)
			return &h->bins[i];
		*below += h->bins[i].count;
	}
	return NULL;
}

double hist_value_at(const struct hist *h, double q)
{
	double rank = rank_of(q, hist_total(h));
	uint64_t below;
	const struct hist_bin *bin = bin_of(h, rank, &below);

	return bin ? bin->low + (bin->high - bin->low) * ((rank - below) / bin->count) : INFINITY;
}

double stats_hist_quantile(const struct hist *h, double q)
{
	uint64_t total = hist_total(h);
	double value = hist_value_at(h, q);

	return total - rank_of(q, total) < STATS_MIN_EXCEED || isinf(value) ? NAN : value;
}

static double density(const struct hist_bin *bin)
{
	return bin->count / (bin->high - bin->low);
}

/* How much the density changes from a bin to its neighbour: of e-folds a quarter; 1: the neighbour is empty.
 */
static double change_to(const struct hist *h, size_t bin, size_t neighbour)
{
	const struct hist_bin *a = &h->bins[bin], *b;

	if (neighbour >= h->nr)
		return 1;
	b = &h->bins[neighbour];
	if (neighbour < bin ? b->high < a->low : b->low > a->high)
		return 1;
	return fmin(1, fabs(log(density(b) / density(a))) / 4);
}

double stats_hist_step(const struct hist *h, double q)
{
	uint64_t below;
	const struct hist_bin *bin = bin_of(h, rank_of(q, hist_total(h)), &below);
	size_t i = bin ? (size_t)(bin - h->bins) : 0;

	return bin ? (bin->high - bin->low) * fmax(change_to(h, i, i - 1), change_to(h, i, i + 1)) : NAN;
}
