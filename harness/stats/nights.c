/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_statistics_double.h>
#include "stats/estimate.h"
#include "stats/unpaired.h"
#include "util/mem.h"

double stats_middle(const struct values *v)
{
	double *ones = mem_zalloc(v->n, sizeof(*ones)), *log_value, middle = NAN;

	for (size_t i = 0; i < v->n; i++)
		ones[i] = 1;
	log_value = log_ratios(v->value, ones, v->n);
	if (log_value && v->n)
		middle = exp(hodges_lehmann(log_value, v->n));
	free(log_value);
	free(ones);
	return middle;
}

/* Of the mean of the night's logarithms. */
static double standard_error(const struct values *v)
{
	double *log_value = mem_zalloc(v->n, sizeof(*log_value)), variance = 0;

	for (size_t i = 0; i < v->n; i++)
		log_value[i] = log(v->value[i]);
	if (v->n > 1)
		variance = gsl_stats_variance(log_value, 1, v->n);
	free(log_value);
	return sqrt(variance / v->n);
}

static void nights_predict(const double *night, size_t nr, double shift, double own_error, struct effect *out)
{
	double variance = gsl_stats_variance(night, 1, nr), df = nr - 1.0;
	double error = sqrt(variance / nr + fmax(variance, own_error * own_error));
	double t95 = error * gsl_cdf_tdist_Pinv(0.975, df), t90 = error * gsl_cdf_tdist_Pinv(0.95, df);

	out->low = exp(shift - t95);
	out->high = exp(shift + t95);
	out->low90 = exp(shift - t90);
	out->high90 = exp(shift + t90);
	out->p = error > 0 ? 2 * gsl_cdf_tdist_Q(fabs(shift) / error, df) : shift == 0;
}

int stats_nights(const struct values *night, size_t nr, const struct values *x, struct effect *out)
{
	double *middle = mem_zalloc(nr, sizeof(*middle)), own = log(stats_middle(x));
	bool absent = !nr || isnan(own);

	*out = (struct effect){ nr, NAN, NAN, NAN, NAN, NAN, NAN, NAN };
	for (size_t i = 0; i < nr; i++) {
		middle[i] = log(stats_middle(&night[i]));
		absent |= isnan(middle[i]);
	}
	if (!absent) {
		double shift = own - gsl_stats_mean(middle, 1, nr);

		out->ratio = exp(shift);
		if (nr > 1)
			nights_predict(middle, nr, shift, standard_error(x), out);
	}
	free(middle);
	return absent ? -EINVAL : 0;
}
