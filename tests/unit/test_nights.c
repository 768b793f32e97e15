/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How far nights lie apart, and what two runs and one more night then show. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <math.h>
#include <gsl/gsl_cdf.h>
#include "stats/nights.h"

static const struct night_rule all = { 0.005, 0 };

static void near(double got, double want, double by)
{
	if (!(fabs(got - want) <= by))
		fail_msg("%.12g and not %.12g", got, want);
}

/* Nights of one block: no part of the spread is the blocks'. */
static struct night_spread spread_of(const double *x, size_t n, const struct night_rule *rule)
{
	struct night_ratio night[64];

	for (size_t i = 0; i < n; i++)
		night[i] = (struct night_ratio){ x[i], NAN };
	return stats_night_spread(night, n, rule);
}

/* The median is 0.02; the distances' squares sum to 0.001. */
static void a_spread_by_hand(void **state)
{
	static const double x[] = { 0, 0.01, 0.02, 0.03, 0.04 };
	static const double tonight[] = { 1.0512710963760241 }; /* exp(0.05) */
	struct night_spread s = spread_of(x, 5, &all);
	double sd = sqrt(0.001 / 4), df = 4 * NIGHTS_DF, error = sd * sqrt(1 + M_PI_2 / 5);
	struct effect e;

	(void)state;
	near(s.level, 0.02, 1e-12);
	near(s.sd, sd, 1e-12);
	near(s.between, sd, 1e-12);
	near(s.df, df, 0);
	assert_int_equal(s.recent, 5);
	assert_int_equal(stats_next_night(&(struct values){ tonight, 1 }, &s, &e), 0);
	assert_int_equal(e.n, 5);
	near(log(e.ratio), 0.03, 1e-12);
	near(log(e.high), 0.03 + gsl_cdf_tdist_Pinv(0.975, df) * error, 1e-9);
	near(log(e.low90), 0.03 - gsl_cdf_tdist_Pinv(0.95, df) * error, 1e-9);
	near(e.p, 2 * gsl_cdf_tdist_Q(0.03 / error, df), 1e-12);
	near(stats_runs_within(&e, s.df, 0.2), gsl_cdf_tdist_Q((log(1.2) - 0.03) / error, df), 1e-9);
}

/* What blocks explain is not the nights'. */
static void the_blocks_part_is_taken_off(void **state)
{
	struct night_ratio night[7];
	struct night_spread s;

	(void)state;
	for (int i = 0; i < 7; i++)
		night[i] = (struct night_ratio){ 0.01 * (i - 3), 0.01 };
	s = stats_night_spread(night, 7, &all);
	near(s.between, sqrt(s.sd * s.sd - 0.0001), 1e-12);
	for (int i = 0; i < 7; i++)
		night[i].error = 0.1;
	near(stats_night_spread(night, 7, &all).between, 0, 0);
}

/* A wild night among seven is not what nights differ by, nor a level. */
static void one_wild_night_moves_little(void **state)
{
	static const double steady[] = { 0, 0.003, -0.002, 0.001, 0.002, -0.003, -0.001 },
			    wild[] = { 0, 0.003, -0.002, 0.1, 0.002, -0.003, -0.001 };
	struct night_spread a = spread_of(steady, 7, &all), b = spread_of(wild, 7, &all);

	(void)state;
	near(b.level, a.level, 0.001);
	assert_true(b.sd < 3 * a.sd); /* by itself 0.038, 16 times as much */
}

/* After a step the old nights are not the level, and the step is not how far nights lie apart. */
static void a_step_is_two_levels(void **state)
{
	double x[40];
	struct night_spread s;
	struct effect e;

	(void)state;
	for (int i = 0; i < 40; i++)
		x[i] = 0.002 * (i % 3 - 1) + (i >= 30 ? 0.08 : 0);
	s = spread_of(x, 40, &all);
	assert_int_equal(s.nr, 40);
	assert_int_equal(s.recent, 10);
	near(s.level, 0.08, 0.002);
	assert_true(s.sd < 0.003);
	s = spread_of(x, 33, &all); /* three nights on the new level are too few to compare with */
	assert_int_equal(s.recent, 3);
	stats_next_night(&(struct values){ (double[]){ 1 }, 1 }, &s, &e);
	assert_true(isnan(e.low) && !isnan(e.ratio));
	s = spread_of(x, 40, &(struct night_rule){ 0.005, 7 });
	assert_int_equal(s.recent, 7);
	assert_int_equal(s.nr, 40);
}

/* Two runs with hardly any noise of their own, and nights that lie 1 % apart: the interval is that of nights.
 */
static void two_runs_have_the_nights_spread(void **state)
{
	static const double x[] = { 1.02, 1.0201, 1.0199, 1.02, 1.0201, 1.0199 },
			    y[] = { 1, 1.0001, 0.9999, 1, 1.0001, 0.9999 };
	double night[10];
	struct values a = { x, 6 }, b = { y, 6 };
	struct night_spread s;
	struct effect e;

	(void)state;
	for (int i = 0; i < 10; i++)
		night[i] = 0.01 * (i % 2 ? 1 : -1);
	s = spread_of(night, 10, &all);
	assert_int_equal(stats_two_runs(&a, &b, &s, &e), 0);
	near(e.ratio, 1.02, 1e-4);
	assert_true(e.low < 1 && e.high > 1.04 && e.p > 0.05);
	assert_true(stats_runs_decide(&e, &s));
	s = spread_of(night, 5, &all);
	stats_two_runs(&a, &b, &s, &e);
	assert_true(isnan(e.low) && isnan(e.p) && !isnan(e.ratio)); /* nothing is concluded of five nights */
}

static void what_is_absent_has_no_interval(void **state)
{
	struct night_spread none = stats_night_spread(NULL, 0, &all), many;
	static const double zero[] = { 1, 0 }, one[] = { 1 };
	double night[8];
	struct effect e;

	(void)state;
	for (int i = 0; i < 8; i++)
		night[i] = 0.01 * i;
	many = spread_of(night, 8, &all);
	assert_int_equal(none.nr, 0);
	assert_true(isnan(none.level));
	stats_next_night(&(struct values){ one, 1 }, &none, &e);
	assert_true(isnan(e.low) && isnan(e.ratio));
	assert_int_equal(stats_next_night(&(struct values){ zero, 2 }, &many, &e), -EINVAL);
	many.error = 0.001; /* nights of many blocks say nothing of one block */
	stats_next_night(&(struct values){ one, 1 }, &many, &e);
	assert_true(isnan(e.low));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_spread_by_hand),
		cmocka_unit_test(the_blocks_part_is_taken_off),
		cmocka_unit_test(one_wild_night_moves_little),
		cmocka_unit_test(a_step_is_two_levels),
		cmocka_unit_test(two_runs_have_the_nights_spread),
		cmocka_unit_test(what_is_absent_has_no_interval),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
