/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Events in a time. The values are those of R's poisson.test() and of tables. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <gsl/gsl_randist.h>
#include "stats/poisson.h"

#define NR(a) (sizeof(a) / sizeof(*(a)))

static void near(double a, double b, double within)
{
	if (!(fabs(a - b) <= within))
		fail_msg("%.17g is not within %g of %.17g", a, within, b);
}

static void rates_have_garwoods_bounds(void **state)
{
	static const struct {
		struct events x;
		double low, high;
	} cases[] = {
		{ { 0, 1 }, 0, 3.688879 },	    { { 1, 1 }, 0.02531781, 5.571643 },
		{ { 10, 1 }, 4.795389, 18.39036 },  { { 10, 8 }, 4.795389 / 8, 18.39036 / 8 },
		{ { 100, 1 }, 81.36393, 121.6268 },
	};

	(void)state;
	for (size_t i = 0; i < NR(cases); i++) {
		struct interval rate = stats_rate(cases[i].x);

		near(rate.value, cases[i].x.k / cases[i].x.t, 1e-12);
		near(rate.low, cases[i].low, 1e-4);
		near(rate.high, cases[i].high, 1e-4);
	}
	assert_true(isnan(stats_rate((struct events){ 3, 0 }).value));
}

/* The bounds are those rates at which so many, or so few, have a probability of 2.5 %. */
static void bounds_are_exact(void **state)
{
	(void)state;
	for (unsigned k = 1; k < 40; k += 3) {
		struct interval rate = stats_rate((struct events){ k, 2.5 });
		double fewer = 0, up_to = 0;

		for (unsigned i = 0; i < k; i++)
			fewer += gsl_ran_poisson_pdf(i, rate.low * 2.5);
		for (unsigned i = 0; i <= k; i++)
			up_to += gsl_ran_poisson_pdf(i, rate.high * 2.5);
		near(1 - fewer, 0.025, 1e-9);
		near(up_to, 0.025, 1e-9);
	}
}

/* poisson.test(c(11, 21), c(800, 3011)), the example of its page; others by the definition. */
static void two_rates_are_compared_as_r_does(void **state)
{
	struct events x = { 11, 800 }, y = { 21, 3011 };
	struct interval ratio = stats_rates_ratio(x, y);

	(void)state;
	near(stats_rates_p(x, y), 0.07967, 5e-6);
	near(stats_rates_p(y, x), 0.07967, 5e-6);
	near(ratio.value, 1.971488, 1e-6);
	near(ratio.low, 0.8584264, 1e-6);
	near(ratio.high, 4.2772659, 1e-6);
	near(stats_rates_p((struct events){ 6, 1 }, (struct events){ 0, 1 }), 2.0 / 64, 1e-12);
	near(stats_rates_p((struct events){ 3, 1 }, (struct events){ 3, 1 }), 1, 1e-12);
	assert_true(isnan(stats_rates_p(x, (struct events){ 1, 0 })));
}

static void without_an_event_nothing_is_known_of_a_ratio(void **state)
{
	struct events none = { 0, 5 }, some = { 4, 5 };

	(void)state;
	near(stats_rates_p(none, none), 1, 0);
	assert_true(isnan(stats_rates_ratio(none, none).value) && stats_rates_ratio(none, none).low == 0);
	assert_true(isinf(stats_rates_ratio(none, none).high));
	assert_true(isinf(stats_rates_ratio(some, none).value) && isinf(stats_rates_ratio(some, none).high));
	assert_true(stats_rates_ratio(some, none).low > 0 && stats_rates_ratio(none, some).low == 0);
}

/* The interval of the ratio leaves 1 out only where the one-sided test does at 2.5 %. */
static void interval_and_test_agree(void **state)
{
	(void)state;
	for (unsigned k = 0; k < 30; k++)
		for (unsigned l = 0; l < 30; l += 5) {
			struct events x = { k, 1 }, y = { l, 1 };
			struct interval ratio = stats_rates_ratio(x, y);

			if (k + l && (ratio.low > 1 || ratio.high < 1))
				assert_true(stats_rates_p(x, y) < 0.05 + 1e-9);
		}
}

static void short_runs_show_little(void **state)
{
	(void)state;
	near(stats_rate_time(1), 2.995732, 1e-6);
	near(stats_rate_time(1.0 / 24), 71.89757, 1e-5);
	assert_int_equal(stats_rates_least(1, 1), 6);
	assert_int_equal(stats_rates_least(1, 9), 2);
	assert_true(stats_rates_least(9, 1) > 20);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rates_have_garwoods_bounds),
		cmocka_unit_test(bounds_are_exact),
		cmocka_unit_test(two_rates_are_compared_as_r_does),
		cmocka_unit_test(without_an_event_nothing_is_known_of_a_ratio),
		cmocka_unit_test(interval_and_test_agree),
		cmocka_unit_test(short_runs_show_little),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("poisson", tests, NULL, NULL);
}
