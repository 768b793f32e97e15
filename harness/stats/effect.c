/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/effect.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <gsl/gsl_sort_double.h>
#include <gsl/gsl_statistics_double.h>
#include "stats/signed_rank.h"
#include "util/mem.h"

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

static void estimate(const double *log_ratio, size_t n, struct effect *out)
{
	double *w = walsh_averages(log_ratio, n);
	size_t nr = n * (n + 1) / 2;

	out->ratio = exp(gsl_stats_median_from_sorted_data(w, 1, nr));
	if (n >= STATS_MIN_PAIRS) {
		size_t k = signed_rank_critical(n, 0.025), k90 = signed_rank_critical(n, 0.05);

		out->low = exp(w[k - 1]);
		out->high = exp(w[nr - k]);
		out->low90 = exp(w[k90 - 1]);
		out->high90 = exp(w[nr - k90]);
	}
	free(w);
}

static double cliffs_delta(const double *x, const double *y, size_t n)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < n; k++)
			sum += (x[i] > y[k]) - (x[i] < y[k]);
	return sum / n / n;
}

int stats_effect(const double *x, const double *y, size_t n, struct effect *out)
{
	double *log_ratio = mem_zalloc(n, sizeof(*log_ratio));
	int err = 0;

	*out = (struct effect){ 0, NAN, NAN, NAN, NAN, NAN, NAN, NAN };
	for (size_t i = 0; i < n && !err; i++) {
		/* Written so that NAN is refused as well. */
		if (!(x[i] > 0 && y[i] > 0 && isfinite(x[i]) && isfinite(y[i])))
			err = -EINVAL;
		log_ratio[i] = log(x[i]) - log(y[i]);
	}
	if (n && !err) {
		out->n = n;
		out->p = signed_rank_p(log_ratio, n);
		out->cliff = cliffs_delta(x, y, n);
		estimate(log_ratio, n, out);
	}
	free(log_ratio);
	return err;
}
