/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The effect when whole boots are what repeats. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include "stats/estimate.h"
#include "util/mem.h"

/* Of the pairs of the first pair's boot, which are NAN afterwards. */
static double estimate_of_boot(double *d, const unsigned *boot, size_t n)
{
	double *own = mem_zalloc(n, sizeof(*own)), estimate;
	size_t nr = 0;

	for (size_t i = n; i-- > 0;) {
		if (boot[i] != boot[0])
			continue;
		own[nr++] = d[i];
		d[i] = NAN;
	}
	estimate = hodges_lehmann(own, nr);
	free(own);
	return estimate;
}

double *stats_units(const double *d, const unsigned *boot, size_t n, size_t *nr)
{
	double *left = mem_zalloc(n, sizeof(*left)), *own = mem_zalloc(n, sizeof(*own));

	*nr = 0;
	for (size_t i = 0; i < n; i++)
		left[i] = d[i];
	for (size_t i = 0; i < n; i++)
		if (!isnan(left[i]))
			own[(*nr)++] = boot ? estimate_of_boot(left + i, boot + i, n - i) : d[i];
	free(left);
	return own;
}

int stats_effect_boots(const double *x, const double *y, const unsigned *boot, size_t n, struct effect *out)
{
	double *d = log_ratios(x, y, n), *own;
	size_t boots;

	*out = effect_none();
	if (!d)
		return -EINVAL;
	own = stats_units(d, boot, n, &boots);
	if (n) {
		effect_of_logs(own, boots, out);
		out->cliff = cliffs_delta(x, n, y, n);
	}
	free(own);
	free(d);
	return 0;
}
