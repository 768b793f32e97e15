/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/location.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_statistics_double.h>
#include "stats/effect.h"
#include "stats/ranks.h"
#include "util/mem.h"

/* Student's t of n values; NAN where ranks are to be used. */
static double student(const double *d, size_t n)
{
	double sd = n > 1 && n < STATS_RANKS ? gsl_stats_sd(d, 1, n) : 0;

	return sd > RANKS_ROUNDING ? gsl_stats_mean(d, 1, n) / sd * sqrt(n) : NAN;
}

double location_p(const double *d, size_t n)
{
	double t = student(d, n);

	return isnan(t) ? signed_rank(d, n).p : 2 * gsl_cdf_tdist_Q(fabs(t), n - 1.0);
}

/* One-sided: small where sign times d lies below the limit. */
static double below(const double *d, size_t n, double sign, double limit)
{
	double *rest = mem_zalloc(n, sizeof(*rest)), t, p;

	for (size_t i = 0; i < n; i++)
		rest[i] = sign * d[i] - limit;
	t = student(rest, n);
	p = isnan(t) ? signed_rank_below(rest, n) : gsl_cdf_tdist_P(t, n - 1.0);
	free(rest);
	return p;
}

double location_within(const double *d, size_t n, double margin)
{
	return fmax(below(d, n, 1, margin), below(d, n, -1, margin));
}
