/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>
#include <cmocka.h>
#include "util/clock.h"

static void seconds_and_ns_are_of_one_clock(void **state)
{
	uint64_t before = clock_ns();
	double now = clock_s();
	uint64_t after = clock_ns();

	(void)state;
	assert_true(now >= (double)before / 1e9 && now <= (double)after / 1e9);
	assert_true(clock_ns_of(CLOCK_MONOTONIC) >= after);
}

static void real_time_is_that_of_the_calendar(void **state)
{
	time_t before = time(NULL);
	uint64_t now = clock_ns_of(CLOCK_REALTIME);

	(void)state;
	assert_true(now / 1000000000 + 1 >= (uint64_t)before && now / 1000000000 <= (uint64_t)time(NULL) + 1);
}

static void a_wait_lasts_as_long_as_it_says(void **state)
{
	double begun = clock_s();

	(void)state;
	clock_sleep(0.01);
	assert_true(clock_s() >= begun + 0.01);
	clock_sleep_until(begun + 0.03);
	assert_true(clock_s() >= begun + 0.03);
	clock_sleep_until(begun);
	clock_sleep(-1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(seconds_and_ns_are_of_one_clock),
		cmocka_unit_test(real_time_is_that_of_the_calendar),
		cmocka_unit_test(a_wait_lasts_as_long_as_it_says),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("clock", tests, NULL, NULL);
}
