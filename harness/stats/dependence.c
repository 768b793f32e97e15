/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/dependence.h"

#include <math.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_statistics_double.h>
#include "stats/estimate.h"

/* Above this the values hold hardly any information: a factor of 4.4. */
#define MOST 0.9
#define FEWEST 10

static double autocorrelation(const double *d, size_t n)
{
	double mean = gsl_stats_mean(d, 1, n), lagged = 0, squares = 0;

	for (size_t i = 0; i < n; i++) {
		squares += (d[i] - mean) * (d[i] - mean);
		lagged += i ? (d[i] - mean) * (d[i - 1] - mean) : 0;
	}
	return (lagged / squares + 1.0 / n) / (1 - 3.0 / n);
}

double stats_inflation(const double *d, size_t n)
{
	double r = n >= FEWEST ? autocorrelation(d, n) : 0;

	/* Written so that NAN, of values that are all alike, counts as independent. */
	if (!(r > 2 / sqrt(n)))
		return 1;
	r = fmin(r, MOST);
	return sqrt((1 + r) / (1 - r));
}

/* As if its 95 % interval were Student's: p of a distance as large as this; NAN without an interval. */
static double one_sided(const struct shift *s, double distance)
{
	double error = interval_error(s->low, s->high, s->n - 1.0);

	return error > 0 ? gsl_cdf_tdist_Q(distance / error, s->n - 1.0) : NAN;
}

static struct shift logs_of(const struct effect *e)
{
	return (struct shift){ e->n,	      log(e->ratio),  log(e->low), log(e->high),
			       log(e->low90), log(e->high90), e->p };
}

/* Ranks have no p for a wider interval, so it is read from the interval. */
void shift_inflate(struct shift *s, double factor)
{
	double p;

	s->low = s->value + (s->low - s->value) * factor;
	s->high = s->value + (s->high - s->value) * factor;
	s->low90 = s->value + (s->low90 - s->value) * factor;
	s->high90 = s->value + (s->high90 - s->value) * factor;
	p = 2 * one_sided(s, fabs(s->value));
	s->p = isnan(p) ? s->p : p;
}

void effect_inflate(struct effect *e, double factor)
{
	struct shift log = logs_of(e);

	shift_inflate(&log, factor);
	e->low = exp(log.low);
	e->high = exp(log.high);
	e->low90 = exp(log.low90);
	e->high90 = exp(log.high90);
	e->p = log.p;
}

double shift_within(const struct shift *s, double bound)
{
	return one_sided(s, bound - fabs(s->value));
}

double effect_within(const struct effect *e, double margin)
{
	struct shift log = logs_of(e);

	return shift_within(&log, margin);
}
