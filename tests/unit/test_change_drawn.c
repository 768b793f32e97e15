/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What change.h promises, on drawn histories of every length up to 400 nights, looked at night by night. The
 * sanitizers watch.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>
#include <gsl/gsl_randist.h>
#include "stats/change.h"

#define LONGEST 400
#define HISTORIES 2000

static double normal_night(gsl_rng *rng, double before)
{
	(void)before;
	return gsl_ran_ugaussian(rng);
}

static double heavy_night(gsl_rng *rng, double before)
{
	(void)before;
	return gsl_ran_tdist(rng, 3);
}

static double cauchy_night(gsl_rng *rng, double before)
{
	(void)before;
	return gsl_ran_cauchy(rng, 1);
}

static double rounded_night(gsl_rng *rng, double before)
{
	(void)before;
	return round(gsl_ran_ugaussian(rng));
}

static double sluggish_night(gsl_rng *rng, double before)
{
	return 0.8 * before + gsl_ran_ugaussian(rng);
}

static double walking_night(gsl_rng *rng, double before)
{
	return before + 0.3 * gsl_ran_ugaussian(rng);
}

static double equal_night(gsl_rng *rng, double before)
{
	(void)rng;
	(void)before;
	return 0;
}

static double (*const noise[])(gsl_rng *rng, double before) = {
	normal_night, heavy_night, cauchy_night, rounded_night, sluggish_night, walking_night, equal_night,
};
#define NR_NOISES (sizeof(noise) / sizeof(*noise))

/* A step, an incident or a ramp, of a size that may be small or enormous, anywhere. */
static void draw_event(gsl_rng *rng, double *x, size_t n)
{
	static const double sizes[] = { 0.5, 2, 5, 30, 1e6 };
	size_t first = gsl_rng_uniform_int(rng, n), kind = gsl_rng_uniform_int(rng, 3);
	size_t length = kind ? 1 + gsl_rng_uniform_int(rng, kind == 1 ? 8 : 60) : n;
	double size = sizes[gsl_rng_uniform_int(rng, 5)] * (gsl_rng_uniform(rng) < 0.5 ? -1 : 1);

	for (size_t i = first; i < n; i++)
		if (kind == 2)
			x[i] += size * fmin((double)(i - first + 1) / length, 1);
		else if (i < first + length)
			x[i] += size;
}

static void draw_history(gsl_rng *rng, double *x, size_t n)
{
	size_t kind = gsl_rng_uniform_int(rng, NR_NOISES);
	double before = 0;

	for (size_t i = 0; i < n; i++)
		x[i] = before = noise[kind](rng, before);
	for (size_t events = gsl_rng_uniform_int(rng, 4); n && events; events--)
		draw_event(rng, x, n);
	for (size_t i = 0; i < n; i++)
		x[i] = 4 + 0.01 * x[i];
}

static void check_point(const struct change *c, const struct change *before, size_t n)
{
	assert_true(c->low <= c->at && c->at <= c->high && c->high <= c->seen && c->seen < n);
	assert_true(c->at > 0 && isfinite(c->before) && isfinite(c->after));
	assert_true(c->p > 0 && c->p <= CHANGE_ALPHA);
	if (before)
		assert_true(before->at < c->at && before->seen < c->seen);
	if (c->kind == CHANGE_INCIDENT)
		assert_true(c->at <= c->until && c->until < c->over && c->seen < c->over && c->over < n);
}

/* A level may become an incident, but only with the night that shows that it is over. */
static void check_same(const struct change *c, const struct change *later, size_t n)
{
	assert_true(c->seen == later->seen && c->at == later->at);
	assert_true(c->low == later->low && c->high == later->high && c->p == later->p);
	if (later->kind == CHANGE_INCIDENT && later->over < n)
		assert_true(c->kind == CHANGE_INCIDENT && c->until == later->until && c->over == later->over);
	else
		assert_true(c->kind == CHANGE_LEVEL);
}

/* Points of n nights: those of all nights that were seen by then. */
static void check_prefix(const double *x, size_t n, const struct change *all, size_t nr)
{
	double *copy =
		malloc(n * sizeof(*copy) + 1); /* of its own, so that a look beyond its end is noticed */
	struct change *c;
	size_t found;

	for (size_t i = 0; i < n; i++)
		copy[i] = x[i];
	found = stats_changes(copy, n, 0, &c);
	for (size_t i = 0; i < found; i++) {
		check_point(&c[i], i ? &c[i - 1] : NULL, n);
		assert_true(i < nr);
		check_same(&c[i], &all[i], n);
	}
	assert_true(found == nr || all[found].seen >= n);
	free(c);
	free(copy);
}

/* Short ones more often, and each night of them: the cost is of the square of the nights. */
static void drawn_histories_keep_the_promises(void **state)
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_taus2);
	double x[LONGEST];
	size_t points = 0;

	(void)state;
	for (unsigned i = 0; i < HISTORIES; i++) {
		size_t n = i % 50 ? i % 48 : gsl_rng_uniform_int(rng, LONGEST + 1), nr;
		struct change *all;

		draw_history(rng, x, n);
		nr = stats_changes(x, n, 0, &all);
		for (size_t nights = 0; nights <= n; nights += n < 50 ? 1 : 3)
			check_prefix(x, nights, all, nr);
		points += nr;
		free(all);
	}
	assert_true(points > HISTORIES / 4);
	gsl_rng_free(rng);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(drawn_histories_keep_the_promises) };

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("change, drawn", tests, NULL, NULL);
}
