/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <gsl/gsl_statistics_double.h>
#include "stats/estimate.h"
#include "stats/location.h"

/* The order statistics of the nr averages at which the intervals end; shuffles them. */
static void interval_ends(double *value, size_t nr, const struct rank_test *test, struct shift *out)
{
	out->low = gsl_stats_select(value, 1, nr, test->k95 - 1);
	out->high = gsl_stats_select(value, 1, nr, nr - test->k95);
	out->low90 = gsl_stats_select(value, 1, nr, test->k90 - 1);
	out->high90 = gsl_stats_select(value, 1, nr, nr - test->k90);
}

struct shift middle_of(const double *d, size_t n)
{
	struct rank_test test = signed_rank(d, n);
	double *w = walsh_averages(d, n);
	size_t nr = n * (n + 1) / 2;
	struct shift out = { n, gsl_stats_median(w, 1, nr), NAN, NAN, NAN, NAN, location_p(d, n) };

	if (n >= STATS_MIN_PAIRS)
		interval_ends(w, nr, &test, &out);
	free(w);
	return out;
}

void effect_of_logs(const double *d, size_t n, struct effect *out)
{
	struct shift log = middle_of(d, n);

	out->n = n;
	out->ratio = exp(log.value);
	out->low = exp(log.low);
	out->high = exp(log.high);
	out->low90 = exp(log.low90);
	out->high90 = exp(log.high90);
	out->p = log.p;
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
