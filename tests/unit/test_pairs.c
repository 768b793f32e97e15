/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a pair is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include "judge/pairs.h"

#define BLOCKS 9

static const double mine[BLOCKS] = { NAN, 2, 4, NAN, 6, 0, 3, 9, 5 };
static const double fair[BLOCKS] = { NAN, 1, 2, 3, NAN, 5, 0, 3, 2 };
static const unsigned boot[BLOCKS] = { 0, 1, 1, 1, 1, 1, 2, 2, 2 };

static void a_block_without_a_positive_value_of_both_is_not_a_pair(void **state)
{
	struct pairs p = pairs_of(mine, fair, NULL, BLOCKS);

	(void)state;
	assert_int_equal(p.n, 4);
	assert_null(p.boot);
	assert_true(p.x[1] == 4 && p.y[1] == 2);
	assert_true(p.x[3] == 5 && p.y[3] == 2);
	pairs_free(&p);
}

static void without_another_side_every_positive_value_counts(void **state)
{
	struct pairs p = pairs_of(mine, NULL, NULL, BLOCKS);
	struct values v = pairs_ratios(&p);

	(void)state;
	assert_int_equal(v.n, 6);
	assert_true(v.value[2] == 6);
	free((void *)v.value);
	pairs_free(&p);
}

static void check_ratio(const unsigned *boots, size_t n)
{
	struct pairs p = pairs_of(mine, fair, boots, BLOCKS);
	struct values v = pairs_ratios(&p);
	struct effect e;

	pairs_effect(&p, &e);
	assert_int_equal(e.n, n);
	assert_int_equal(v.n, n);
	assert_true(fabs(stats_middle(&v) - e.ratio) < 1e-12);
	free((void *)v.value);
	pairs_free(&p);
}

static void the_middle_of_the_ratios_is_the_ratio_of_the_effect(void **state)
{
	(void)state;
	check_ratio(NULL, 4);
	check_ratio(boot, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_block_without_a_positive_value_of_both_is_not_a_pair),
		cmocka_unit_test(without_another_side_every_positive_value_counts),
		cmocka_unit_test(the_middle_of_the_ratios_is_the_ratio_of_the_effect),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("pairs", tests, NULL, NULL);
}
