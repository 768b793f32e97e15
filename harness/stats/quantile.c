/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <gsl/gsl_sort_double.h>
#include <gsl/gsl_statistics_double.h>
#include "stats/stats.h"
#include "util/mem.h"

double stats_median(const double *x, size_t n)
{
	double *sorted, median;

	if (!n)
		return NAN;
	sorted = mem_zalloc(n, sizeof(*sorted));
	memcpy(sorted, x, n * sizeof(*sorted));
	gsl_sort(sorted, 1, n);
	median = gsl_stats_median_from_sorted_data(sorted, 1, n);
	free(sorted);
	return median;
}

double stats_hist_quantile(const struct hist *h, double q)
{
	uint64_t total = hist_total(h), below = 0;
	/* Of the smallest value that a share q of all does not exceed; q = 0.9999 is a hair off in binary. */
	double rank = fmax(ceil(q * total * (1 - 4 * DBL_EPSILON)), 1);

	for (size_t i = 0; i < h->nr; i++) {
		below += h->bins[i].count;
		if (below >= rank)
			return total - rank < STATS_MIN_EXCEED ? NAN : h->bins[i].high;
	}
	return NAN;
}
