/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_permutation.h>
#include <gsl/gsl_statistics_double.h>
#include "stats/stats.h"
#include "util/mem.h"

#define EXACT 10   /* below, all orders are tried: 9! = 362,880 */
#define HAIR 1e-12 /* sums of the same products in another order */

/* Spearman's coefficient of x with 0, 1, 2 ... */
static double correlation(const double *x, size_t n)
{
	double *time = mem_zalloc(n, sizeof(*time)), *work = mem_zalloc(2 * n, sizeof(*work)), rho;

	for (size_t i = 0; i < n; i++)
		time[i] = (double)i;
	rho = gsl_stats_spearman(x, 1, time, 1, n, work);
	free(time);
	free(work);
	return rho;
}

/* Mean rank of each value, less the mean of all ranks. */
static void centred_ranks(const double *x, size_t n, double *rank)
{
	for (size_t i = 0; i < n; i++) {
		rank[i] = 0;
		for (size_t k = 0; k < n; k++)
			rank[i] += ((x[k] < x[i]) - (x[k] > x[i])) / 2.0;
	}
}

/* How well ranks in that order go with time: their correlation up to a constant factor. */
static double agreement(const double *rank, const gsl_permutation *order)
{
	double sum = 0;

	for (size_t i = 0; i < order->size; i++)
		sum += rank[order->data[i]] * i;
	return fabs(sum);
}

/* The share of all orders that agree with time, or its reverse, as well as the one there was. */
static double p_exact(const double *x, size_t n)
{
	gsl_permutation *order = gsl_permutation_calloc(n);
	size_t extreme = 0, all = 0;
	double rank[EXACT], seen;

	centred_ranks(x, n, rank);
	seen = agreement(rank, order);
	do {
		extreme += agreement(rank, order) >= seen - HAIR;
		all++;
	} while (gsl_permutation_next(order) == GSL_SUCCESS);
	gsl_permutation_free(order);
	return (double)extreme / all;
}

struct drift stats_drift(const double *x, size_t n)
{
	struct drift d = { NAN, NAN };

	if (n >= 3)
		d.rho = correlation(x, n);
	if (isnan(d.rho))
		return d;
	d.p = n < EXACT ? p_exact(x, n)
			: 2 * gsl_cdf_tdist_Q(fabs(d.rho) * sqrt((n - 2) / fmax(1 - d.rho * d.rho, 0)),
					      n - 2.0);
	return d;
}
