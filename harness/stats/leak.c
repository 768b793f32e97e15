/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/leak.h"

#include <math.h>
#include <stdlib.h>
#include <gsl/gsl_math.h>
#include "stats/estimate.h"
#include "stats/stats.h"
#include "util/mem.h"

/* To a standard deviation of one night, of the median absolute difference of two. */
#define DIFFERENCE_TO_SD (MAD_TO_SD / M_SQRT2)
/* How far above the alarm a sum may rise, so that it soon falls below once the loss is gone. */
#define MOST 1.5

/*
 * Of the nights: the differences of independent ones have a lag-1 correlation of -1/2, those of nights with a
 * correlation of r one of -(1 - r) / 2. 0 unless it is shown by two standard errors.
 */
static double correlation(const double *d, size_t n, double most)
{
	double products = 0, squares = 0, r;

	for (size_t i = 0; i < n; i++) {
		double x = fmax(-most, fmin(d[i], most));

		squares += x * x;
		products += i ? x * fmax(-most, fmin(d[i - 1], most)) : 0;
	}
	r = squares > 0 ? 1 + 2 * products / squares : 0;
	return r > 2 / sqrt(n) ? fmin(r, 0.9) : 0;
}

static double noise_of(const double *x, size_t n)
{
	double *d = mem_zalloc(n - 1, sizeof(*d)), *far = mem_zalloc(n - 1, sizeof(*far)), sd, r;

	for (size_t i = 0; i + 1 < n; i++) {
		d[i] = x[i + 1] - x[i];
		far[i] = fabs(d[i]);
	}
	sd = DIFFERENCE_TO_SD * stats_median(far, n - 1);
	r = correlation(d, n - 1, LEAK_CLIP * M_SQRT2 * sd);
	free(far);
	free(d);
	/* The first factor is from differences to nights, the second from nights to sums. */
	return sd / sqrt(1 - r) * sqrt((1 + r) / (1 - r));
}

/* Distances from the reference in standard deviations; without noise there is no measure of them. */
static double *distances(const double *x, size_t n, double reference)
{
	double *z = mem_zalloc(n, sizeof(*z)), noise = noise_of(x, n);

	for (size_t i = 0; noise > 0 && i < n; i++)
		z[i] = fmin((x[i] - reference) / noise, LEAK_CLIP);
	return z;
}

static void cumulate(const double *z, size_t n, struct leak *l)
{
	/* Few nights are a poor measure of their noise. */
	double alarm = LEAK_ALARM + LEAK_DOUBT / n;
	size_t begun = 0;

	l->sum = 0;
	for (size_t i = LEAK_LEARN; i < n; i++) {
		begun = l->sum > 0 ? begun : i;
		l->sum = fmin(fmax(0, l->sum + z[i] - LEAK_ALLOWED), MOST * alarm);
		if (l->sum > alarm && !l->alarm) {
			l->since = begun;
			l->seen = i;
		}
		l->alarm = l->sum > alarm;
	}
}

struct leak stats_leak(const double *x, size_t n)
{
	struct leak l = { .rise = NAN, .sum = NAN };
	double reference, *z;

	if (n < LEAK_LEARN + LEAK_RECENT)
		return l;
	reference = hodges_lehmann(x, LEAK_LEARN);
	l.rise = stats_median(&x[n - LEAK_RECENT], LEAK_RECENT) - reference;
	z = distances(x, n, reference);
	cumulate(z, n, &l);
	free(z);
	return l;
}
