/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/anytime.h"

#include <math.h>
#include <gsl/gsl_cdf.h>
#include "stats/effect.h"

struct sums {
	double n, x, xx;
};

static struct sums sums_of(const double *d, size_t n)
{
	struct sums s = { (double)n, 0, 0 };

	for (size_t i = 0; i < n; i++) {
		s.x += d[i];
		s.xx += d[i] * d[i];
	}
	return s;
}

double stats_evidence(const double *d, size_t n, int side)
{
	struct sums s = sums_of(d, n);
	double more = 1 + s.n, rest = s.xx - s.x * s.x / more, k = side * s.x / sqrt(more);

	if (!(s.xx > 0))
		return 0;
	return log(2 * gsl_cdf_tdist_P(k * sqrt(s.n / rest), s.n)) - log(more) / 2 +
	       s.n / 2 * log(s.xx / rest);
}

int stats_side(const double *d, size_t n, double level)
{
	int side = sums_of(d, n).x > 0 ? 1 : -1;

	return n >= STATS_MIN_PAIRS && stats_evidence(d, n, side) >= -log(level) ? side : 0;
}
