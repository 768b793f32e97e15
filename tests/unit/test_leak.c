/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The cumulated sum since a fixed night. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include "stats/leak.h"

#define NIGHTS 120

/* A zigzag of 1 % that no rank or chance moves; from "at" on "step" higher, and by "slope" a night. */
static void nights(double *x, size_t at, double step, double slope)
{
	static const double off[] = { 0, 0.01, -0.01, 0.005, -0.005, 0.008, -0.008 };

	for (size_t i = 0; i < NIGHTS; i++)
		x[i] = off[i * 5 % 7] + (i >= at ? step + slope * (i - at) : 0);
}

static size_t first_alarm(const double *x)
{
	size_t n = 1;

	while (n <= NIGHTS && !stats_leak(x, n).alarm)
		n++;
	return n - 1;
}

static void steady_nights_are_none(void **state)
{
	double x[NIGHTS];

	(void)state;
	nights(x, 0, 0, 0);
	assert_int_equal(first_alarm(x), NIGHTS);
	assert_true(isnan(stats_leak(x, LEAK_LEARN).sum));
	assert_true(fabs(stats_leak(x, NIGHTS).rise) < 0.006);
	nights(x, 60, -0.2, 0); /* what got better is no loss */
	assert_int_equal(first_alarm(x), NIGHTS);
}

/* A tenth of the noise a night: no night shows it, nor does a week. */
static void a_slow_loss_is_found(void **state)
{
	double x[NIGHTS];
	struct leak l;
	size_t at;

	(void)state;
	nights(x, 0, 0, 0.0007);
	at = first_alarm(x);
	assert_true(at < 60);
	l = stats_leak(x, at + 1);
	assert_in_range(l.seen, at - 2, at); /* the noise is known better than the night before */
	assert_true(l.since > LEAK_LEARN && l.since < at);
	assert_true(l.rise > 0.01 && l.rise < 0.05);
}

/* A loss that was accepted, as a gate with a moving baseline does, is one as long as it lasts. */
static void a_step_stays_an_alarm_until_it_is_gone(void **state)
{
	double x[NIGHTS];

	(void)state;
	nights(x, 40, 0.05, 0);
	assert_in_range(first_alarm(x), 43, 52);
	assert_true(stats_leak(x, NIGHTS).alarm);
	assert_true(fabs(stats_leak(x, NIGHTS).rise - 0.05) < 0.01);
	for (size_t i = NIGHTS - 10; i < NIGHTS; i++)
		x[i] -= 0.05;
	assert_false(stats_leak(x, NIGHTS).alarm);
}

static void one_wild_night_is_none(void **state)
{
	double x[NIGHTS];

	(void)state;
	nights(x, 0, 0, 0);
	x[50] = 3;
	x[80] = x[81] = 0.5;
	assert_int_equal(first_alarm(x), NIGHTS);
	for (size_t i = 0; i < NIGHTS; i++)
		x[i] = 1;
	assert_int_equal(first_alarm(x), NIGHTS); /* without noise there is no measure of a loss */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(steady_nights_are_none),
		cmocka_unit_test(a_slow_loss_is_found),
		cmocka_unit_test(a_step_stays_an_alarm_until_it_is_gone),
		cmocka_unit_test(one_wild_night_is_none),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
