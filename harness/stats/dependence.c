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

/* Of a value whose 95 % interval is Student's: p that chance moves it by so much; NAN without an interval. */
static double one_sided(double distance, double low, double high, size_t n)
{
	double error = interval_error(low, high, n);

	return error > 0 ? gsl_cdf_tdist_Q(distance / error, n - 1.0) : NAN;
}

/* Ranks have no p for a wider interval, so it is read from the interval. */
static void take_p(double *p, double value, double low, double high, size_t n)
{
	double wider = 2 * one_sided(fabs(value), low, high, n);

	*p = isnan(wider) ? *p : wider;
}

static double stretched(double end, double ratio, double factor)
{
	return ratio * pow(end / ratio, factor);
}

void effect_inflate(struct effect *e, double factor)
{
	e->low = stretched(e->low, e->ratio, factor);
	e->high = stretched(e->high, e->ratio, factor);
	e->low90 = stretched(e->low90, e->ratio, factor);
	e->high90 = stretched(e->high90, e->ratio, factor);
	take_p(&e->p, log(e->ratio), log(e->low), log(e->high), e->n);
}

void shift_inflate(struct shift *s, double factor)
{
	s->low = s->value + (s->low - s->value) * factor;
	s->high = s->value + (s->high - s->value) * factor;
	s->low90 = s->value + (s->low90 - s->value) * factor;
	s->high90 = s->value + (s->high90 - s->value) * factor;
	take_p(&s->p, s->value, s->low, s->high, s->n);
}

double effect_within(const struct effect *e, double margin)
{
	return one_sided(margin - fabs(log(e->ratio)), log(e->low), log(e->high), e->n);
}

double shift_within(const struct shift *s, double bound)
{
	return one_sided(bound - fabs(s->value), s->low, s->high, s->n);
}
