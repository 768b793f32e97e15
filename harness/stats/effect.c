/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <gsl/gsl_statistics_double.h>
#include "stats/estimate.h"

void effect_of_logs(const double *d, size_t n, struct effect *out)
{
	struct rank_test test = signed_rank(d, n);
	double *w = walsh_averages(d, n);
	size_t nr = n * (n + 1) / 2;

	out->n = n;
	out->p = test.p;
	out->ratio = exp(gsl_stats_median(w, 1, nr));
	if (n >= STATS_MIN_PAIRS)
		interval_ends(w, nr, &test, out);
	free(w);
}

int stats_effect(const double *x, const double *y, size_t n, struct effect *out)
{
	double *d = log_ratios(x, y, n);

	*out = effect_none();
	if (!d)
		return -EINVAL;
	if (n) {
		effect_of_logs(d, n, out);
		out->cliff = cliffs_delta(x, n, y, n);
	}
	free(d);
	return 0;
}
