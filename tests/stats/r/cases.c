/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Cases of a fixed seed with what harness/stats says of them, for compare.R: a line each, "KIND | inputs of a
 * group | ... | results", numbers apart by blanks, NAN as "NaN".
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_sort_double.h>
#include "stats/effect.h"
#include "stats/fleet.h"
#include "stats/resample.h"
#include "stats/stats.h"
#include "stats/unpaired.h"
#include "stats/verdict.h"

#define MOST 400

static gsl_rng *rng;

static void put(const double *x, size_t n)
{
	printf(" |");
	for (size_t i = 0; i < n; i++)
		printf(" %.17g", x[i]);
}

static void put_effect(const struct effect *e)
{
	put((double[]){ e->ratio, e->low, e->high, e->low90, e->high90, e->p, e->cliff }, 7);
	printf("\n");
}

/* With a step, values are multiples of it, so that there are ties and pairs without a difference. */
static void draw(double *x, size_t n, double shift, double step)
{
	for (size_t i = 0; i < n; i++) {
		x[i] = exp(shift + gsl_ran_gaussian(rng, 0.3));
		if (step > 0)
			x[i] = fmax(round(x[i] / step), 1) * step;
	}
}

static void paired(size_t n, double shift, double step)
{
	double x[MOST], y[MOST];
	struct effect e;

	draw(x, n, shift, step);
	draw(y, n, 0, step);
	stats_effect(x, y, n, &e);
	printf(step > 0 ? "paired_tied" : "paired");
	put(x, n);
	put(y, n);
	put_effect(&e);
}

static void unpaired(size_t nx, size_t ny, double shift, double step)
{
	double x[MOST], y[MOST];
	struct values a = { x, nx }, b = { y, ny };
	struct effect e;

	draw(x, nx, shift, step);
	draw(y, ny, 0, step);
	stats_unpaired(&a, &b, &e);
	printf(step > 0 ? "unpaired_tied" : "unpaired");
	put(x, nx);
	put(y, ny);
	put_effect(&e);
}

static void family(size_t n)
{
	double p[MOST], adjusted[MOST];

	for (size_t i = 0; i < n; i++)
		p[i] = i % 7 == 3 ? NAN : pow(gsl_rng_uniform(rng), 1 + i % 4);
	stats_adjust(p, n, adjusted);
	printf("adjust");
	put(p, n);
	put(adjusted, n);
	printf("\n");
}

static void drift(size_t n, double slope, double step)
{
	struct drift d;
	double x[MOST];

	draw(x, n, 0, 0);
	for (size_t i = 0; i < n; i++)
		x[i] = step > 0 ? round((x[i] + slope * i) / step) * step : x[i] + slope * i;
	d = stats_drift(x, n);
	printf(step > 0 ? "drift_tied" : "drift");
	put(x, n);
	put((double[]){ d.rho, d.p }, 2);
	printf("\n");
}

static void median(size_t n)
{
	struct interval m;
	double x[MOST];

	draw(x, n, 0, 0);
	m = stats_median_interval(x, n);
	printf("median");
	put(x, n);
	put((double[]){ m.value, m.low, m.high }, 3);
	printf("\n");
}

/* Bins of 1, in which values are spread evenly. */
static void quantiles(size_t bins)
{
	double count[MOST], value[9];
	struct hist h = { 0 };

	for (size_t i = 0; i < bins; i++) {
		count[i] = gsl_ran_poisson(rng, 40);
		hist_add(&h, i, i + 1.0, (uint64_t)count[i]);
	}
	for (int i = 0; i < 9; i++)
		value[i] = stats_hist_quantile(&h, (i + 1) / 10.0);
	printf("quantile");
	put(count, bins);
	put(value, 9);
	printf("\n");
	free(h.bins);
}

static void expanded(size_t n)
{
	double x[MOST], end[2];

	draw(x, MOST, 0, 0);
	gsl_sort(x, 1, MOST);
	end[0] = resample_percentile(x, MOST, n, 0.025);
	end[1] = resample_percentile(x, MOST, n, 0.975);
	printf("expanded");
	put(x, MOST);
	put((double[]){ n }, 1);
	put(end, 2);
	printf("\n");
}

/* From an interval that is Student's, of a standard deviation of 0.03 a pair. */
static void power(size_t n, double half_width)
{
	struct effect aa = { .n = n, .ratio = 1, .low = exp(-half_width), .high = exp(half_width) };

	printf("power");
	put((double[]){ n, half_width }, 2);
	put((double[]){ log1p(stats_detectable(&aa, n, 1)) }, 1);
	printf("\n");
}

/* Machines further apart than their noise, and nearer. */
static void fleet(size_t nr, double between)
{
	struct fleet_host host[MOST] = { 0 };
	double x[MOST], error[MOST], n[MOST];
	struct fleet f;

	for (size_t i = 0; i < nr; i++) {
		error[i] = 0.002 + 0.01 * gsl_rng_uniform(rng);
		x[i] = 0.03 + gsl_ran_gaussian(rng, hypot(between, error[i]));
		n[i] = 6 + i % 5;
		host[i] = (struct fleet_host){ x[i], error[i], (size_t)n[i] };
	}
	f = stats_fleet(host, nr);
	printf("fleet");
	put(x, nr);
	put(error, nr);
	put(n, nr);
	put((double[]){ f.effect.ratio, f.effect.low, f.effect.high90, f.effect.p, f.between, f.next_high,
			f.differ_p },
	    7);
	printf("\n");
}

int main(void)
{
	static const size_t sizes[] = { 6, 7, 9, 10, 15, 24, 49, 50, 51, 120, 300, 400 };

	rng = gsl_rng_alloc(gsl_rng_mt19937);
	gsl_rng_set(rng, 20);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++)
		for (int k = 0; k < 3; k++)
			paired(sizes[i], k * 0.1, 0);
	for (size_t n = 1; n <= 12; n++)
		for (int k = 0; k < 4; k++)
			paired(n, k * 0.1, 0.2);
	for (size_t n = 6; n <= 20; n += 2)
		for (int k = 0; k < 3; k++)
			unpaired(n, k == 2 ? 20 : n, k * 0.1, 0);
	unpaired(40, 30, 0.1, 0);
	unpaired(15, 120, 0.1, 0);
	for (size_t n = 2; n <= 7; n++)
		for (int k = 0; k < 3; k++)
			unpaired(n + 4, 6, k * 0.2, 0.2);
	for (size_t n = 1; n <= 61; n += 12)
		family(n);
	for (size_t n = 3; n <= 30; n++)
		drift(n, n % 3 * 0.03, 0);
	for (size_t n = 3; n <= 7; n++)
		drift(n, 0.1, 0.3);
	for (size_t n = 6; n <= 60; n += 3)
		median(n);
	for (size_t n = 10; n <= 40; n += 10)
		quantiles(n);
	for (size_t n = 6; n <= 50; n += 11)
		expanded(n);
	for (size_t n = 6; n <= 96; n *= 2)
		power(n, 0.01);
	for (size_t n = 3; n <= 24; n *= 2)
		for (int k = 0; k < 3; k++)
			fleet(n, k * 0.01);
	gsl_rng_free(rng);
	return 0;
}
