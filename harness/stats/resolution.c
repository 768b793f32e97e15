/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/resolution.h"

#include <float.h>
#include <math.h>
#include <gsl/gsl_statistics_double.h>

#define COARSEST 2
#define FINEST (-9)

/* A decimal number read into a double is a multiple up to its rounding. */
static bool is_multiple(double x, double step)
{
	double steps = x / step;

	return fabs(steps - round(steps)) <= fmax(1e-6, 4 * DBL_EPSILON * fabs(steps));
}

static bool all_multiples(const double *x, size_t n, double step)
{
	for (size_t i = 0; i < n; i++)
		if (!is_multiple(x[i], step))
			return false;
	return true;
}

double stats_step(const double *x, size_t n)
{
	for (int k = COARSEST; n && k >= FINEST; k--)
		if (all_multiples(x, n, pow(10, k)))
			return pow(10, k);
	return NAN;
}

double stats_hidden(const double *x, size_t n, double step)
{
	double sd = n > 1 ? gsl_stats_sd(x, 1, n) : 0;

	return step * fmin(1, step / (2 * sd));
}

bool stats_identical(const double *x, size_t n)
{
	for (size_t i = 1; i < n; i++)
		if (x[i] != x[0])
			return false;
	return n > 1;
}

void effect_hide(struct effect *e, const struct hidden *h)
{
	double down = h->y / (h->y + h->of_y), up = (h->x + h->of_x) / h->x;

	e->low *= down;
	e->low90 *= down;
	e->high *= up;
	e->high90 *= up;
}
