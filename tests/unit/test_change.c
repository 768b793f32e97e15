/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the points are; how often they are right is measured by tests/stats/simulate/change.c. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>
#include <gsl/gsl_randist.h>
#include "stats/change.h"
#include "stats/window.h"

#define NIGHTS 200

static void noise(double *x, size_t n)
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_taus2);

	for (size_t i = 0; i < n; i++)
		x[i] = 0.01 * gsl_ran_ugaussian(rng);
	gsl_rng_free(rng);
}

static size_t points(const double *x, size_t n)
{
	struct change *change;
	size_t nr = stats_changes(x, n, 0, &change);

	free(change);
	return nr;
}

static void steps_are_found_where_they_are(void **state)
{
	double x[NIGHTS];
	struct change *c;

	(void)state;
	noise(x, NIGHTS);
	for (size_t i = 60; i < NIGHTS; i++)
		x[i] += i < 140 ? 0.05 : 0.02;
	assert_int_equal(stats_changes(x, NIGHTS, 0, &c), 2);
	assert_int_equal(c[0].at, 60);
	assert_in_range(c[0].seen, 61, 62);
	assert_int_equal(c[1].at, 140);
	assert_in_range(c[1].seen, 141, 146);
	assert_true(c[0].low <= 60 && 60 <= c[0].high && c[1].low <= 140 && 140 <= c[1].high);
	assert_true(fabs(c[0].before) < 0.005 && fabs(c[0].after - 0.05) < 0.005);
	assert_true(c[1].before == c[0].after && fabs(c[1].after - 0.02) < 0.005);
	assert_true(c[0].p <= CHANGE_ALPHA && c[1].p <= CHANGE_ALPHA);
	free(c);
}

/* "As each night comes": the first n nights show the points that all nights do, up to there. */
static void later_nights_take_no_point_back(void **state)
{
	double x[NIGHTS];
	struct change *all, *c;
	size_t nr, k;

	(void)state;
	noise(x, NIGHTS);
	for (size_t i = 60; i < NIGHTS; i++)
		x[i] += i < 140 ? 0.05 : 0.02;
	nr = stats_changes(x, NIGHTS, 0, &all);
	for (size_t n = 0; n <= NIGHTS; n++) {
		size_t found = stats_changes(x, n, 0, &c);

		for (k = 0; k < nr && all[k].seen < n; k++)
			assert_true(c[k].seen == all[k].seen && c[k].at == all[k].at &&
				    c[k].low == all[k].low && c[k].high == all[k].high && c[k].p == all[k].p);
		assert_int_equal(found, k);
		free(c);
	}
	free(all);
}

static void a_wild_night_is_no_point(void **state)
{
	double x[NIGHTS];

	(void)state;
	noise(x, NIGHTS);
	x[100] = 5;
	x[150] = -5;
	assert_int_equal(points(x, NIGHTS), 0);
}

/* Counted instructions have no noise at all, and then one digit is another. */
static void a_changed_digit_is_a_point(void **state)
{
	double x[60];
	struct change *c;

	(void)state;
	for (size_t i = 0; i < 60; i++)
		x[i] = 7164;
	assert_int_equal(points(x, 60), 0);
	for (size_t i = 40; i < 60; i++)
		x[i] = 7165;
	assert_int_equal(stats_changes(x, 60, 0, &c), 1);
	assert_true(c->at == 40 && c->low == 40 && c->high == 40 && c->seen <= 42);
	assert_true(c->before == 7164 && c->after == 7165);
	free(c);
}

static void a_step_down_is_as_good_as_one_up_in_any_unit(void **state)
{
	double x[NIGHTS], mirrored[NIGHTS];
	struct change *a, *b;

	(void)state;
	noise(x, NIGHTS);
	for (size_t i = 0; i < NIGHTS; i++) {
		x[i] += i < 100 ? 0 : 0.03;
		mirrored[i] = -1024 * x[i];
	}
	assert_int_equal(stats_changes(x, NIGHTS, 0, &a), 1);
	assert_int_equal(stats_changes(mirrored, NIGHTS, 0, &b), 1);
	assert_true(a->at == b->at && a->seen == b->seen && a->p == b->p);
	free(a);
	free(b);
}

/* A night after it came back is on the old level, and so is what the next change is compared with. */
static void what_comes_back_is_an_incident(void **state)
{
	double x[NIGHTS];
	struct change *c;

	(void)state;
	noise(x, NIGHTS);
	for (size_t i = 60; i < 65; i++)
		x[i] += 0.1;
	for (size_t i = 140; i < NIGHTS; i++)
		x[i] += 0.05;
	assert_int_equal(stats_changes(x, NIGHTS, 0, &c), 2);
	assert_int_equal(c[0].kind, CHANGE_INCIDENT);
	assert_true(c[0].at == 60 && c[0].until == 64 && c[0].seen <= 62);
	assert_in_range(c[0].over, 67, 68);
	assert_true(fabs(c[0].before) < 0.005 && fabs(c[0].after - 0.1) < 0.01);
	assert_true(c[1].kind == CHANGE_LEVEL && c[1].at == 140 && c[1].before == c[0].before);
	free(c);
	assert_int_equal(stats_changes(x, 66, 0, &c), 1);
	assert_true(c[0].kind == CHANGE_LEVEL && c[0].at == 60);
	free(c);
}

