/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <math.h>
#include <gsl/gsl_statistics_double.h>
#include "stats/stats.h"

struct spread stats_spread(const double *x, size_t n)
{
	double mean, least, most;

	if (n < 2)
		return (struct spread){ NAN, NAN };
	gsl_stats_minmax(&least, &most, x, 1, n);
	if (!(least > 0))
		return (struct spread){ NAN, NAN };
	mean = gsl_stats_mean(x, 1, n);
	return (struct spread){ gsl_stats_sd_m(x, 1, n, mean) / mean, most / least };
}
