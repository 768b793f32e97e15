/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Changes of a share, by counts. tests/stats/simulate/counts.c has how often they err. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>
#include "stats/counts.h"

#define NIGHTS 100

/* Nights of 15 samples; from a night on another number of them is lost. */
static void fill(struct count *x, size_t from, unsigned k)
{
	for (size_t i = from; i < NIGHTS; i++)
		x[i] = (struct count){ k, 15 };
}

static void steady_nights_have_no_change(void **state)
{
	struct count x[NIGHTS];
	struct count_change *change;

	(void)state;
	for (unsigned k = 0; k <= 15; k += 5) {
		fill(x, 0, k);
		assert_int_equal(stats_count_changes(x, NIGHTS, &change), 0);
		free(change);
	}
	assert_int_equal(stats_count_changes(x, 0, &change), 0);
	assert_true(isnan(stats_count_share(x, 0)));
}

static void one_bad_night_is_none(void **state)
{
	struct count x[NIGHTS];
	struct count_change *change;

	(void)state;
	fill(x, 0, 0);
	x[40].k = 15;
	assert_int_equal(stats_count_changes(x, NIGHTS, &change), 0);
	free(change);
}

static void a_change_is_put_where_it_was_and_found_soon(void **state)
{
	struct count x[NIGHTS];
	struct count_change *change;

	(void)state;
	fill(x, 0, 0);
	fill(x, 50, 3);
	assert_int_equal(stats_count_changes(x, NIGHTS, &change), 1);
	assert_int_equal(change[0].at, 50);
	assert_in_range(change[0].seen, 51, 53);
	assert_true(change[0].before == 0 && fabs(change[0].after - 0.2) < 1e-12);
	assert_true(change[0].p <= COUNTS_ALPHA);
	free(change);
}

/* However clear it is. */
static void a_change_has_five_nights_before_it(void **state)
{
	struct count x[NIGHTS];
	struct count_change *change;

	(void)state;
	fill(x, 0, 0);
	fill(x, 3, 15);
	assert_int_equal(stats_count_changes(x, 60, &change), 0);
	free(change);
}

static void there_and_back_are_two(void **state)
{
	struct count x[NIGHTS];
	struct count_change *change;

	(void)state;
	fill(x, 0, 0);
	fill(x, 40, 15);
	fill(x, 60, 0);
	assert_int_equal(stats_count_changes(x, NIGHTS, &change), 2);
	assert_int_equal(change[0].at, 40);
	assert_int_equal(change[1].at, 60);
	assert_true(change[1].before == 1 && change[1].after == 0);
	free(change);
}

/* What was reported once is in every later history. */
static void a_later_night_changes_no_report(void **state)
{
	struct count x[NIGHTS];
	struct count_change *all, *some;
	size_t nr, first;

	(void)state;
	fill(x, 0, 0);
	fill(x, 30, 4);
	fill(x, 70, 1);
	nr = stats_count_changes(x, NIGHTS, &all);
	for (size_t n = 0; n <= NIGHTS; n++) {
		first = stats_count_changes(x, n, &some);
		assert_true(first <= nr);
		for (size_t i = 0; i < first; i++)
			assert_true(some[i].at == all[i].at && some[i].seen == all[i].seen);
		free(some);
	}
	free(all);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(steady_nights_have_no_change),
		cmocka_unit_test(one_bad_night_is_none),
		cmocka_unit_test(a_change_is_put_where_it_was_and_found_soon),
		cmocka_unit_test(a_change_has_five_nights_before_it),
		cmocka_unit_test(there_and_back_are_two),
		cmocka_unit_test(a_later_night_changes_no_report),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("counts", tests, NULL, NULL);
}
