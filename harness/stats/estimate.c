/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/estimate.h"

#include <math.h>
#include <stdlib.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_statistics_double.h>
#include "util/mem.h"

double *walsh_averages(const double *d, size_t n)
{
	double *w = mem_zalloc(n * (n + 1) / 2, sizeof(*w));
	size_t nr = 0;

	for (size_t i = 0; i < n; i++)
		for (size_t k = i; k < n; k++)
			w[nr++] = (d[i] + d[k]) / 2;
	return w;
}

double hodges_lehmann(const double *d, size_t n)
{
	double *w = walsh_averages(d, n);
	double median = gsl_stats_median(w, 1, n * (n + 1) / 2);

	free(w);
	return median;
}

double *log_ratios(const double *x, const double *y, size_t n)
{
	double *d = mem_zalloc(n, sizeof(*d));

	for (size_t i = 0; i < n; i++) {
		/* Written so that NAN is refused as well. */
		if (!(x[i] > 0 && y[i] > 0 && isfinite(x[i]) && isfinite(y[i]))) {
			free(d);
			return NULL;
		}
		d[i] = log(x[i]) - log(y[i]);
	}
	return d;
}

double interval_error(double low, double high, double df)
{
	return df > 0 ? (high - low) / 2 / gsl_cdf_tdist_Pinv(0.975, df) : NAN;
}

struct effect effect_none(void)
{
	return (struct effect){ 0, NAN, NAN, NAN, NAN, NAN, NAN, NAN };
}

double cliffs_delta(const double *x, size_t nx, const double *y, size_t ny)
{
	double sum = 0;

	for (size_t i = 0; i < nx; i++)
		for (size_t k = 0; k < ny; k++)
			sum += (x[i] > y[k]) - (x[i] < y[k]);
	return sum / nx / ny;
}
