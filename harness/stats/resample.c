/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/resample.h"

#include <math.h>
#include <string.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_statistics_double.h>

gsl_rng *resample_rng(void)
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);

	gsl_rng_set(rng, 1);
	return rng;
}

void resample_draw(gsl_rng *rng, size_t n, unsigned *times)
{
	memset(times, 0, n * sizeof(*times));
	for (size_t i = 0; i < n; i++)
		times[gsl_rng_uniform_int(rng, n)]++;
}

double resample_percentile(const double *sorted, size_t nr, size_t n, double p)
{
	double z = gsl_cdf_tdist_Pinv(p, n - 1.0) * sqrt(n / (n - 1.0));

	return gsl_stats_quantile_from_sorted_data(sorted, 1, nr, gsl_cdf_ugaussian_P(z));
}
