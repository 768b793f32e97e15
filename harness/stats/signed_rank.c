/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <gsl/gsl_cdf.h>
#include "stats/effect.h"
#include "stats/ranks.h"
#include "stats/resample.h"
#include "util/mem.h"

/*
 * P(T = t) for t = 0 .. most, when each of n ranks is in the sum T or not with probability 1/2. Halving at
 * each step keeps it exact for small n and finite for any.
 */
static double *null_distribution(const unsigned *rank, size_t n, size_t most)
{
	double *p = mem_zalloc(most + 1, sizeof(*p));
	size_t reach = 0;

	p[0] = 1;
	for (size_t i = 0; i < n; i++) {
		size_t r = rank ? rank[i] : i + 1, t;

		reach = reach + r < most ? reach + r : most;
		for (t = reach + 1; t-- > r;)
			p[t] = (p[t] + p[t - r]) / 2;
		for (t = r < reach + 1 ? r : reach + 1; t-- > 0;)
			p[t] /= 2;
	}
	return p;
}

static size_t critical(const double *null, double tail)
{
	double below = 0;
	size_t k = 0;

	while (below + null[k] <= tail)
		below += null[k++];
	return k;
}

static size_t critical_approximate(size_t n, double tail)
{
	double mean = n * (n + 1) / 4.0, sd = sqrt(mean * (2 * n + 1) / 6);

	return (size_t)floor(mean + sd * gsl_cdf_ugaussian_Pinv(tail));
}

size_t signed_rank_critical(size_t n, double tail)
{
	double *null;
	size_t k;

	if (n > STATS_EXACT_PAIRS)
		return critical_approximate(n, tail);
	null = null_distribution(NULL, n, n * (n + 1) / 4);
	k = critical(null, tail);
	free(null);
	return k;
}

/* P(T <= sum) */
static double one_sided(const double *null, size_t sum)
{
	double below = 0;

	for (size_t t = 0; t <= sum; t++)
		below += null[t];
	return below;
}

static double two_sided(const double *null, size_t sum)
{
	return fmin(2 * one_sided(null, sum), 1);
}

/* What is not zero: its doubled ranks, the sum of the positive ones, and the smaller sum of the two signs. */
struct ranked {
	unsigned *rank;
	size_t n, positive, sum;
	bool tied;
};

static void rank_sizes(const double *d, size_t n, struct ranked *r)
{
	double *size = mem_zalloc(n, sizeof(*size));
	bool *positive = mem_zalloc(n, sizeof(*positive));
	size_t sum[2] = { 0 };

	r->n = 0;
	for (size_t i = 0; i < n; i++) {
		if (fabs(d[i]) <= RANKS_ROUNDING)
			continue;
		positive[r->n] = d[i] > 0;
		size[r->n++] = fabs(d[i]);
	}
	r->rank = doubled_ranks(size, r->n, &r->tied);
	for (size_t i = 0; i < r->n; i++)
		sum[positive[i]] += r->rank[i];
	r->positive = sum[1];
	r->sum = sum[0] < sum[1] ? sum[0] : sum[1];
	free(size);
	free(positive);
}

static double p_exact(const struct ranked *r)
{
	double *null = null_distribution(r->rank, r->n, r->sum), p = two_sided(null, r->sum);

	free(null);
	return p;
}

static size_t all_ranks(const struct ranked *r)
{
	size_t all = 0;

	for (size_t i = 0; i < r->n; i++)
		all += r->rank[i];
	return all;
}

/* The share of random signs with which the sum of the positive ones is at most low, or at least high. */
static double p_resampled(const struct ranked *r, size_t low, size_t high)
{
	gsl_rng *rng = resample_rng();
	size_t extreme = 0;

	for (unsigned k = 0; k < STATS_RESAMPLES; k++) {
		unsigned long bits = 0;
		size_t t = 0;

		for (size_t i = 0; i < r->n; i++, bits >>= 1) {
			if (i % 32 == 0)
				bits = gsl_rng_get(rng);
			t += bits & 1 ? r->rank[i] : 0;
		}
		extreme += t <= low || t >= high;
	}
	gsl_rng_free(rng);
	return (1.0 + extreme) / (1 + STATS_RESAMPLES);
}

/* The distribution of the untied ranks 1 .. n, which the intervals need, is the test's as well where it can
 * be. */
static struct rank_test exact(const struct ranked *r, size_t n)
{
	double *null = null_distribution(NULL, n, n * (n + 1) / 4);
	struct rank_test out = { NAN, critical(null, 0.025), critical(null, 0.05) };

	out.p = r->tied || r->n < n ? p_exact(r) : two_sided(null, r->sum / 2);
	free(null);
	return out;
}

struct rank_test signed_rank(const double *d, size_t n)
{
	struct rank_test out;
	struct ranked r;

	rank_sizes(d, n, &r);
	if (n <= STATS_EXACT_PAIRS)
		out = exact(&r, n);
	else
		out = (struct rank_test){ p_resampled(&r, r.sum, all_ranks(&r) - r.sum),
					  critical_approximate(n, 0.025), critical_approximate(n, 0.05) };
	free(r.rank);
	return out;
}

double signed_rank_below(const double *d, size_t n)
{
	struct ranked r;
	double *null, p;

	rank_sizes(d, n, &r);
	if (r.n <= STATS_EXACT_PAIRS) {
		null = null_distribution(r.rank, r.n, r.positive);
		p = one_sided(null, r.positive);
		free(null);
	} else {
		p = p_resampled(&r, r.positive, SIZE_MAX);
	}
	free(r.rank);
	return p;
}
