/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Of values that have no ratio. */
#include <math.h>
#include <stdlib.h>
#include "stats/estimate.h"
#include "util/mem.h"

void stats_shift(const double *x, const double *y, const unsigned *boot, size_t n, struct shift *out)
{
	double *d = mem_zalloc(n, sizeof(*d)), *unit;
	size_t units;

	for (size_t i = 0; i < n; i++)
		d[i] = x[i] - y[i];
	unit = stats_units(d, boot, n, &units);
	*out = units ? middle_of(unit, units) : (struct shift){ 0, NAN, NAN, NAN, NAN, NAN, NAN };
	free(unit);
	free(d);
}
