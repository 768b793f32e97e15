/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which samples a comparison takes, what it compares them with, and what it takes off them. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "fake_run.h"
#include "judge/compare.h"
#include "judge/compare_judge.h"
#include "util/mem.h"

#define BLOCKS 8
static const char *const arms[] = { "fair", "fair#2", "fifo" };

/* A sample of one of the arms, at the end of the run. */
static struct record *take(struct store_run *run, unsigned block, unsigned arm, double value)
{
	struct record r = { .seq = (unsigned)run->nr + 1,
			    .block = block,
			    .boot = 1,
			    .policy = mem_strdup(arms[arm]),
			    .workload = mem_strdup("build") };

	metrics_add(&r.metrics, "score", "index", BETTER_HIGHER, value);
	run->sample = mem_grow(run->sample, run->nr, sizeof(*run->sample));
	run->sample[run->nr] = r;
	return &run->sample[run->nr++];
}

static struct store_run empty_run(void)
{
	static const char *const works[] = { "build" }, *const primary[] = { "score" };
	struct store_run run = { .run = { .id = mem_strdup("r"),
					  .plan = mem_strdup("demo"),
					  .where = mem_strdup("native"),
					  .ended = mem_strdup("all blocks are taken"),
					  .blocks = BLOCKS,
					  .planned = 3 * BLOCKS } };

	run.run.policies = fake_list(arms, 3);
	run.run.workloads = fake_list(works, 1);
	run.run.primary = fake_list(primary, 1);
	return run;
}

/* By block, so that each arm follows each. */
static const unsigned order[6][3] = { { 0, 1, 2 }, { 2, 0, 1 }, { 1, 2, 0 },
				      { 0, 2, 1 }, { 2, 1, 0 }, { 1, 0, 2 } };

/* Values by arm, with a hair of difference from block to block. */
static struct store_run three_arms(const double value[3])
{
	struct store_run run = empty_run();

	for (unsigned b = 1; b <= BLOCKS; b++)
		for (unsigned i = 0; i < 3; i++) {
			unsigned arm = order[(b - 1) % 6][i];

			take(&run, b, arm, value[arm] * (1 + 1e-4 * ((b * (arm + 3)) % 7)));
		}
	return run;
}

static void only_timed_samples_that_are_ok_are_data_points(void **state)
{
	const double value[] = { 10, 10, 12 };
	struct store_run run = three_arms(value);
	struct compare c;
	const struct cell *cell;

	(void)state;
	take(&run, 0, 2, 99)->warmup = true;
	take(&run, 0, 2, 99)->instrumented = true;
	take(&run, 3, 2, 99)->status = STATUS_VOID;
	take(&run, 4, 2, 99)->status = STATUS_FAILED;
	take(&run, 5, 2, 99)->status = STATUS_EJECTED;
	for (size_t i = 3 * (size_t)BLOCKS; i < run.nr; i++)
		assert_false(compare_counts(&run.sample[i]));
	assert_true(compare_counts(&run.sample[0]));
	compare_make(&run, &c);
	cell = compare_cell(&c, 0, 2);
	assert_int_equal(cell->valid, BLOCKS);
	assert_int_equal(cell->taken[STATUS_OK], BLOCKS);
	assert_int_equal(cell_taken(cell), BLOCKS + 3);
	assert_true(isnan(cell->value[0]));
	assert_true(cell->median < 13);
	compare_free(&c);
	store_run_free(&run);
}

/* A void sample that was taken again: one of the plan, one data point, one loss. */
static void a_retake_gives_a_value_and_hides_no_loss(void **state)
{
	const double value[] = { 10, 10, 12 };
	struct store_run run = three_arms(value);
	struct compare c;
	const struct cell *cell;

	(void)state;
	run.sample[2].status = STATUS_VOID;
	take(&run, 1, 2, 12)->retake_of = run.sample[2].seq;
	compare_make(&run, &c);
	cell = compare_cell(&c, 0, 2);
	assert_int_equal(cell->valid, BLOCKS);
	assert_int_equal(cell_taken(cell), BLOCKS);
	assert_int_equal(cell->judgement.of.planned, BLOCKS);
	assert_int_equal(cell->judgement.of.valid, BLOCKS - 1);
	assert_false(compare_is_partial(&c));
	compare_free(&c);
	store_run_free(&run);
}

static void a_sample_whose_file_is_lost_was_due(void **state)
{
	const double value[] = { 10, 10, 12 };
	struct store_run run = three_arms(value);
	struct compare c;

	(void)state;
	record_free(&run.sample[--run.nr]);
	compare_make(&run, &c);
	assert_int_equal(compare_cell(&c, 0, 1)->judgement.of.planned, BLOCKS);
	assert_int_equal(compare_cell(&c, 0, 1)->judgement.of.valid, BLOCKS - 1);
	assert_true(compare_is_partial(&c));
	assert_false(compare_goes_on(&c));
	free(run.run.ended);
	run.run.ended = NULL;
	assert_true(compare_goes_on(&c));
	compare_free(&c);
	store_run_free(&run);
}

/* Neither of the two arms of fair is the baseline alone. */
static void two_arms_of_the_baseline_are_one_mean(void **state)
{
	const double value[] = { 10, 40, 20 };
	struct store_run run = three_arms(value);
	struct compare c;

	(void)state;
	compare_make(&run, &c);
	assert_true(fabs(compare_cell(&c, 0, 2)->judgement.effect.ratio - 1) < 0.01);
	assert_true(fabs(compare_cell(&c, 0, 1)->judgement.effect.ratio - 4) < 0.01);
	assert_int_equal(c.family, 1);
	assert_true(c.work[0].vetoed);
	assert_int_equal(compare_cell(&c, 0, 2)->judgement.verdict, VERDICT_INCONCLUSIVE);
	compare_free(&c);
	store_run_free(&run);
}

