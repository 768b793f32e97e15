/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is said of several effects together. */
#include <math.h>
#include <stdlib.h>
#include <gsl/gsl_sort_double.h>
#include "stats/effect.h"
#include "util/mem.h"

/* The places of the values that are not NAN, by value; returns how many. */
static size_t sorted_places(const double *p, size_t n, size_t *place)
{
	double *value = mem_zalloc(n, sizeof(*value));
	size_t *order = mem_zalloc(n, sizeof(*order)), *from = mem_zalloc(n, sizeof(*from)), nr = 0;

	for (size_t i = 0; i < n; i++) {
		if (isnan(p[i]))
			continue;
		value[nr] = p[i];
		from[nr++] = i;
	}
	gsl_sort_index(order, value, 1, nr);
	for (size_t i = 0; i < nr; i++)
		place[i] = from[order[i]];
	free(value);
	free(order);
	free(from);
	return nr;
}

void stats_adjust(const double *p, size_t n, double *adjusted)
{
	size_t *place = mem_zalloc(n, sizeof(*place)), nr = sorted_places(p, n, place);
	double least = 1;

	for (size_t i = 0; i < n; i++)
		adjusted[i] = NAN;
	for (size_t i = nr; i-- > 0;) {
		least = fmin(least, p[place[i]] * nr / (i + 1));
		adjusted[place[i]] = least;
	}
	free(place);
}
