/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How many blocks, and how small an effect: what the noise seen so far tells of runs to come. */
#include <math.h>
#include <gsl/gsl_cdf.h>
#include "stats/verdict.h"

#define POWER 0.8
#define MOST 100000

static double student(double p, double n)
{
	return gsl_cdf_tdist_Pinv(p, n - 1);
}

/* Standard deviation of one pair's log ratio; NAN without an interval. */
static double noise(const struct effect *e)
{
	if (isnan(e->low) || isnan(e->high))
		return NAN;
	return (log(e->high) - log(e->low)) / 2 * sqrt(e->n) / student(0.975, e->n);
}

/* Standard errors between what is true and what is shown, with n pairs at this confidence. */
static double errors(double confidence, double n)
{
	return student(confidence, n) + student(POWER, n);
}

/* Pairs of such noise that show a distance to be there; INFINITY if none would. */
static double pairs_needed(double sd, double distance, double confidence)
{
	double n =
		pow((gsl_cdf_ugaussian_Pinv(confidence) + gsl_cdf_ugaussian_Pinv(POWER)) * sd / distance, 2);

	if (!(distance > 0) || !(n < MOST))
		return INFINITY;
	n = fmax(n, STATS_MIN_PAIRS);
	return fmax(ceil(pow(errors(confidence, n) * sd / distance, 2)), STATS_MIN_PAIRS);
}

static unsigned at_least_one_more(const struct effect *e, double n)
{
	return n < MOST ? (unsigned)fmax(n, e->n + 1) : 0;
}

unsigned stats_blocks_needed(const struct effect *e, const struct verdict_rule *rule)
{
	double sd = noise(e), effect = fabs(log(e->ratio));
	double equal = pairs_needed(sd, log1p(rule->margin) - effect, 0.95);
	double apart = rule->better == BETTER_NONE ? INFINITY : pairs_needed(sd, effect, 0.975);

	return at_least_one_more(e, fmin(equal, apart));
}

unsigned stats_gate_blocks(const struct effect *e, double threshold, enum better better)
{
	double loss = better == BETTER_LOWER ? log(e->ratio) : -log(e->ratio);

	if (better == BETTER_NONE)
		return 0;
	return at_least_one_more(e, pairs_needed(noise(e), fabs(log1p(threshold) - loss), 0.975));
}

double stats_detectable(const struct effect *aa, size_t n)
{
	if (n < STATS_MIN_PAIRS)
		return NAN;
	return expm1(errors(0.975, n) * noise(aa) / sqrt(n));
}
