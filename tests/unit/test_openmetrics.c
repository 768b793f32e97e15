/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a dashboard gets of a series: its latest night and its last change. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "export/history_files.h"
#include "judge/history.h"

#define NIGHTS 3

static struct run loaded = { .gate = "fail" };
static struct history_run run[NIGHTS];
static struct history_night night[NIGHTS];
/* From 1 to 2, and then to 3. */
static struct history_point point[] = { { .change = { .at = 1, .before = 1, .after = 2 } },
					{ .change = { .at = 2, .before = 2, .after = 3 } } };

static struct history_series series_of(double last)
{
	for (size_t i = 0; i < NIGHTS; i++) {
		run[i] = (struct history_run){ .id = "r", .started_ns = (int64_t)(i + 1) * 1000000000 };
		night[i] = (struct history_night){ .run = &run[i],
						   .ratio = i + 1 < NIGHTS ? (double)i + 1 : last,
						   .median = 5,
						   .values = 6,
						   .pairs = 6 };
	}
	run[NIGHTS - 1].loaded = &loaded;
	return (struct history_series){ .host = "a",
					.policy = "fifo",
					.workload = "build",
					.metric = "time",
					.unit = "s",
					.better = BETTER_LOWER,
					.of_ratio = true,
					.night = night,
					.nr = NIGHTS,
					.point = point,
					.nr_points = 2 };
}

/* The value of a family, NAN: it is not there. */
static double exported(struct history_series s, const char *family)
{
	const struct history h = { .series = &s, .nr = 1 };
	char *text = history_openmetrics(&h), *name = NULL, *at;
	double value = NAN;

	assert_true(asprintf(&name, "\nscxbench_%s{", family) > 0);
	at = strstr(text, name);
	if (at)
		value = strtod(strstr(at, "} ") + 2, NULL);
	free(name);
	free(text);
	return value;
}

static void the_last_change_is_the_last(void **state)
{
	(void)state;
	assert_true(exported(series_of(3), "changes") == 2);
	assert_true(exported(series_of(3), "last_change_rise") == 0.5);
	assert_true(exported(series_of(3), "last_change_timestamp_seconds") == 3);
	assert_true(exported(series_of(3), "night_timestamp_seconds") == 3);
}

static void the_gate_says_whether_it_passed(void **state)
{
	(void)state;
	assert_true(exported(series_of(3), "gate_passed") == 0);
	loaded.gate = RUN_PASSED;
	assert_true(exported(series_of(3), "gate_passed") == 1);
	loaded.gate = NULL;
	assert_true(isnan(exported(series_of(3), "gate_passed")));
}

static void a_ratio_takes_six_blocks_and_is_finite(void **state)
{
	struct history_series s = series_of(3);

	(void)state;
	assert_true(exported(s, "ratio") == 3);
	night[NIGHTS - 1].pairs = 5;
	assert_true(isnan(exported(s, "ratio")));
	s = series_of(3);
	night[NIGHTS - 1].median = INFINITY;
	assert_true(isnan(exported(s, "median")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_last_change_is_the_last),
		cmocka_unit_test(the_gate_says_whether_it_passed),
		cmocka_unit_test(a_ratio_takes_six_blocks_and_is_finite),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("openmetrics", tests, NULL, NULL);
}
