/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Signs and ends of statistics, where a slip is small enough to look right. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "stats/ranks.h"
#include "stats/effect.h"

/* Benjamini and Hochberg's: a smaller p never has a larger adjusted one. */
static void adjusted_p_keeps_the_order(void **state)
{
	const double p[] = { 0.02, 0.01, NAN, 0.0201 };
	double adjusted[4];

	(void)state;
	stats_adjust(p, 4, adjusted);
	assert_true(fabs(adjusted[0] - 0.0201) < 1e-12);
	assert_true(fabs(adjusted[1] - 0.0201) < 1e-12);
	assert_true(isnan(adjusted[2]));
	assert_true(fabs(adjusted[3] - 0.0201) < 1e-12);
}

/* Of so many random signs none is as extreme; that is not a probability of zero. */
static void a_resampled_p_is_never_zero(void **state)
{
	double d[STATS_EXACT_PAIRS + 10];

	(void)state;
	for (size_t i = 0; i < STATS_EXACT_PAIRS + 10; i++)
		d[i] = 1 + (double)i;
	assert_true(signed_rank(d, STATS_EXACT_PAIRS + 10).p > 0);
	assert_true(signed_rank(d, STATS_EXACT_PAIRS + 10).p < 0.001);
}

static void what_is_larger_has_a_positive_delta(void **state)
{
	const double larger[] = { 4, 5, 6 }, smaller[] = { 1, 2, 3 };
	struct effect e;

	(void)state;
	assert_int_equal(stats_effect(larger, smaller, 3, &e), 0);
	assert_true(e.cliff == 1);
	assert_int_equal(stats_effect(smaller, larger, 3, &e), 0);
	assert_true(e.cliff == -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(adjusted_p_keeps_the_order),
		cmocka_unit_test(a_resampled_p_is_never_zero),
		cmocka_unit_test(what_is_larger_has_a_positive_delta),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
