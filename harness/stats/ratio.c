/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <gsl/gsl_sort_double.h>
#include <gsl/gsl_statistics_double.h>
#include "stats/stats.h"
#include "util/mem.h"

#define MIN_N 6		/* below, no interval of 95 % exists: 2 * P(T = 0) = 2 / 2^n */
#define TAIL 0.025

/*
 * P(T = t) of the signed-rank statistic T under the null, for t = 0 .. n(n+1)/2: each rank i is in the
 * sum or not, with probability 1/2. Halving at each step keeps it exact for small n and finite for any.
 */
static double *signed_rank(size_t n)
{
	size_t max = n * (n + 1) / 2;
	double *p = mem_zalloc(max + 1, sizeof(*p));

	p[0] = 1;
	for (size_t i = 1; i <= n; i++)
		for (size_t t = i * (i + 1) / 2 + 1; t-- > 0;)
			p[t] = (p[t] + (t >= i ? p[t - i] : 0)) / 2;
	return p;
}

/* The largest k with P(T < k) <= TAIL: the interval runs from the k-th smallest to the k-th largest average. */
static size_t critical(size_t n)
{
	double *p = signed_rank(n), below = 0;
	size_t k = 0;

	while (below + p[k] <= TAIL)
		below += p[k++];
	free(p);
	return k;
}

/* All (d[i] + d[k]) / 2 with i <= k, sorted: n(n+1)/2 of them. */
static double *walsh_averages(const double *d, size_t n)
{
	double *w = mem_zalloc(n * (n + 1) / 2, sizeof(*w));
	size_t nr = 0;

	for (size_t i = 0; i < n; i++)
		for (size_t k = i; k < n; k++)
			w[nr++] = (d[i] + d[k]) / 2;
	gsl_sort(w, 1, nr);
	return w;
}

static void estimate(const double *log_ratio, size_t n, struct ratio *out)
{
	double *w = walsh_averages(log_ratio, n);
	size_t nr = n * (n + 1) / 2;

	out->ratio = exp(gsl_stats_median_from_sorted_data(w, 1, nr));
	if (n >= MIN_N) {
		size_t k = critical(n);

		out->low = exp(w[k - 1]);
		out->high = exp(w[nr - k]);
	}
	free(w);
}

int stats_ratio(const double *x, const double *y, size_t n, struct ratio *out)
{
	double *log_ratio = mem_zalloc(n, sizeof(*log_ratio));
	int err = 0;

	*out = (struct ratio){ n, NAN, NAN, NAN };
	for (size_t i = 0; i < n && !err; i++) {
		/* Written so that NAN is refused as well. */
		if (!(x[i] > 0 && y[i] > 0 && isfinite(x[i]) && isfinite(y[i])))
			err = -EINVAL;
		log_ratio[i] = log(x[i]) - log(y[i]);
	}
	if (n && !err)
		estimate(log_ratio, n, out);
	free(log_ratio);
	return err;
}
