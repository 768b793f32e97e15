/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The gate, and values that do not bear a pass. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "gate_run.h"

/* Samples of the policy, in so many of the first blocks, are multiplied. */
static void multiply(struct store_run *run, unsigned blocks, double by)
{
	for (size_t i = 0; i < run->nr; i++)
		if (!strcmp(run->sample[i].policy, "fifo") && run->sample[i].block <= blocks)
			run->sample[i].metrics.metric[0].value *= by;
}

/* Ranks do not see what happens in a few blocks; a user pays for it. */
static void stalls_in_a_few_blocks_do_not_pass(void **state)
{
	struct made now = before;
	struct judged j = { 0 };
	struct store_run a, b;

	(void)state;
	now.blocks = 300;
	a = made_run(&now);
	now.seed = 2;
	b = made_run(&now);
	multiply(&b, 15, 3);
	judge(&j, &a, &b);
	assert_int_equal(row_of(&j, "fifo")->ruling, RULING_INCONCLUSIVE);
	assert_non_null(strstr(row_of(&j, "fifo")->why, "the ratio of the totals is 1.1"));
	assert_int_not_equal(row_of(&j, "fifo")->v->judgement.verdict, VERDICT_EQUIVALENT);
	drop(&j);
}

static void values_without_a_ratio_do_not_leave_silently(void **state)
{
	struct store_run a = made_run(&before), b;
	struct made now = before;
	struct judged j = { 0 };

	(void)state;
	now.seed = 2;
	b = made_run(&now);
	multiply(&a, 9, 0);
	judge(&j, &a, &b);
	assert_int_equal(row_of(&j, "fifo")->ruling, RULING_INCONCLUSIVE);
	assert_string_equal(row_of(&j, "fifo")->why,
			    "9 pairs do not have a ratio: a value is zero or negative");
	drop(&j);
}

static void another_unit_is_no_number_to_compare(void **state)
{
	struct made now = before;

	(void)state;
	now.unit = "ms";
	rules(&now, RULING_MISSING);
}

/* As a clock of whole units has it. */
static void round_down(struct store_run *run)
{
	for (size_t i = 0; i < run->nr; i++)
		run->sample[i].metrics.metric[0].value = floor(run->sample[i].metrics.metric[0].value);
}

static void steps_of_the_clock(double fair, bool now_too, const char *why)
{
	struct made then = before, now = before;
	struct store_run a, b;
	struct judged j = { 0 };

	then.fair = now.fair = fair;
	now.seed = 2;
	a = made_run(&then);
	b = made_run(&now);
	round_down(&a);
	if (now_too)
		round_down(&b);
	judge(&j, &a, &b);
	assert_int_equal(row_of(&j, "fifo")->ruling, RULING_INCONCLUSIVE);
	assert_string_equal(row_of(&j, "fifo")->why, why);
	assert_int_not_equal(row_of(&j, "fifo")->v->judgement.verdict, VERDICT_EQUIVALENT);
	drop(&j);
}

/* Values of 4 and 4 hide a loss of 20 %. */
static void a_loss_that_a_step_hides_does_not_pass(void **state)
{
	(void)state;
	steps_of_the_clock(4.3, true, "all values are the same to the last digit");
	steps_of_the_clock(14.5, true, "the metric comes in steps of 7.14 % of its value");
	steps_of_the_clock(14.5, false, "the metric comes in steps of 7.14 % of its value");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(stalls_in_a_few_blocks_do_not_pass),
		cmocka_unit_test(values_without_a_ratio_do_not_leave_silently),
		cmocka_unit_test(another_unit_is_no_number_to_compare),
		cmocka_unit_test(a_loss_that_a_step_hides_does_not_pass),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
