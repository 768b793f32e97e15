/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the simulations share: noise, and TAP. Seeded: the same digits each time. An argument multiplies the
 * number of synthetic runs, for tables with a smaller error than a test needs.
 */
#pragma once
#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

enum noise { NORMAL, SKEWED, HEAVY, NR_NOISE };
static const char *const noise_name[NR_NOISE]
	__attribute__((unused)) = { "normal", "lognormal", "Student's t, 3 degrees" };

static gsl_rng *rng;
static unsigned tests, failed;

/* One sample's noise, in log, of standard deviation 1: skewed is a shifted lognormal, heavy has no 4th
 * moment. */
static inline double draw(enum noise noise)
{
	switch (noise) {
	case SKEWED:
		return (gsl_ran_lognormal(rng, 0, 1) - exp(0.5)) / sqrt(exp(2) - exp(1));
	case HEAVY:
		return gsl_ran_tdist(rng, 3) / sqrt(3);
	default:
		return gsl_ran_gaussian_ziggurat(rng, 1);
	}
}

/* The same kinds, of 2 %, and one more: one sample in ten stalls, and takes half as long again. */
enum { STALLS = NR_NOISE, NR_KINDS };

static inline const char *kind_name(unsigned kind)
{
	return kind == STALLS ? "stalls" : noise_name[kind];
}

static inline double sample_of(unsigned kind)
{
	if (kind == STALLS)
		return 0.01 * draw(NORMAL) + (gsl_rng_uniform(rng) < 0.1 ? log(1.5) : 0);
	return 0.02 * draw((enum noise)kind);
}

/* n blocks: fair's values and a policy's, each sample with its own noise, each block with a speed of its own.
 */
static inline void draw_run(enum noise noise, double ratio, size_t n, double *policy, double *fair)
{
	for (size_t i = 0; i < n; i++) {
		double block = exp(gsl_ran_gaussian_ziggurat(rng, 0.1));

		fair[i] = block * exp(0.02 * draw(noise));
		policy[i] = block * ratio * exp(0.02 * draw(noise));
	}
}

static inline double standard_error(double share, double runs)
{
	return sqrt(share * (1 - share) / runs);
}

__attribute__((format(printf, 2, 3))) static inline void ok(bool good, const char *fmt, ...)
{
	va_list args;

	printf("%sok %u - ", good ? "" : "not ", ++tests);
	failed += !good;
	va_start(args, fmt);
	vprintf(fmt, args);
	va_end(args);
	printf("\n");
}

static inline unsigned begin(int argc, char **argv)
{
	rng = gsl_rng_alloc(gsl_rng_mt19937);
	gsl_rng_set(rng, 20);
	return argc > 1 ? (unsigned)strtoul(argv[1], NULL, 10) : 1;
}

static inline int end(void)
{
	gsl_rng_free(rng);
	printf("1..%u\n", tests);
	return failed ? 1 : 0;
}