/* A month on another level is no incident: it came with something, and went with something. */
static void a_month_is_two_changes(void **state)
{
	double x[NIGHTS];
	struct change *c;

	(void)state;
	noise(x, NIGHTS);
	for (size_t i = 60; i < 90; i++)
		x[i] += 0.1;
	assert_int_equal(stats_changes(x, NIGHTS, 0, &c), 2);
	assert_true(c[0].kind == CHANGE_LEVEL && c[0].at == 60);
	assert_true(c[1].kind == CHANGE_LEVEL && c[1].at == 90);
	free(c);
}

static void what_is_too_small_is_no_point(void **state)
{
	double x[NIGHTS];
	struct change *c;

	(void)state;
	noise(x, NIGHTS);
	for (size_t i = 0; i < NIGHTS; i++)
		x[i] = 0.1 * x[i] + (i < 100 ? 0 : 0.004);
	assert_int_equal(stats_changes(x, NIGHTS, 0.005, &c), 0);
	assert_int_equal(stats_changes(x, NIGHTS, 0.003, &c), 1);
	free(c);
}

/* A point of little evidence, and three nights of a real step after it: of another kind than what came
 * before. */
static void a_step_soon_after_a_doubtful_point(void **state)
{
	static const double x[] = { 0,	  -.002, -.006, 0,   -.007, -.005, -.005, .001, -.006, .009,  .006,
				    .009, .004,	 .002,	.01, .003,  -.004, .01,	  0,	-.01,  -.005, 0,
				    -.01, 0,	 0,	0,   -.01,  0,	   .012,  .03,	.03,   .03 };
	size_t n = sizeof(x) / sizeof(*x), nr;
	struct change *c;

	(void)state;
	nr = stats_changes(x, n, 0, &c);
	assert_true(nr > 0);
	for (size_t i = 0; i < nr; i++)
		assert_true(c[i].low <= c[i].at && c[i].at <= c[i].high && c[i].high <= c[i].seen);
	assert_in_range(c[nr - 1].at, 28, 29);
	assert_in_range(c[nr - 1].seen, 30, 31);
	free(c);
}

static void few_nights_show_nothing(void **state)
{
	double x[12] = { 1, 2, 1, 2, 1, 2, 1, 2, 1, 90, 91, 90 };

	(void)state;
	for (size_t n = 0; n <= 12; n++)
		assert_int_equal(points(x, n), 0);
}

static int ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double median(double *x, size_t n)
{
	qsort(x, n, sizeof(*x), ascending);
	return (x[(n - 1) / 2] + x[n / 2]) / 2;
}

/* Against the definition, over windows of every length, with ties. */
static void the_window_knows_its_median_and_scale(void **state)
{
	double room[40], x[NIGHTS], copy[40];

	(void)state;
	noise(x, NIGHTS);
	for (size_t length = 1; length <= 40; length++) {
		struct window w = { .sorted = room };

		for (size_t i = 0; i < NIGHTS; i++) {
			double middle, deviation;

			x[i] = round(x[i] * 1000) / 1000;
			if (w.n == length)
				window_drop(&w, x[i - length]);
			window_add(&w, x[i]);
			for (size_t k = 0; k < w.n; k++)
				copy[k] = x[i - k];
			middle = median(copy, w.n);
			assert_true(window_median(&w) == middle);
			for (size_t k = 0; k < w.n; k++)
				copy[k] = fabs(x[i - k] - middle);
			deviation = median(copy, w.n);
			if (deviation > 0)
				assert_true(fabs(window_scale(&w) - 1.4826 * deviation) < 1e-15);
		}
	}
}

static void more_than_half_alike_still_have_a_scale(void **state)
{
	double room[5];
	struct window w = { .sorted = room };

	(void)state;
	for (size_t i = 0; i < 4; i++)
		window_add(&w, 3);
	assert_true(window_scale(&w) == 0);
	window_add(&w, 8);
	assert_true(fabs(window_scale(&w) - 1.2533) < 1e-12); /* mean deviation 5 / 5 */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(steps_are_found_where_they_are),
		cmocka_unit_test(later_nights_take_no_point_back),
		cmocka_unit_test(a_wild_night_is_no_point),
		cmocka_unit_test(a_changed_digit_is_a_point),
		cmocka_unit_test(a_step_down_is_as_good_as_one_up_in_any_unit),
		cmocka_unit_test(what_comes_back_is_an_incident),
		cmocka_unit_test(a_month_is_two_changes),
		cmocka_unit_test(what_is_too_small_is_no_point),
		cmocka_unit_test(a_step_soon_after_a_doubtful_point),
		cmocka_unit_test(few_nights_show_nothing),
		cmocka_unit_test(the_window_knows_its_median_and_scale),
		cmocka_unit_test(more_than_half_alike_still_have_a_scale),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("change", tests, NULL, NULL);
}
