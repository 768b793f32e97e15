/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/sequence.h"

#include <math.h>
#include <stdlib.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_statistics_double.h>
#include "stats/estimate.h"
#include "stats/ranks.h"

/* Most is spent where most runs end; README.md has other choices. */
#define MIDDLE 30
#define LEVEL 0.0052

double sequence_level(size_t n)
{
	return LEVEL * pow((double)n / MIDDLE, n < MIDDLE ? 0.5 : -0.7);
}

static struct sequence between_averages(const double *d, size_t n, size_t k)
{
	double *w = walsh_averages(d, n);
	size_t nr = n * (n + 1) / 2;
	struct sequence out;

	out.low = gsl_stats_select(w, 1, nr, k - 1);
	out.high = gsl_stats_select(w, 1, nr, nr - k);
	free(w);
	return out;
}

static struct sequence around_mean(const double *d, size_t n, double tail)
{
	double mean = gsl_stats_mean(d, 1, n),
	       half = gsl_cdf_tdist_Qinv(tail, n - 1.0) * gsl_stats_sd_m(d, 1, n, mean) / sqrt(n);

	return (struct sequence){ mean - half, mean + half };
}

struct sequence stats_sequence(const double *d, size_t n)
{
	double tail = sequence_level(n) / 2;
	size_t k;

	if (n < STATS_MIN_PAIRS)
		return (struct sequence){ NAN, NAN };
	k = signed_rank_critical(n, tail);
	return k ? between_averages(d, n, k) : around_mean(d, n, tail);
}

void effect_look(struct effect *e, const double *log, size_t n)
{
	struct sequence s = stats_sequence(log, n);

	e->low = exp(s.low);
	e->high = exp(s.high);
	e->low90 = e->high90 = e->p = NAN;
}

void shift_look(struct shift *shift, const double *d, size_t n)
{
	struct sequence s = stats_sequence(d, n);

	shift->low = s.low;
	shift->high = s.high;
	shift->low90 = shift->high90 = shift->p = NAN;
}
