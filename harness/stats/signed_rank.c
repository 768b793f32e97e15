/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/signed_rank.h"

#include <math.h>
#include <stdlib.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_sort_double.h>
#include "stats/effect.h"
#include "util/mem.h"

#define ROUNDING 1e-12 /* log ratios that are nearer to each other are tied */

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
		reach = reach + rank[i] < most ? reach + rank[i] : most;
		for (size_t t = reach + 1; t-- > rank[i];)
			p[t] = (p[t] + p[t - rank[i]]) / 2;
		for (size_t t = rank[i] < reach + 1 ? rank[i] : reach + 1; t-- > 0;)
			p[t] /= 2;
	}
	return p;
}

static size_t critical_exact(size_t n, double tail)
{
	unsigned *rank = mem_zalloc(n, sizeof(*rank));
	size_t k = 0;
	double *p, below = 0;

	for (size_t i = 0; i < n; i++)
		rank[i] = (unsigned)i + 1;
	p = null_distribution(rank, n, n * (n + 1) / 4);
	while (below + p[k] <= tail)
		below += p[k++];
	free(p);
	free(rank);
	return k;
}

size_t signed_rank_critical(size_t n, double tail)
{
	double mean = n * (n + 1) / 4.0, sd = sqrt(mean * (2 * n + 1) / 6);

	if (n <= STATS_EXACT_PAIRS)
		return critical_exact(n, tail);
	return (size_t)floor(mean + sd * gsl_cdf_ugaussian_Pinv(tail));
}

/* P(T <= sum) and as much again for the other side; the ranks are doubled, so that means of ties are whole. */
static double p_exact(const unsigned *rank, size_t n, size_t sum)
{
	double *p = null_distribution(rank, n, sum), below = 0;

	for (size_t t = 0; t <= sum; t++)
		below += p[t];
	free(p);
	return fmin(2 * below, 1);
}

static double p_resampled(const unsigned *rank, size_t n, size_t sum)
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	size_t extreme = 0, all = 0;

	for (size_t i = 0; i < n; i++)
		all += rank[i];
	for (unsigned r = 0; r < STATS_RESAMPLES; r++) {
		unsigned long bits = 0;
		size_t t = 0;

		for (size_t i = 0; i < n; i++, bits >>= 1) {
			if (i % 32 == 0)
				bits = gsl_rng_get(rng);
			t += bits & 1 ? rank[i] : 0;
		}
		extreme += t <= sum || all - t <= sum;
	}
	gsl_rng_free(rng);
	return (1.0 + extreme) / (1 + STATS_RESAMPLES);
}

/* Twice the rank of each of the ascending sizes; ties share the mean of theirs. */
static unsigned *doubled_ranks(const double *size, size_t n)
{
	unsigned *rank = mem_zalloc(n, sizeof(*rank));

	for (size_t i = 0, end; i < n; i = end) {
		for (end = i + 1; end < n && size[end] - size[end - 1] <= ROUNDING;)
			end++;
		for (size_t k = i; k < end; k++)
			rank[k] = (unsigned)(i + 1 + end);
	}
	return rank;
}

double signed_rank_p(const double *d, size_t n)
{
	double *size = mem_zalloc(n, sizeof(*size)), *sign = mem_zalloc(n, sizeof(*sign)), p;
	size_t nr = 0, sum[2] = { 0 };
	unsigned *rank;

	for (size_t i = 0; i < n; i++) {
		if (fabs(d[i]) <= ROUNDING)
			continue;
		size[nr] = fabs(d[i]);
		sign[nr++] = d[i];
	}
	gsl_sort2(size, 1, sign, 1, nr);
	rank = doubled_ranks(size, nr);
	for (size_t i = 0; i < nr; i++)
		sum[sign[i] > 0] += rank[i];
	if (sum[1] < sum[0])
		sum[0] = sum[1];
	p = !n ? NAN : nr <= STATS_EXACT_PAIRS ? p_exact(rank, nr, sum[0]) : p_resampled(rank, nr, sum[0]);
	free(rank);
	free(size);
	free(sign);
	return p;
}
