/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the report says in words is what its table shows: verdicts, counts, what is missing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "judge/compare.h"
#include "odd_run.h"
#include "small_run.h"

/* A sample in ms among those in s is not a data point, and is reported. */
static void units_are_not_mixed(void **state)
{
	static const double fair[] = { 10, 10, 10 }, other[] = { 5, 5, 5 };
	struct store_run run = small_run(fair, other, 3, BETTER_LOWER);
	struct compare c;
	char *page;

	(void)state;
	free(run.sample[3].metrics.metric[0].unit);
	run.sample[3].metrics.metric[0].unit = mem_strdup("ms");
	run.sample[3].metrics.metric[0].value = 5000;
	compare_make(&run, &c);
	assert_true(compare_cell(&c, 0, 1)->median == 5);
	assert_int_equal(compare_cell(&c, 0, 1)->valid, 2);
	compare_free(&c);
	page = page_of(&run);
	has(page, "1 in another unit left out");
	free(page);
	store_run_free(&run);
}

/* What a metric's samples say of its steps counts more than what its values look like. */
static void a_metric_that_knows_its_steps_is_judged_by_them(void **state)
{
	static const double fair[] = { 4.13, 4.21, 4.17, 4.19, 4.22, 4.15, 4.18, 4.2 },
			    same[] = { 4.14, 4.2, 4.18, 4.17, 4.21, 4.16, 4.19, 4.18 };
	struct store_run run = small_run(fair, same, 8, BETTER_LOWER);
	struct compare c;

	(void)state;
	compare_make(&run, &c);
	assert_int_equal(compare_cell(&c, 0, 1)->judgement.verdict, VERDICT_EQUIVALENT);
	compare_free(&c);
	for (size_t i = 0; i < run.nr; i++)
		metrics_resolution(&run.sample[i].metrics, "time", i % 4 ? 1 : 0.5);
	compare_make(&run, &c);
	assert_float_equal(compare_cell(&c, 0, 1)->judgement.step, 1, 0);
	assert_int_equal(compare_cell(&c, 0, 1)->judgement.reason, REASON_RESOLUTION);
	compare_free(&c);
	store_run_free(&run);
}

/* An ejected policy stays in the table, with its count and without a number. */
static void an_ejected_policy_is_shown(void **state)
{
	static const double fair[] = { 10, 10, 10 }, none[] = { 0, 0, 0 };
	struct store_run run = small_run(fair, none, 3, BETTER_LOWER);
	char *page, *text;

	(void)state;
	for (size_t i = 1; i < run.nr; i += 2)
		run.sample[i].status = STATUS_EJECTED;
	page = page_of(&run);
	text = text_of(&run);
	has(page, "<small class=\"status\">3 ejected</small>");
	has(page, "3 of 6 timed samples are data points (3 ejected).");
	has(text, "✗ not usable (3 ejected of 3)");
	has(text, "fifo: 0 of 3 samples (3 ejected), lost 100 % (95 % interval 29.2 to 100 %)");
	lacks(page, "<b>0.0");
	free(page);
	free(text);
	store_run_free(&run);
}

/* Nothing is claimed of what was not measured. */
static void a_run_of_void_samples_shows_nothing(void **state)
{
	static const double none[] = { 0, 0, 0, 0, 0, 0 };
	struct store_run run = small_run(none, none, 6, BETTER_LOWER);
	char *page = page_of(&run);

	(void)state;
	has(page, "<strong>There is no result: no sample is a data point.</strong>");
	has(page, "<b>–</b> <span class=\"word\">baseline</span>");
	has(page,
	    "<td>0 of 6 samples (6 void)<small class=\"note\">lost 100 % (95 % interval 54.1 to 100 %)</small>");
	lacks(page, "none is shown");
	free(page);
	store_run_free(&run);
}

static void an_interim_state_says_so(void **state)
{
	static const double fair[] = { 10, 11, 12, 13, 14, 15 }, other[] = { 5, 5.5, 6, 6.5, 7, 7.5 };
	struct store_run run = small_run(fair, other, 6, BETTER_LOWER);
	char *page, *text;

	(void)state;
	run.run.planned = 30;
	page = page_of(&run);
	text = text_of(&run);
	has(page, "<strong>Interim: 12 of 30 samples are taken; this is not the run&#39;s result.</strong>");
	has(text, "Interim: 12 of 30 samples are taken; this is not the run's result.");
	has(text, "intervals may be looked at after every block; verdicts come with the last one.");
	has(text, "(interim interval 50.0 to 50.0 %, 6 blocks): inconclusive, the run goes on.");
	has(page, "ratio to fair [interim interval]");
	lacks(page, "faster (");
	free(page);
	free(text);
	run.run.ended = mem_strdup("the time budget is used up");
	text = text_of(&run);
	lacks(text, "nterim");
	has(text, "Incomplete: only 12 of 30 samples are here; the others are lost.");
	free(text);
	run.run.planned = 12;
	text = text_of(&run);
	lacks(text, "Incomplete");
	free(text);
	store_run_free(&run);
}

