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
#include "stats/effect.h"

#define POLICIES 5
#define WORKLOADS 4
#define BLOCKS 3
#define TIMED (POLICIES * WORKLOADS * BLOCKS)

static const bool all_but_fair[POLICIES] = { false, true, true, true, true };

static struct plan make(uint64_t seed)
{
	struct plan_spec spec = { POLICIES, WORKLOADS, BLOCKS, 1, all_but_fair, seed };
	struct plan plan;

	assert_int_equal(plan_make(&spec, &plan), 0);
	return plan;
}

static void a_seed_has_one_plan_for_ever(void **state)
{
	struct plan_spec spec = { 3, 2, 2, 0, (bool[]){ false, true, true }, 42 };
	struct plan plan;
	char text[512] = "";

	(void)state;
	assert_int_equal(plan_make(&spec, &plan), 0);
	for (size_t i = 0; i < plan.nr; i++)
		sprintf(text + strlen(text), "%u:%u%u ", plan.item[i].block, plan.item[i].workload,
			plan.item[i].policy);
	plan_free(&plan);
	/* block:workload,policy. A change here means that no older run can be repeated from its seed. */
	assert_string_equal(text, "1:00 1:02 1:01 1:11 1:10 1:12 2:12 2:10 2:11 2:01 2:02 2:00 "
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
		assert_false(plan->item[i].warmup);
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

static void instrumented_samples_come_last_and_of_those_that_are_flagged(void **state)
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

/* What the order alone would do to a machine that drifts: fair must not sit on one side of its blocks. */
static void fair_is_neither_always_first_nor_always_last(void **state)
{
	const struct plan_spec spec = { POLICIES, 1, 15, 1, NULL, 0 };
	unsigned sums = 0, seeds = 1000;

	(void)state;
	for (uint64_t seed = 0; seed < seeds; seed++) {
		struct plan_spec s = spec;
		struct plan plan;
		unsigned sum = 0;

		s.seed = seed;
		assert_int_equal(plan_make(&s, &plan), 0);
		for (size_t i = 0; i < plan.nr; i++)
			sum += plan.item[i].policy == 0 ? i % POLICIES : 0;
		/* The mean place of 15 is 2 with a deviation of 0.37: five deviations. */
		assert_in_range(sum, 3, 57);
		sums += sum;
		plan_free(&plan);
	}
	/* 15,000 places of mean 2 and deviation 1.41. */
	assert_in_range(sums, 30000 - 5 * 174, 30000 + 5 * 174);
}

/* By how much one policy ran more often right before one policy than before another, itself among them. */
static unsigned unbalanced(const struct plan *plan, unsigned policies, unsigned workload)
{
	unsigned followed[8][8] = { 0 }, worst = 0;

	for (size_t i = 1; i < plan->nr; i++)
		if (plan->item[i].workload == workload)
			followed[plan->item[i - 1].policy][plan->item[i].policy]++;
	for (unsigned before = 0; before < policies; before++) {
		unsigned least = UINT32_MAX, most = 0;

		for (unsigned after = 0; after < policies; after++) {
			least = followed[before][after] < least ? followed[before][after] : least;
			most = followed[before][after] > most ? followed[before][after] : most;
		}
		worst = most - least > worst ? most - least : worst;
	}
	return worst;
}

/* What a policy leaves to the sample after it then cancels. Orders that are only random differ by 3 to 14. */
static void every_policy_comes_before_every_other(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < 200; seed++) {
		for (unsigned policies = 2; policies <= 8; policies++) {
			struct plan_spec spec = { policies, 1 + seed % 3, 15, 1, NULL, seed };
			struct plan plan;

			assert_int_equal(plan_make(&spec, &plan), 0);
			for (unsigned w = 0; w < spec.workloads; w++)
				assert_in_range(unbalanced(&plan, policies, w), 0, 4);
			plan_free(&plan);
		}
	}
}

static void a_shorter_plan_is_the_beginning_of_a_longer(void **state)
{
	const struct plan_spec spec = { POLICIES, WORKLOADS, 40, 1, all_but_fair, 7 };
	struct plan longer;

	(void)state;
	assert_int_equal(plan_make(&spec, &longer), 0);
	for (unsigned blocks = 1; blocks < 40; blocks++) {
		size_t timed = blocks * POLICIES * WORKLOADS;
		struct plan_spec cut = spec;
		struct plan plan;

		cut.blocks = blocks;
		assert_int_equal(plan_make(&cut, &plan), 0);
		assert_int_equal(plan.nr, timed + WORKLOADS * (POLICIES - 1));
		assert_memory_equal(plan.item, longer.item, timed * sizeof(*plan.item));
		plan_free(&plan);
	}
	plan_free(&longer);
}

/* Boots come in order, each has whole rounds, and no two shares differ by more than a block. */
static void check_shares(const struct plan *plan, unsigned blocks, unsigned restarts)
{
	unsigned share[16] = { 0 };

	for (size_t i = 0; i < plan->nr; i++) {
		const struct plan_item *it = &plan->item[i];

		assert_in_range(it->boot, i ? plan->item[i - 1].boot : 1, restarts);
		if (it->instrumented)
			assert_int_equal(it->boot, restarts);
		else
			share[it->boot]++;
	}
	for (unsigned k = 1; k <= restarts; k++) {
		assert_int_equal(share[k] % (POLICIES * WORKLOADS), 0);
		assert_in_range(share[k] / (POLICIES * WORKLOADS), blocks / restarts,
				(blocks + restarts - 1) / restarts);
	}
}

static void boots_share_the_blocks(void **state)
{
	(void)state;
	for (unsigned blocks = 1; blocks <= 15; blocks++)
		for (unsigned restarts = 1; restarts <= blocks; restarts++) {
			struct plan_spec spec = { POLICIES, WORKLOADS, blocks, restarts, all_but_fair, 7 };
			struct plan plan;

			assert_int_equal(plan_make(&spec, &plan), 0);
			check_shares(&plan, blocks, restarts);
			plan_free(&plan);
		}
}

static void a_warm_up_is_each_workload_once(void **state)
{
	const struct plan_spec spec = { POLICIES, WORKLOADS, BLOCKS, 1, all_but_fair, 7 };
	unsigned under[POLICIES] = { 0 }, boots = 1000;

	(void)state;
	for (unsigned boot = 1; boot <= boots; boot++) {
		unsigned workloads = 0;
		struct plan plan;

		assert_int_equal(plan_warmup(&spec, boot, &plan), 0);
		assert_int_equal(plan.nr, WORKLOADS);
		for (size_t i = 0; i < plan.nr; i++) {
			assert_true(plan.item[i].warmup && !plan.item[i].instrumented);
			assert_int_equal(plan.item[i].block, 0);
			assert_int_equal(plan.item[i].boot, boot);
			workloads |= 1 << plan.item[i].workload;
			under[plan.item[i].policy]++;
		}
		assert_int_equal(workloads, (1 << WORKLOADS) - 1);
		plan_free(&plan);
	}
	/* 4,000 draws among 5: 800 each, deviation 25. */
	for (int p = 0; p < POLICIES; p++)
		assert_in_range(under[p], 800 - 5 * 25, 800 + 5 * 25);
}

static void empty_plans_are_refused(void **state)
{
	const struct plan_spec bad[] = {
		{ .workloads = 1, .blocks = 1 },
		{ .policies = 1, .blocks = 1 },
		{ .policies = 1, .workloads = 1 },
		{ .policies = 1, .workloads = 1, .blocks = 2, .restarts = 3 },
	};
	struct plan plan;

	(void)state;
	for (int i = 0; i < 4; i++) {
		assert_int_equal(plan_make(&bad[i], &plan), -EINVAL);
		assert_int_equal(plan.nr, 0);
		plan_free(&plan);
	}
}

static void the_smallest_plan_is_one_sample(void **state)
{
	const struct plan_spec one = { 1, 1, 1, 0, NULL, 0 };
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
	assert_true(plan_estimate(&plan, 0, seconds) == 10.0 * (POLICIES * BLOCKS + POLICIES - 1));
	assert_true(plan_estimate(&plan, plan.nr - 1, seconds) == seconds[plan.item[plan.nr - 1].workload]);
	assert_true(plan_estimate(&plan, plan.nr, seconds) == 0);
	plan_free(&plan);
}

static void plans_have_names(void **state)
{
	(void)state;
	assert_int_equal(plan_kind("decide")->blocks, 15);
	assert_true(plan_kind("nightly")->aa);
	assert_int_equal(plan_kind("demo")->blocks, STATS_MIN_PAIRS);
	assert_true(plan_kind("quick")->blocks >= STATS_MIN_PAIRS);
	assert_null(plan_kind("hope"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_seed_has_one_plan_for_ever),
		cmocka_unit_test(all_bits_of_the_seed_count),
		cmocka_unit_test(blocks_are_complete_for_any_seed),
		cmocka_unit_test(instrumented_samples_come_last_and_of_those_that_are_flagged),
		cmocka_unit_test(no_policy_has_a_favourite_place),
		cmocka_unit_test(fair_is_neither_always_first_nor_always_last),
		cmocka_unit_test(every_policy_comes_before_every_other),
		cmocka_unit_test(a_shorter_plan_is_the_beginning_of_a_longer),
		cmocka_unit_test(boots_share_the_blocks),
		cmocka_unit_test(a_warm_up_is_each_workload_once),
		cmocka_unit_test(empty_plans_are_refused),
		cmocka_unit_test(the_smallest_plan_is_one_sample),
		cmocka_unit_test(the_estimate_adds_up_what_is_left),
		cmocka_unit_test(plans_have_names),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("plan", tests, NULL, NULL);
}
