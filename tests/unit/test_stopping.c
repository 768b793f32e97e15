/* SPDX-License-Identifier: GPL-2.0-or-later */
/* When a run ends before its blocks are all taken. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "record/role.h"
#include "run/session.h"
#include "run/stopping.h"

#define BLOCKS 40

/* fair, two policies and fair again on two workloads. */
static struct workload works[] = { { .name = "build", .primary = "time" },
				   { .name = "hackbench", .primary = "time" } };

static struct bench make_bench(double precision, double budget_s)
{
	static const struct purpose plain = { .fair = true };
	struct bench b = { .purpose = &plain,
			   .nr_policies = 4,
			   .nr_workloads = 2,
			   .precision = precision,
			   .budget_s = budget_s };
	static char *const names[] = { "fair", "fifo", "vtime", FAIR_NAME TWIN_MARK };

	for (unsigned i = 0; i < 4; i++)
		b.policy[i].text = names[i];
	b.workload[0] = &works[0];
	b.workload[1] = &works[1];
	b.spec = (struct plan_spec){ .policies = 4, .workloads = 2, .blocks = BLOCKS, .seed = 1 };
	assert_int_equal(plan_make(&b.spec, &b.plan), 0);
	return b;
}

/* The value of an item; NAN: its sample fails. */
typedef double value_fn(const struct plan_item *it);

static void note(struct stopping *s, const struct plan_item *it, double value)
{
	struct record r = { .status = isnan(value) ? STATUS_FAILED : STATUS_OK, .elapsed_s = 2 };

	if (!isnan(value))
		metrics_add(&r.metrics, "time", "s", BETTER_LOWER, value);
	stopping_note(s, it, &r);
	record_free(&r);
}

/* The block after which the run ends, and why. */
static unsigned ends_after(struct bench *b, value_fn *value, char **why)
{
	struct stopping *s = stopping_begin(b);
	unsigned block = 0;

	*why = NULL;
	for (size_t i = 0; !*why && i < b->plan.nr; i++) {
		note(s, &b->plan.item[i], value(&b->plan.item[i]));
		if (i + 1 == b->plan.nr || b->plan.item[i + 1].block != b->plan.item[i].block)
			*why = stopping_why(s, block = b->plan.item[i].block);
	}
	stopping_end(s);
	plan_free(&b->plan);
	return block;
}

static void check(double precision, double budget_s, value_fn *value, unsigned block, const char *says)
{
	struct bench b = make_bench(precision, budget_s);
	char *why;

	assert_int_equal(ends_after(&b, value, &why), block);
	assert_non_null(strstr(why, says));
	free(why);
}

static double steady(const struct plan_item *it)
{
	return it->policy + 1;
}

/* Between -1 and 1, without a pattern. */
static double noise(const struct plan_item *it)
{
	uint32_t x = it->block * 2654435761u ^ it->policy * 40503u ^ it->workload * 97u;

	x = (x ^ x >> 15) * 2246822519u;
	return (double)(x >> 8) / (1 << 23) - 1;
}

static double noisy(const struct plan_item *it)
{
	return 1 + 0.05 * noise(it);
}

/* Three times as fast in every block: no doubt left, but by how much it is not known well. */
static double clearly_other(const struct plan_item *it)
{
	return (it->policy ? 1 : 3) * noisy(it);
}

static double fifo_never_works(const struct plan_item *it)
{
	return it->policy == 1 ? NAN : steady(it);
}

static double fifo_fails_at_first(const struct plan_item *it)
{
	return it->policy == 1 && it->block < 4 ? NAN : steady(it);
}

static double nothing_works(const struct plan_item *it)
{
	(void)it;
	return NAN;
}

static double fifo_is_noisy(const struct plan_item *it)
{
	return it->policy == 1 ? noisy(it) : steady(it);
}

static double vtime_is_noisy(const struct plan_item *it)
{
	return it->policy == 2 ? noisy(it) : steady(it);
}

static double second_arm_is_noisy(const struct plan_item *it)
{
	return it->policy == 3 ? noisy(it) : steady(it);
}

