/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How many blocks, and how small an effect: what the noise seen so far says about later runs. */
#include <math.h>
#include <gsl/gsl_cdf.h>
#include "stats/estimate.h"
#include "stats/verdict.h"

#define POWER 0.8
#define MOST 100000

static double student(double p, double n)
{
	return gsl_cdf_tdist_Pinv(p, n - 1);
}

double stats_noise(const struct effect *e)
{
	return interval_error(log(e->low), log(e->high), e->n - 1.0) * sqrt(e->n);
}

/* What one comparison of a family has to reach: the smallest p must be below alpha / family. */
static double share_of(double alpha, unsigned family)
{
	return alpha / (family > 1 ? family : 1);
}

/* How many standard errors away an effect must be to be shown by n pairs at this one-sided tail. */
static double errors(double tail, double n)
{
	return student(1 - tail, n) + student(POWER, n);
}

/* No p of n ranks is smaller than 2 / 2^n; fewer pairs are judged by Student's t. */
static double enough_ranks(double n, double tail)
{
	return n < STATS_RANKS ? n : fmax(n, ceil(-log2(tail)));
}

/* The fewest pairs of such noise that show a distance; INFINITY if no number does. */
static double pairs_needed(double sd, double distance, double tail)
{
	double low = STATS_MIN_PAIRS, high = MOST;

	if (!(distance > 0) || !(errors(tail, high) * sd / sqrt(high) < distance))
		return INFINITY;
	while (low < high) {
		double n = floor((low + high) / 2);

		if (errors(tail, n) * sd / sqrt(n) <= distance)
			high = n;
		else
			low = n + 1;
	}
	return enough_ranks(low, tail);
}

static unsigned at_least_one_more(const struct effect *e, double n)
{
	return n < MOST ? (unsigned)fmax(n, e->n + 1) : 0;
}

unsigned stats_blocks_needed(const struct effect *e, const struct verdict_rule *rule)
{
	double sd = stats_noise(e), effect = fabs(log(e->ratio)), alpha = share_of(rule->alpha, rule->family);
	double equal = pairs_needed(sd, log1p(rule->margin) - effect, alpha);
	double apart = rule->better == BETTER_NONE ? INFINITY : pairs_needed(sd, effect, alpha / 2);

	return at_least_one_more(e, fmin(equal, apart));
}

unsigned stats_enough_blocks(unsigned n, unsigned family)
{
	return (unsigned)enough_ranks(fmax(n, STATS_MIN_PAIRS), share_of(VERDICT_ALPHA, family) / 2);
}

double stats_shown_by(double sd, size_t n, unsigned family)
{
	double tail = share_of(VERDICT_ALPHA, family) / 2;

	if (n < STATS_MIN_PAIRS)
		return NAN;
	return enough_ranks(n, tail) > n ? INFINITY : expm1(errors(tail, n) * sd / sqrt(n));
}

double stats_detectable(const struct effect *aa, size_t n, unsigned family)
{
	return stats_shown_by(stats_noise(aa), n, family);
}