/* 0.98 and 0.99 are nearly equal; what they lack is not: 0.02 and 0.01. */
static void of_an_index_near_its_bound_the_rest_is_judged(void **state)
{
	const double near[] = { 0.98, 0.98, 0.99 }, far[] = { 0.78, 0.78, 0.79 };
	struct store_run run = three_arms(near);
	struct compare c;

	(void)state;
	compare_make(&run, &c);
	assert_true(c.work[0].complement);
	assert_true(compare_cell(&c, 0, 2)->judgement.effect.ratio < 0.6);
	assert_int_equal(compare_rule(&c, &c.work[0]).better, BETTER_LOWER);
	assert_int_equal(compare_cell(&c, 0, 2)->judgement.verdict, VERDICT_BETTER);
	compare_free(&c);
	store_run_free(&run);
	run = three_arms(far);
	compare_make(&run, &c);
	assert_false(c.work[0].complement);
	assert_int_equal(compare_rule(&c, &c.work[0]).better, BETTER_HIGHER);
	compare_free(&c);
	store_run_free(&run);
}

/* What lies beyond a histogram's end is in its tail. */
static void a_tail_beyond_the_histogram_has_no_end(void **state)
{
	const double value[] = { 10, 10, 12 };
	struct compare_ends ends = { 0, 2, 0 };
	struct store_run run = three_arms(value);
	struct compare c;

	(void)state;
	for (size_t i = 0; i < run.nr; i++) {
		struct hist *h = metrics_hist(&run.sample[i].metrics, "latency", "index");

		hist_add(h, 1, 2, 1000);
		hist_add(h, 2, 3, 100);
	}
	compare_make(&run, &c);
	assert_true(compare_tail(&c, &ends) == 1);
	for (size_t i = 0; i < run.nr; i++)
		if (!strcmp(run.sample[i].policy, "fifo"))
			run.sample[i].metrics.hist[0].overflow = 20;
	assert_true(isinf(compare_tail(&c, &ends)));
	compare_free(&c);
	store_run_free(&run);
}

static void the_margin_is_the_runs_own(void **state)
{
	const double value[] = { 10, 10, 12 };
	struct store_run run = three_arms(value);
	struct compare c;

	(void)state;
	run.run.margin = 0.3;
	compare_make(&run, &c);
	assert_true(c.margin == 0.3);
	compare_free(&c);
	run.run.margin = 0;
	compare_make(&run, &c);
	assert_true(c.margin == VERDICT_MARGIN);
	compare_free(&c);
	store_run_free(&run);
}

/* All arms are equal, but what runs after fifo takes so many times as long; a boot begins with each block. */
static struct store_run carrying(double times, bool boots)
{
	struct store_run run = empty_run();
	unsigned before = 3;

	run.run.blocks = 24;
	run.run.planned = 72;
	for (unsigned b = 0; b < 24; b++)
		for (unsigned i = 0; i < 3; i++) {
			unsigned arm = order[b % 6][i];

			if (boots && !i)
				before = 3;
			take(&run, b + 1, arm,
			     10 * (before == 2 ? times : 1) * (1 + 1e-3 * ((b * 7 + i * 3) % 5)))
				->boot = boots ? b + 1 : 1;
			before = arm;
		}
	return run;
}

static void taken_off(bool boots)
{
	struct store_run run = carrying(1.5, boots);
	struct compare c;

	compare_make(&run, &c);
	assert_true(c.work[0].carry_p < 0.05);
	for (unsigned b = 1; b <= 24; b++)
		assert_true(fabs(compare_cell(&c, 0, 0)->judged[b] / compare_cell(&c, 0, 2)->judged[b] - 1) <
			    0.05);
	compare_free(&c);
	store_run_free(&run);
}

static void what_a_policy_leaves_behind_is_taken_off(void **state)
{
	(void)state;
	taken_off(false);
}

/* What ran before the machine started is not what ran before. */
static void nothing_is_left_behind_over_a_boot(void **state)
{
	(void)state;
	taken_off(true);
}

static void without_a_test_that_shows_it_nothing_is_taken_off(void **state)
{
	struct store_run run = carrying(1.0002, false);
	struct compare c;

	(void)state;
	compare_make(&run, &c);
	assert_true(c.work[0].carry_p >= 0.05);
	for (unsigned b = 1; b <= 24; b++)
		assert_true(compare_cell(&c, 0, 2)->judged[b] == compare_cell(&c, 0, 2)->value[b]);
	compare_free(&c);
	store_run_free(&run);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_timed_samples_that_are_ok_are_data_points),
		cmocka_unit_test(a_retake_gives_a_value_and_hides_no_loss),
		cmocka_unit_test(a_sample_whose_file_is_lost_was_due),
		cmocka_unit_test(two_arms_of_the_baseline_are_one_mean),
		cmocka_unit_test(of_an_index_near_its_bound_the_rest_is_judged),
		cmocka_unit_test(a_tail_beyond_the_histogram_has_no_end),
		cmocka_unit_test(the_margin_is_the_runs_own),
		cmocka_unit_test(what_a_policy_leaves_behind_is_taken_off),
		cmocka_unit_test(nothing_is_left_behind_over_a_boot),
		cmocka_unit_test(without_a_test_that_shows_it_nothing_is_taken_off),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