/* Two samples of the second policy were steered, the last one not for it: it is void. */
static void a_run_that_was_steered_says_so(void **state)
{
	static const double fair[] = { 10, 10, 10 }, other[] = { 5, 5, 0 };
	struct store_run run = small_run(fair, other, 3, BETTER_LOWER);
	char *page, *text;

	(void)state;
	for (size_t i = 1; i < run.nr; i += 2)
		metrics_add(&run.sample[i].metrics, "control.changes", "count", BETTER_NONE, i);
	page = page_of(&run);
	text = text_of(&run);
	has(text, "settings of policies were changed while 2 samples ran");
	has(page, "changed 4 times, by ctl or hints, during 2 samples");
	free(page);
	free(text);
	store_run_free(&run);
}

static void counted_instructions_are_said_to_be_fewer(void **state)
{
	static const double fair[] = { 7615, 7616, 7620, 7612, 7615, 7618, 7611, 7619 },
			    fifo[] = { 7405, 7406, 7404, 7405, 7405, 7403, 7405, 7406 };
	struct store_run run = small_run(fair, fifo, 8, BETTER_LOWER);
	char *page, *text;

	(void)state;
	run.run.emulated = true;
	free(run.run.plan);
	run.run.plan = mem_strdup("exact");
	for (size_t i = 0; i < run.nr; i++) {
		free(run.sample[i].metrics.metric[0].unit);
		run.sample[i].metrics.metric[0].unit = mem_strdup("insn");
	}
	page = page_of(&run);
	text = text_of(&run);
	has(text, "fifo needs 2.8 % fewer instructions in build than");
	has(text, "1 better, 0 worse");
	has(text, "Instructions, counted exactly");
	has(page, "Instructions, not time.");
	lacks(text, "emulat");
	lacks(text, "faster");
	lacks(page, "emulated time");
	lacks(page, "faster");
	free(page);
	free(text);
	store_run_free(&run);
}

static unsigned cells_with(const struct compare *c, enum verdict v)
{
	unsigned n = 0;

	for (unsigned i = 0; i < c->nr_works * c->nr_policies; i++)
		n += !compare_is_baseline(c, i % c->nr_policies) && c->cell[i].judgement.verdict == v;
	return n;
}

static char *counts_of(const struct compare *c)
{
	unsigned better = cells_with(c, VERDICT_BETTER), worse = cells_with(c, VERDICT_WORSE);
	char *differ = c->run->run.emulated ? mem_printf("%u different", better + worse)
					    : mem_printf("%u better, %u worse", better, worse);
	char *text = mem_printf("%s, %u equivalent (within 2 %%), %u inconclusive", differ,
				cells_with(c, VERDICT_EQUIVALENT), cells_with(c, VERDICT_INCONCLUSIVE));

	free(differ);
	return text;
}

/* Whatever the numbers: the sentences' verdicts and counts are the table's, and the furthest of its kind. */
static void the_headline_is_the_table(void **state)
{
	(void)state;
	for (unsigned turn = 0; turn < 40; turn++) {
		struct store_run run = fake_run(6 + turn % 3);
		char *answer, *counts;
		struct compare c;

		for (size_t i = 0; i < run.nr;
		     i++) /* another world each turn: effects shrink, some samples are void */
			if (strcmp(run.sample[i].policy, "fair")) {
				struct metric *m = &run.sample[i].metrics.metric[0];

				m->value *= exp((double)(turn * (i % 7)) / 300);
				if ((i + turn) % 11 == 0)
					run.sample[i].status = STATUS_VOID;
			}
		run.run.emulated = turn % 2;
		compare_make(&run, &c);
		answer = compare_answer(&c);
		counts = counts_of(&c);
		has(answer, counts);
		assert_int_equal(strstr(answer, run.run.emulated ? ": less emulated time." : ": faster.") !=
					 NULL,
				 cells_with(&c, VERDICT_BETTER) > 0);
		assert_int_equal(strstr(answer, run.run.emulated ? ": more emulated time." : ": slower.") !=
					 NULL,
				 cells_with(&c, VERDICT_WORSE) > 0);
		free(counts);
		free(answer);
		compare_free(&c);
		store_run_free(&run);
	}
}

/* One false finding in twenty cells is what chance gives: a family of true nulls is not to have any. */
static void the_family_is_adjusted_together(void **state)
{
	struct store_run run = fake_run(8);
	struct compare c;

	(void)state;
	compare_make(&run, &c);
	assert_int_equal(c.family, (FAKE_POLICIES - 1) * FAKE_WORKLOADS);
	for (unsigned i = 0; i < c.nr_works * c.nr_policies; i++) {
		if (i % c.nr_policies)
			assert_true(c.cell[i].judgement.adjusted >= c.cell[i].judgement.effect.p);
		else
			assert_true(isnan(c.cell[i].judgement.adjusted));
	}
	compare_free(&c);
	store_run_free(&run);
}

/* The second arm of fair is the noise, never a policy under test. */
/* Fair and its second arm, six blocks. */
static struct store_run small_aa(const double *fair, const double *again)
{
	struct store_run run = small_run(fair, again, 6, BETTER_LOWER);

