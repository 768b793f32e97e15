/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Drawn nights of a series, without a change: what the simulations of change points share. Seeded. */
#pragma once
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <gsl/gsl_randist.h>
#include "stats/change.h"

#define NR(a) (sizeof(a) / sizeof(*(a)))

struct noise {
	const char *name;
	double (*next)(gsl_rng *rng, double before, size_t night); /* standard deviation 1, mostly */
};

static double normal(gsl_rng *rng, double before, size_t night)
{
	(void)before;
	(void)night;
	return gsl_ran_ugaussian(rng);
}

static double heavy(gsl_rng *rng, double before, size_t night)
{
	(void)before;
	(void)night;
	return gsl_ran_tdist(rng, 3) / sqrt(3);
}

static double heaviest(gsl_rng *rng, double before, size_t night)
{
	(void)before;
	(void)night;
	return gsl_ran_cauchy(rng, 0.5);
}

static double skewed(gsl_rng *rng, double before, size_t night)
{
	(void)before;
	(void)night;
	return gsl_ran_exponential(rng, 1);
}

static double wild(gsl_rng *rng, double before, size_t night)
{
	(void)before;
	(void)night;
	return gsl_ran_ugaussian(rng) * (gsl_rng_uniform(rng) < 0.05 ? 8 : 1);
}

static double coarse(gsl_rng *rng, double before, size_t night)
{
	(void)before;
	(void)night;
	return round(gsl_ran_ugaussian(rng));
}

static double weekly(gsl_rng *rng, double before, size_t night)
{
	(void)before;
	return gsl_ran_ugaussian(rng) + (night % 7 > 4 ? 2 : 0);
}

static double correlated(gsl_rng *rng, double before, size_t night)
{
	(void)night;
	return 0.2 * before + sqrt(1 - 0.2 * 0.2) * gsl_ran_ugaussian(rng);
}

static double sluggish(gsl_rng *rng, double before, size_t night)
{
	(void)night;
	return 0.5 * before + sqrt(1 - 0.5 * 0.5) * gsl_ran_ugaussian(rng);
}

static const struct noise noises[] = {
	{ "normal", normal },
	{ "Student's t, 3 degrees of freedom", heavy },
	{ "Cauchy, quartiles half a percent away", heaviest },
	{ "exponential", skewed },
	{ "normal, one night in 20 with eight times the noise", wild },
	{ "normal, rounded to whole standard deviations", coarse },
	{ "normal, two nights of a week higher by two deviations", weekly },
	{ "normal, autocorrelation 0.2", correlated },
	{ "normal, autocorrelation 0.5", sluggish },
};

/* Nights around 100 with a noise of 1 %, as logs, as the history has them. */
static inline void draw_nights(gsl_rng *rng, const struct noise *noise, double *x, size_t n)
{
	double e = 0;

	for (size_t i = 0; i < n; i++) {
		e = noise->next(rng, e, i);
		x[i] = log(100) + 0.01 * e;
	}
}

#define SMALLEST log(1.005) /* as the history has it */

static inline int report(int number, bool holds, const char *what, double measured)
{
	printf("%sok %d - %s: %.3f\n", holds ? "" : "not ", number, what, measured);
	return !holds;
}