static void without_an_end_all_blocks_are_taken(void **state)
{
	(void)state;
	check(NAN, NAN, steady, BLOCKS, "all 40 blocks are taken");
}

static void it_ends_when_every_interval_is_narrow(void **state)
{
	struct bench b = make_bench(0.025, NAN);
	unsigned block;
	char *why;

	(void)state;
	check(0.01, NAN, steady, 6, "precise enough after 6 blocks");
	check(0.001, NAN, fifo_is_noisy, BLOCKS, "(fifo on");
	check(0.001, NAN, vtime_is_noisy, BLOCKS, "(vtime on");
	block = ends_after(&b, noisy, &why);
	/* It was looked at after every block: by an interval of fixed n 13 blocks would seem to be enough. */
	assert_in_range(block, 20, BLOCKS - 1);
	assert_non_null(strstr(why, "precise enough"));
	free(why);
	check(0.0001, NAN, noisy, BLOCKS, "not as precise as asked");
	check(0.01, NAN, second_arm_is_noisy, 6, "precise enough");
}

/* After the block in which the second policy's value of the first workload is there for the third time. */
static char *third_value(const struct bench *b, const double *value, unsigned planned, unsigned block)
{
	(void)b;
	return block == 3 && value[planned + 2] == 2 && isnan(value[planned + 3]) ? strdup("enough") : NULL;
}

static void a_purpose_may_know_another_end(void **state)
{
	static const struct purpose knows = { .enough = third_value };
	struct bench b = make_bench(NAN, NAN);
	char *why;

	(void)state;
	b.purpose = &knows;
	assert_int_equal(ends_after(&b, steady, &why), 3);
	assert_string_equal(why, "enough");
	free(why);
}

static void a_sure_difference_is_no_reason_to_end(void **state)
{
	(void)state;
	check(0.0001, NAN, clearly_other, BLOCKS, "not as precise as asked");
}

static void blocks_without_a_value_do_not_count(void **state)
{
	(void)state;
	check(0.01, NAN, fifo_fails_at_first, 9, "precise enough after 9 blocks");
}

static void a_policy_that_never_works_is_not_waited_for(void **state)
{
	(void)state;
	check(0.01, NAN, fifo_never_works, 6, "precise enough after 6 blocks");
	check(0.01, NAN, nothing_works, 6, "no policy has a data point");
}

static void no_block_is_begun_that_would_end_too_late(void **state)
{
	(void)state;
	/* A round is 8 samples of 2 s. */
	check(NAN, 16, steady, 1, "the time budget is used up after 1 block");
	check(NAN, 31, steady, 1, "the time budget");
	check(NAN, 32, steady, 2, "the time budget");
	check(NAN, 100, steady, 6, "the time budget");
	check(0.01, 100, noisy, 6, "the time budget is used up after 6 blocks; the widest interval is ±");
	check(0.01, 1e6, steady, 6, "precise enough");
}

/* 2 policies on 2 workloads: 8 s more at the end. */
static void instrumented_samples_take_of_the_budget(void **state)
{
	static const bool instrument[] = { false, true, true, false };
	struct bench b = make_bench(NAN, 100);
	char *why;

	(void)state;
	plan_free(&b.plan);
	b.spec.instrument = instrument;
	assert_int_equal(plan_make(&b.spec, &b.plan), 0);
	assert_int_equal(ends_after(&b, steady, &why), 5);
	free(why);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_an_end_all_blocks_are_taken),
		cmocka_unit_test(it_ends_when_every_interval_is_narrow),
		cmocka_unit_test(instrumented_samples_take_of_the_budget),
		cmocka_unit_test(a_purpose_may_know_another_end),
		cmocka_unit_test(a_sure_difference_is_no_reason_to_end),
		cmocka_unit_test(blocks_without_a_value_do_not_count),
		cmocka_unit_test(a_policy_that_never_works_is_not_waited_for),
		cmocka_unit_test(no_block_is_begun_that_would_end_too_late),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("stopping", tests, NULL, NULL);
}