	odd_rename_policy(&run, 1, "fair#2");
	return run;
}

/* An arm that differs from itself is not a floor: what could be shown above it is not known. */
static void a_baseline_that_differs_shows_no_floor(void **state)
{
	static const double fair[] = { 10, 11, 12, 13, 14, 15 },
			    again[] = { 11.1, 12.1, 13.3, 14.3, 15.5, 16.5 };
	struct store_run run = small_aa(fair, again);
	struct compare c;

	(void)state;
	compare_make(&run, &c);
	assert_true(c.work[0].vetoed);
	assert_true(isnan(compare_detectable(&c, 0)));
	compare_free(&c);
	store_run_free(&run);
}

static void the_aa_arm_is_the_noise_floor(void **state)
{
	static const double fair[] = { 10, 11, 12, 13, 14, 15 },
			    again[] = { 10.1, 11, 11.9, 13.1, 14.2, 14.9 };
	struct store_run run = small_aa(fair, again);
	struct compare c;
	char *page, *text;

	(void)state;
	compare_make(&run, &c);
	assert_int_equal(c.family, 0);
	assert_true(compare_detectable(&c, 0) > 0);
	compare_free(&c);
	page = page_of(&run);
	text = text_of(&run);
	has(page, "A/A: noise");
	has(page, "could show ");
	has(text, "By the A/A arm (fair against fair)");
	has(text, "1 scheduler on 1 workload");
	has(text, "Only fair is in the run: there is nothing to compare it with.");
	free(page);
	free(text);
	store_run_free(&run);
}

/* What differs from boot to boot is noise as well: few boots decide nothing, however many blocks they have.
 */
static void boots_are_what_repeats(void **state)
{
	double fair[14], other[14];
	struct store_run run;
	struct compare c;
	char *text;

	(void)state;
	for (unsigned i = 0; i < 14; i++) {
		fair[i] = 10 + 0.01 * (i % 3);
		other[i] = 11 + (i / 2 % 2) + 0.01 * (i % 5);
	}
	run = small_run(fair, other, 14, BETTER_LOWER);
	for (size_t i = 0; i < run.nr; i++)
		run.sample[i].boot = (run.sample[i].block + 1) / 2;
	run.run.restarts = 7;
	compare_make(&run, &c);
	assert_int_equal(compare_cell(&c, 0, 1)->judgement.effect.n, 7);
	assert_int_equal(compare_cell(&c, 0, 1)->judgement.verdict, VERDICT_WORSE);
	compare_free(&c);
	run.run.restarts = 2; /* the same values, of two boots */
	for (size_t i = 0; i < run.nr; i++)
		run.sample[i].boot = run.sample[i].block <= 7 ? 1 : 2;
	compare_make(&run, &c);
	assert_int_equal(compare_cell(&c, 0, 1)->judgement.effect.n, 2);
	assert_int_equal(compare_cell(&c, 0, 1)->judgement.verdict, VERDICT_NONE);
	compare_free(&c);
	text = text_of(&run);
	has(text, "too few boots for a verdict (2, an interval needs 6)");
	free(text);
	store_run_free(&run);
}

/* A reader of the first line alone must not take what is not shown for a finding. */
static void nothing_shown_comes_first(void **state)
{
	static const double fair[] = { 10, 11, 12, 13, 14, 15 }, other[] = { 11, 10, 13, 12, 15, 14 };
	struct store_run run = small_run(fair, other, 6, BETTER_LOWER);
	char *page = page_of(&run);

	(void)state;
	has(page,
	    "<strong>No difference and no equivalence is shown. Of 1 comparison with fair: 0 better, 0 worse, ");
	free(page);
	store_run_free(&run);
}

/* The machine got warm: said, and no verdict of it. */
static void a_drift_is_reported(void **state)
{
	static const double warming[] = { 10, 10.1, 10.2, 10.3, 10.4, 10.5, 10.6, 10.7, 10.8, 10.9 },
			    steady[] = { 10, 9.9, 10.1, 10, 10.05, 9.95, 10.02, 9.97, 10.03, 9.98 };
	struct store_run run = small_run(warming, steady, 10, BETTER_LOWER);
	char *text = text_of(&run);

	(void)state;
	has(text, "Warning: values drift while the run goes on: build under fair (rank correlation +1.00).");
	free(text);
	store_run_free(&run);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_metric_that_knows_its_steps_is_judged_by_them),
		TEST(units_are_not_mixed),
		TEST(an_ejected_policy_is_shown),
		TEST(a_run_of_void_samples_shows_nothing),
		TEST(an_interim_state_says_so),
		TEST(a_run_that_was_steered_says_so),
		TEST(counted_instructions_are_said_to_be_fewer),
		TEST(the_headline_is_the_table),
		TEST(the_family_is_adjusted_together),
		TEST(the_aa_arm_is_the_noise_floor),
		TEST(a_baseline_that_differs_shows_no_floor),
		TEST(boots_are_what_repeats),
		TEST(nothing_shown_comes_first),
		TEST(a_drift_is_reported),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
