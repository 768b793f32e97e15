/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a run's time went into, in a line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>
#include "judge/spent.h"

/* A second apart from each other, each of 2 s with a window of 1.5 s. */
static struct record *samples(size_t nr)
{
	static struct record r[8];

	for (size_t i = 0; i < nr; i++)
		r[i] = (struct record){ .boot = 1,
					.status = STATUS_OK,
					.started_ns = (int64_t)(100 + 3 * i) * 1000000000,
					.elapsed_s = 2,
					.window_s = 1.5 };
	return r;
}

static void says(const struct store_run *run, const char *text)
{
	char *said = spent_text(run);

	if (text)
		assert_string_equal(said, text);
	else
		assert_null(said);
	free(said);
}

static void windows_are_compared_with_all_that_passed(void **state)
{
	struct store_run run = { .sample = samples(4), .nr = 4 };

	(void)state;
	says(&run, "Of 11 s, 6 s (55 %) were measured windows; beside a timed sample went 0.50 s.");
	run.sample[3].instrumented = true;
	run.sample[3].elapsed_s = 5;
	says(&run, "Of 14 s, 6 s (43 %) were measured windows; beside a timed sample went 0.50 s, beside an "
		   "instrumented one 3.50 s.");
	run.nr = 1;
	run.sample = &run.sample[3];
	says(&run, "Of 5 s, 2 s (30 %) were measured windows; beside an instrumented sample went 3.50 s.");
}

static void a_window_that_is_no_data_point_was_not_measured(void **state)
{
	struct store_run run = { .sample = samples(3), .nr = 3 };

	(void)state;
	run.sample[0].warmup = true;
	run.sample[1].status = STATUS_VOID;
	says(&run, "Of 8 s, 2 s (19 %) were measured windows; beside a timed sample went 0.50 s.");
	run.sample[2].status = STATUS_VOID;
	says(&run, NULL);
	run.nr = 0;
	says(&run, NULL);
}

static void the_time_between_two_boots_is_not_the_run_s(void **state)
{
	struct store_run run = { .sample = samples(4), .nr = 4 };

	(void)state;
	run.sample[2].boot = run.sample[3].boot = 2;
	run.sample[2].started_ns += 1000 * (int64_t)1000000000;
	run.sample[3].started_ns += 1000 * (int64_t)1000000000;
	says(&run, "Of 10 s, 6 s (60 %) were measured windows; beside a timed sample went 0.50 s.");
}

static void a_clock_that_was_set_back_does_not_shorten_it(void **state)
{
	struct store_run run = { .sample = samples(4), .nr = 4 };

	(void)state;
	run.sample[3].started_ns = 0;
	says(&run, "Of 8 s, 6 s (75 %) were measured windows; beside a timed sample went 0.50 s.");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(windows_are_compared_with_all_that_passed),
		cmocka_unit_test(a_window_that_is_no_data_point_was_not_measured),
		cmocka_unit_test(the_time_between_two_boots_is_not_the_run_s),
		cmocka_unit_test(a_clock_that_was_set_back_does_not_shorten_it),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
