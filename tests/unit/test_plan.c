/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include "plan/plan.h"

#define POLICIES 5
#define WORKLOADS 4
#define BLOCKS 3
#define TIMED (POLICIES * WORKLOADS * BLOCKS)

static const bool all_but_fair[POLICIES] = { false, true, true, true, true };

static struct plan make(uint64_t seed)
{
	struct plan_spec spec = { POLICIES, WORKLOADS, BLOCKS, all_but_fair, seed };
	struct plan plan;

	assert_int_equal(plan_make(&spec, &plan), 0);
	return plan;
}

static void a_seed_has_one_plan_for_ever(void **state)
{
	struct plan_spec spec = { 3, 2, 2, (bool[]){ false, true, true }, 42 };
	struct plan plan;
	char text[512] = "";

	(void)state;
	assert_int_equal(plan_make(&spec, &plan), 0);
	for (size_t i = 0; i < plan.nr; i++)
		sprintf(text + strlen(text), "%u:%u%u ", plan.item[i].block, plan.item[i].workload, plan.item[i].policy);
	plan_free(&plan);
	/* block:workload,policy. A change here means that no older run can be repeated from its seed. */
	assert_string_equal(text, "1:01 1:00 1:02 1:10 1:12 1:11 2:12 2:10 2:11 2:00 2:02 2:01 "
				  "0:01 0:02 0:11 0:12 ");
}

static void all_bits_of_the_seed_count(void **state)
{
	struct plan a = make(1), b = make(1 + (1ULL << 40)), c = make(1);

	(void)state;
	assert_memory_not_equal(a.item, b.item, a.nr * sizeof(*a.item));
	assert_memory_equal(a.item, c.item, a.nr * sizeof(*a.item));
	plan_free(&a);
	plan_free(&b);
	plan_free(&c);
}

/* A block is one sample of every policy in a row, all of one workload. */
static void check_block(const struct plan_item *item, unsigned block)
{
	unsigned seen = 0;

	for (int i = 0; i < POLICIES; i++) {
		assert_int_equal(item[i].block, block);
		assert_int_equal(item[i].workload, item[0].workload);
		assert_false(item[i].instrumented);
		seen |= 1 << item[i].policy;
	}
	assert_int_equal(seen, (1 << POLICIES) - 1);
}

static void check_plan(const struct plan *plan)
{
	assert_int_equal(plan->nr, TIMED + WORKLOADS * (POLICIES - 1));
	for (size_t i = 0; i < plan->nr; i++)
		assert_int_equal(plan->item[i].seq, i + 1);
	for (unsigned b = 0; b < BLOCKS; b++) {
		unsigned workloads = 0;

		for (unsigned w = 0; w < WORKLOADS; w++) {
			const struct plan_item *item = &plan->item[(b * WORKLOADS + w) * POLICIES];

			check_block(item, b + 1);
			workloads |= 1 << item->workload;
		}
		assert_int_equal(workloads, (1 << WORKLOADS) - 1);
	}
}

static void blocks_are_complete_for_any_seed(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < 500; seed++) {
		struct plan plan = make(seed * 0x9e3779b97f4a7c15);

		check_plan(&plan);
		plan_free(&plan);
	}
}

static void instrumented_samples_come_last_and_never_of_fair(void **state)
{
	struct plan plan = make(5);
	unsigned seen[WORKLOADS][POLICIES] = { 0 };

	(void)state;
	for (size_t i = TIMED; i < plan.nr; i++) {
		assert_true(plan.item[i].instrumented);
		assert_int_equal(plan.item[i].block, 0);
		seen[plan.item[i].workload][plan.item[i].policy]++;
	}
	for (int w = 0; w < WORKLOADS; w++)
		for (int p = 0; p < POLICIES; p++)
			assert_int_equal(seen[w][p], all_but_fair[p]);
	plan_free(&plan);
}

static void no_policy_has_a_favourite_place(void **state)
{
	unsigned place[POLICIES][POLICIES] = { 0 }, first_workload[WORKLOADS] = { 0 }, seeds = 1000;

	(void)state;
	for (uint64_t seed = 1; seed <= seeds; seed++) {
		struct plan plan = make(seed);

		for (unsigned i = 0; i < TIMED; i++)
			place[i % POLICIES][plan.item[i].policy]++;
		first_workload[plan.item[0].workload]++;
		plan_free(&plan);
	}
	/* 12,000 blocks: 2,400 each expected, standard deviation 44. 1,000 rounds: 250, deviation 14. */
	for (int i = 0; i < POLICIES; i++)
		for (int p = 0; p < POLICIES; p++)
			assert_in_range(place[i][p], 2400 - 5 * 44, 2400 + 5 * 44);
	for (int w = 0; w < WORKLOADS; w++)
		assert_in_range(first_workload[w], 250 - 5 * 14, 250 + 5 * 14);
}

static void empty_plans_are_refused(void **state)
{
	const struct plan_spec bad[] = { { 0, 1, 1, NULL, 1 }, { 1, 0, 1, NULL, 1 }, { 1, 1, 0, NULL, 1 } };
	struct plan plan;

	(void)state;
	for (int i = 0; i < 3; i++) {
		assert_int_equal(plan_make(&bad[i], &plan), -EINVAL);
		assert_int_equal(plan.nr, 0);
		plan_free(&plan);
	}
}

static void the_smallest_plan_is_one_sample(void **state)
{
	const struct plan_spec one = { 1, 1, 1, NULL, 0 };
	struct plan plan;

	(void)state;
	assert_int_equal(plan_make(&one, &plan), 0);
	assert_int_equal(plan.nr, 1);
	plan_free(&plan);
}

static void the_estimate_adds_up_what_is_left(void **state)
{
	const double seconds[WORKLOADS] = { 1, 2, 3, 4 };
	struct plan plan = make(3);

	(void)state;
	assert_true(plan_estimate(&plan, 0, seconds, 0) == 10.0 * (POLICIES * BLOCKS + POLICIES - 1));
	assert_true(plan_estimate(&plan, plan.nr - 1, seconds, 0.5) == seconds[plan.item[plan.nr - 1].workload] + 0.5);
	assert_true(plan_estimate(&plan, plan.nr, seconds, 1) == 0);
	plan_free(&plan);
}

static void plans_have_names(void **state)
{
	(void)state;
	assert_int_equal(plan_kind("demo")->blocks, 3);
	assert_int_equal(plan_kind("decide")->blocks, 15);
	assert_true(plan_kind("demo")->blocks < PLAN_MIN_BLOCKS);
	assert_null(plan_kind("hope"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_seed_has_one_plan_for_ever),
		cmocka_unit_test(all_bits_of_the_seed_count),
		cmocka_unit_test(blocks_are_complete_for_any_seed),
		cmocka_unit_test(instrumented_samples_come_last_and_never_of_fair),
		cmocka_unit_test(no_policy_has_a_favourite_place),
		cmocka_unit_test(empty_plans_are_refused),
		cmocka_unit_test(the_smallest_plan_is_one_sample),
		cmocka_unit_test(the_estimate_adds_up_what_is_left),
		cmocka_unit_test(plans_have_names),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("plan", tests, NULL, NULL);
}
