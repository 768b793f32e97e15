/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Intervals that may be looked at after every block; tests/stats/simulate/sequence.c has how often they err.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>
#include "stats/ranks.h"
#include "stats/sequence.h"

static void near(double a, double b, double within)
{
	if (!(fabs(a - b) <= within))
		fail_msg("%.17g is not within %g of %.17g", a, within, b);
}

/* 1 to n, in an order that no look may depend on. */
static void count_up(double *d, size_t n)
{
	for (size_t i = 0; i < n; i++)
		d[i] = 1 + (double)(i * 61 % n);
}

static void few_values_have_none(void **state)
{
	const double d[] = { 1, 2, 3, 4, 5 };
	struct sequence s = stats_sequence(d, 5), none = stats_sequence(NULL, 0);

	(void)state;
	assert_true(isnan(s.low) && isnan(s.high));
	assert_true(isnan(none.low) && isnan(none.high));
}

/* Six values of mean 3.5 and variance 3.5; t(5) leaves that level out at 5.7. */
static void where_ranks_do_not_reach_it_is_students(void **state)
{
	const double d[] = { 1, 2, 3, 4, 5, 6 };
	struct sequence s = stats_sequence(d, 6);

	(void)state;
	near(sequence_level(6), 0.0052 * sqrt(0.2), 1e-15);
	near((s.low + s.high) / 2, 3.5, 1e-12);
	near((s.high - 3.5) / sqrt(3.5 / 6), 5.7, 0.05);
}

/* Of ten values only the ends of the Walsh averages, which are those of the data: 2 / 2^10 is below the
 * level. */
static void from_ten_on_it_is_of_ranks(void **state)
{
	double d[10];
	struct sequence s;

	(void)state;
	count_up(d, 10);
	s = stats_sequence(d, 10);
	assert_int_equal(signed_rank_critical(9, sequence_level(9) / 2), 0);
	assert_int_equal(signed_rank_critical(10, sequence_level(10) / 2), 1);
	near(s.low, 1, 0);
	near(s.high, 10, 0);
}

static void critical_values_are_those_of_the_tables(void **state)
{
	(void)state;
	/* P(T <= 8) of 10 is 0.0244, P(T <= 10) of 10 is 0.0420: Hollander, Wolfe, Chicken, table A.4. */
	assert_int_equal(signed_rank_critical(10, 0.025), 9);
	assert_int_equal(signed_rank_critical(10, 0.0420), 11);
	assert_int_equal(signed_rank_critical(5, 0.025), 0);
	assert_in_range(signed_rank_critical(301, 0.025), 19700, 19800);
}

/* It is wider than a fixed n's, and the same in any order of the blocks. */
static void looks_cost_width(void **state)
{
	double d[60], zero[60] = { 0 };

	(void)state;
	for (size_t n = STATS_MIN_PAIRS; n <= 60; n++) {
		struct shift fixed;
		struct sequence s;

		count_up(d, n);
		stats_shift(d, zero, NULL, n, &fixed);
		s = stats_sequence(d, n);
		assert_true(s.low < fixed.low && fixed.high < s.high);
		assert_true(sequence_level(n) <= sequence_level(30));
	}
}

static void a_look_has_nothing_of_a_fixed_n(void **state)
{
	const double x[] = { 2, 2.1, 1.9, 2.2, 2, 2.1 }, y[] = { 1, 1, 1, 1, 1, 1 };
	double log_of[6];
	struct effect e, fixed;
	struct shift shift;

	(void)state;
	for (size_t i = 0; i < 6; i++)
		log_of[i] = log(x[i]);
	stats_effect(x, y, 6, &fixed);
	e = fixed;
	effect_look(&e, log_of, 6);
	assert_true(e.low < fixed.low && e.high > fixed.high && e.ratio == fixed.ratio && e.n == 6);
	assert_true(isnan(e.p) && isnan(e.low90) && isnan(e.high90));
	stats_shift(x, y, NULL, 6, &shift);
	shift_look(&shift, log_of, 6);
	near(shift.low, log(e.low), 1e-12);
	assert_true(isnan(shift.p) && isnan(shift.low90) && isnan(shift.high90));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(few_values_have_none),
		cmocka_unit_test(where_ranks_do_not_reach_it_is_students),
		cmocka_unit_test(from_ten_on_it_is_of_ranks),
		cmocka_unit_test(critical_values_are_those_of_the_tables),
		cmocka_unit_test(looks_cost_width),
		cmocka_unit_test(a_look_has_nothing_of_a_fixed_n),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("sequence", tests, NULL, NULL);
}
