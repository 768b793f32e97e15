/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/totals.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_statistics_double.h>
#include "stats/estimate.h"
#include "util/mem.h"

/* The sums of what repeats: of each pair, or of the pairs of each boot. */
struct sums {
	double *x, *y, all_x, all_y;
	size_t n;
};

static size_t place_of(const unsigned *boot, unsigned *seen, size_t nr, size_t i)
{
	size_t k = 0;

	while (k < nr && seen[k] != boot[i])
		k++;
	seen[k] = boot[i];
	return k;
}

/* Over the largest of each side, so that no sum overflows; the ratio of the two largest is returned. */
static double sums_of(struct sums *s, const double *x, const double *y, const unsigned *boot, size_t n)
{
	double top_x = n ? gsl_stats_max(x, 1, n) : NAN, top_y = n ? gsl_stats_max(y, 1, n) : NAN;
	unsigned *seen = mem_zalloc(n, sizeof(*seen));

	*s = (struct sums){ mem_zalloc(n, sizeof(*s->x)), mem_zalloc(n, sizeof(*s->y)), 0, 0, 0 };
	for (size_t i = 0; i < n; i++) {
		size_t k = boot ? place_of(boot, seen, s->n, i) : i;

		s->n = k < s->n ? s->n : k + 1;
		s->x[k] += x[i] / top_x;
		s->y[k] += y[i] / top_y;
		s->all_x += x[i] / top_x;
		s->all_y += y[i] / top_y;
	}
	free(seen);
	return log(top_x) - log(top_y);
}

/* Standard error of log(all_x / all_y); NAN where leaving one out leaves nothing positive. */
static double jackknife(const struct sums *s)
{
	double *left = mem_zalloc(s->n, sizeof(*left)), error;

	for (size_t i = 0; i < s->n; i++)
		left[i] = log((s->all_x - s->x[i]) / (s->all_y - s->y[i]));
	error = (s->n - 1) * sqrt(gsl_stats_variance(left, 1, s->n) / s->n);
	free(left);
	return error;
}

static void take_ends(struct effect *out, double middle, double error)
{
	double df = out->n - 1.0, t95 = gsl_cdf_tdist_Pinv(0.975, df), t90 = gsl_cdf_tdist_Pinv(0.95, df);

	if (!isfinite(error))
		return;
	out->low = exp(middle - t95 * error);
	out->high = exp(middle + t95 * error);
	out->low90 = exp(middle - t90 * error);
	out->high90 = exp(middle + t90 * error);
	out->p = error > 0 ? 2 * gsl_cdf_tdist_Q(fabs(middle) / error, df) : middle == 0;
}

void stats_totals(const double *x, const double *y, const unsigned *boot, size_t n, struct effect *out)
{
	struct sums s;
	double middle = sums_of(&s, x, y, boot, n) + log(s.all_x / s.all_y);

	*out = effect_none();
	if (isfinite(middle)) {
		out->n = s.n;
		out->ratio = exp(middle);
		if (s.n >= STATS_MIN_PAIRS)
			take_ends(out, middle, jackknife(&s));
	}
	free(s.x);
	free(s.y);
}
