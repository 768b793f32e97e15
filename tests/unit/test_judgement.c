/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What counts before what, and how it reads. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "judge/judgement.h"

#define BLOCKS 15

static const struct verdict_rule lower = { VERDICT_MARGIN, VERDICT_ALPHA, BETTER_LOWER, 1 };
static const struct verdict_rule none = { VERDICT_MARGIN, VERDICT_ALPHA, BETTER_NONE, 1 };

/* A little noise that repeats; the mean of 15 of it is 0. */
static double noise(unsigned block)
{
	return exp(0.001 * ((block * 7 + 3) % 15 - 7.0));
}

/* fair is 10, the policy ratio times that; both with noise of their own. */
struct both {
	double policy[BLOCKS], fair[BLOCKS];
};

static struct both draw(double ratio)
{
	struct both b;

	for (unsigned i = 0; i < BLOCKS; i++) {
		b.fair[i] = 10 * noise(i);
		b.policy[i] = 10 * ratio * noise(i * 4 + 1);
	}
	return b;
}

static struct evidence evidence_of(const struct both *b)
{
	return (struct evidence){ b->policy, b->fair, NULL, BLOCKS, "s", VERDICT_MARGIN, NAN, 1 };
}

static struct judgement measured(const struct evidence *e)
{
	struct judgement j = judgement_none(), *family[] = { &j };

	judgement_measure(e, &j);
	judgement_adjust(family, 1);
	j.of = j.to = (struct reliability){ e->nr, e->nr, { e->nr } };
	return j;
}

static struct judgement judged(const struct both *b)
{
	struct evidence e = evidence_of(b);
	struct judgement j = measured(&e);

	judgement_rule(&j, &lower, false);
	return j;
}

static void is(const struct judgement *j, enum verdict verdict, enum reason reason)
{
	if (j->verdict != verdict || j->reason != reason)
		fail_msg("%s (%s), not %s (%s)", verdict_word(j->verdict, "s"), reason_name(j->reason),
			 verdict_word(verdict, "s"), reason_name(reason));
}

static void clean_data_are_judged(void **state)
{
	struct both same = draw(1), faster = draw(0.95), slower = draw(1.05), edge = draw(1.02);
	struct judgement j;

	(void)state;
	j = judged(&same);
	is(&j, VERDICT_EQUIVALENT, REASON_NONE);
	j = judged(&faster);
	is(&j, VERDICT_BETTER, REASON_NONE);
	j = judged(&slower);
	is(&j, VERDICT_WORSE, REASON_NONE);
	j = judged(&edge);
	is(&j, VERDICT_WORSE, REASON_NONE); /* and not equivalent */
}

static void an_outcome_comes_before_a_ratio(void **state)
{
	struct both b = draw(0.9);
	struct judgement j = judged(&b);

	(void)state;
	j.of.taken[STATUS_EJECTED] = 1;
	judgement_rule(&j, &lower, true);
	is(&j, VERDICT_UNUSABLE, REASON_EJECTED);
	j.of.taken[STATUS_EJECTED] = 0;
	j.of.taken[STATUS_FAILED] = 1;
	judgement_rule(&j, &lower, false);
	is(&j, VERDICT_UNUSABLE, REASON_FAILED);
	/* Where it fails under fair as well, it is the workload. */
	j.to.taken[STATUS_FAILED] = 1;
	judgement_rule(&j, &lower, false);
	is(&j, VERDICT_BETTER, REASON_NONE);
}

static void lost_samples_are_not_evidence(void **state)
{
	struct both b = draw(0.9);
	struct judgement j = judged(&b);

	(void)state;
	j.of = (struct reliability){ 15, 14, { 14, 1 } };
	judgement_rule(&j, &lower, false);
	is(&j, VERDICT_BETTER, REASON_NONE);
	j.of.valid = 13;
	judgement_rule(&j, &lower, true);
	is(&j, VERDICT_INCONCLUSIVE, REASON_SAMPLES);
	j.of.valid = 15;
	j.to.valid = 13;
	judgement_rule(&j, &lower, false);
	is(&j, VERDICT_INCONCLUSIVE, REASON_BASELINE);
	j.to.valid = 15;
	judgement_rule(&j, &lower, true);
	is(&j, VERDICT_INCONCLUSIVE, REASON_AA);
}

static void few_blocks_have_no_verdict(void **state)
{
	struct both b = draw(0.9);
	struct evidence e = evidence_of(&b);
	struct judgement j;

	(void)state;
	e.nr = 5;
	j = measured(&e);
	judgement_rule(&j, &lower, false);
	is(&j, VERDICT_NONE, REASON_FEW);
	/* So few for the others are lost: that is the reason. */
	j.of.planned = 15;
	judgement_rule(&j, &lower, false);
	is(&j, VERDICT_INCONCLUSIVE, REASON_SAMPLES);
}

/* One sample in ten, three times as long: ranks see nothing of it. */
static void a_stall_is_not_equivalent(void **state)
{
	struct both b = draw(1);
	struct judgement j;

	(void)state;
	b.policy[4] *= 3;
	j = judged(&b);
	is(&j, VERDICT_INCONCLUSIVE, REASON_TOTALS);
	assert_true(judgement_totals_differ(&j) && j.effect.high90 < 1.02);
}

/* p99 of 4 us but for two blocks with a task that stalled: as a study of cyclictest had it. */
static void a_stalled_tail_is_not_equivalent(void **state)
{
	struct both b = draw(1);
	struct judgement j;

	(void)state;
	b.policy[5] = b.policy[11] = 740000;
	j = judged(&b);
	is(&j, VERDICT_INCONCLUSIVE, REASON_TOTALS);
	/* Where blocks do not show it, the latencies of all together may. */
	b = draw(1);
	j = judged(&b);
	j.tail = 1.05;
	judgement_rule(&j, &lower, false);
	is(&j, VERDICT_INCONCLUSIVE, REASON_TAIL);
	j.tail = INFINITY;
	judgement_rule(&j, &lower, false);
	is(&j, VERDICT_INCONCLUSIVE, REASON_TAIL);
}

/* Faster in nearly all blocks, and slower in all: whoever pays the total is not to read "faster". */
static void totals_may_say_the_opposite(void **state)
{
	struct both b = draw(0.95);
	struct judgement j;

	(void)state;
	b.policy[3] *= 4;
	j = judged(&b);
	is(&j, VERDICT_INCONCLUSIVE, REASON_TOTALS);
}

static void a_coarse_clock_shows_no_equality(void **state)
{
	struct both b;
	struct evidence e;
	struct judgement j;

	(void)state;
	for (unsigned i = 0; i < BLOCKS; i++) {
		b.fair[i] = 4;
		b.policy[i] = i % 5 ? 4 : 5;
	}
	e = evidence_of(&b);
	e.step = 1;
	j = measured(&e);
	judgement_rule(&j, &lower, false);
	is(&j, VERDICT_INCONCLUSIVE, REASON_RESOLUTION);
	assert_true(j.effect.low <= 0.8 && j.effect.high >= 1.2 && j.resolution == 0.25);
	/* A difference of several steps is one. */
	for (unsigned i = 0; i < BLOCKS; i++)
		b.policy[i] = 12 + i % 3;
	j = measured(&e);
	judgement_rule(&j, &lower, false);
	is(&j, VERDICT_WORSE, REASON_NONE);
}

static void values_without_any_noise_were_not_measured(void **state)
{
	struct both b;
	struct evidence e;
	struct judgement j;

	(void)state;
	for (unsigned i = 0; i < BLOCKS; i++)
		b.fair[i] = b.policy[i] = 1.234;
	e = evidence_of(&b);
	e.step = 0.001;
	j = measured(&e);
	judgement_rule(&j, &lower, false);
	is(&j, VERDICT_INCONCLUSIVE, REASON_IDENTICAL);
	assert_true(j.effect.low < 1 && j.effect.high > 1);
}

static void zeros_are_not_forgotten(void **state)
{
	struct both b = draw(1.2);
	struct evidence e = evidence_of(&b);
	struct judgement j;

	(void)state;
	for (unsigned i = 0; i < 8; i++)
		b.policy[i] = i % 2 ? 0 : -1;
	j = measured(&e);
	judgement_rule(&j, &lower, false);
	is(&j, VERDICT_INCONCLUSIVE, REASON_ZEROS);
	assert_int_equal(j.left_out, 8);
	e.unit = "count";
	j = measured(&e);
	judgement_rule(&j, &lower, false);
	is(&j, VERDICT_INCONCLUSIVE, REASON_BLOCKS);
	assert_true(j.by == BY_DIFFERENCE && j.shift.low < -9 && j.shift.high > 1 && isnan(j.effect.ratio));
}

static void zero_equals_zero(void **state)
{
	static const char *const units[] = { "count", "s", "index" };
	struct both b = { { 0 }, { 0 } };
	struct evidence e = evidence_of(&b);
	struct judgement j;

	(void)state;
	for (unsigned i = 0; i < 3; i++) {
		e.unit = units[i];
		e.step = i ? 100 : NAN;
		j = measured(&e);
		judgement_rule(&j, &lower, false);
		is(&j, VERDICT_EQUIVALENT, REASON_NONE);
	}
}

static void counts_are_compared_by_difference(void **state)
{
	struct both b = draw(0);
	struct evidence e = evidence_of(&b);
	struct judgement j, m;

	(void)state;
	e.unit = "count";
	j = measured(&e);
	judgement_rule(&j, &lower, false);
	is(&j, VERDICT_BETTER, REASON_NONE);
	assert_true(fabs(j.shift.value + 10) < 0.01);
	judgement_rule(&j, &none, false);
	is(&j, VERDICT_NONE, REASON_DIRECTION);
	judgement_rule(&j, &lower, false);
	m = judgement_mirrored(&j);
	is(&m, VERDICT_WORSE, REASON_NONE);
	assert_true(m.shift.value == -j.shift.value && m.shift.low == -j.shift.high);
}

/* Values that hang together say less than so many free ones. */
static void dependence_widens(void **state)
{
	struct both b = draw(0.97);
	struct judgement free = judged(&b), j;

	(void)state;
	for (unsigned i = 0; i < BLOCKS; i++) {
		b.fair[i] = 10 + 0.001 * (i % 2);
		b.policy[i] = 10 * (i < 8 ? 0.96 : 1.00) + 0.003 * (i % 3);
	}
	j = judged(&b);
	assert_true(free.inflation == 1 && j.inflation > 2);
	is(&j, VERDICT_INCONCLUSIVE, REASON_BLOCKS);
}

/* A family of two: what is at the margin by chance is not called equal for being one of many. */
static void equivalence_is_adjusted(void **state)
{
	struct both b = draw(1);
	struct judgement j = judged(&b);

	(void)state;
	assert_true(j.equal < 0.001 && j.equal_adjusted == j.equal);
	j.equal_adjusted = 0.06;
	judgement_rule(&j, &lower, false);
	is(&j, VERDICT_INCONCLUSIVE, REASON_BLOCKS);
}

static void says(const struct judgement *j, const char *want)
{
	const struct verdict_names names = { "locality", "EEVDF", "hackbench-pipe", "time", "s" };
	char *text = judgement_sentence(j, &names);

	assert_string_equal(text, want);
	free(text);
}

static struct judgement shown(struct effect e, enum verdict verdict, enum reason reason)
{
	struct judgement j = judgement_none();

	j.effect = e;
	j.adjusted = e.p;
	j.margin = 0.02;
	j.verdict = verdict;
	j.reason = reason;
	return j;
}

static void sentences_to_read_aloud(void **state)
{
	struct judgement faster = shown((struct effect){ 15, 0.939, 0.918, 0.960, 0.92, 0.955, 0.0004, -0.5 },
					VERDICT_BETTER, REASON_NONE);
	struct judgement open = shown((struct effect){ 15, 1.01, 0.99, 1.03, 0.993, 1.026, 0.3, 0.1 },
				      VERDICT_INCONCLUSIVE, REASON_BLOCKS);
	struct judgement same = shown((struct effect){ 40, 0.998, 0.991, 1.004, 0.992, 1.003, 0.3, 0.1 },
				      VERDICT_EQUIVALENT, REASON_NONE);

	(void)state;
	says(&faster,
	     "locality finishes hackbench-pipe in 6.1 % less time than EEVDF (95 % interval 4.0 to 8.2 %, 15 "
	     "blocks, adjusted p 0.0004): faster.");
	faster.of = (struct reliability){ 16, 15, { 15, 1 } };
	says(&faster,
	     "locality finishes hackbench-pipe in 6.1 % less time than EEVDF (95 % interval 4.0 to 8.2 %, 15 "
	     "blocks, adjusted p 0.0004): faster in 15 of 16 samples (1 void).");
	open.needed = 83;
	says(&open,
	     "locality finishes hackbench-pipe in 1.0 % more time than EEVDF (95 % interval 1.0 % less to 3.0 % "
	     "more, 15 blocks, adjusted p 0.30): inconclusive, about 83 blocks would decide.");
	same.totals = (struct effect){ 40, 1.03, 1, 1.06, 1.01, 1.05, 0.1, 0 };
	says(&same,
	     "locality finishes hackbench-pipe in 0.2 % less time than EEVDF (90 % interval 0.8 % less to 0.3 % "
	     "more, 40 blocks, adjusted p 0.30): equivalent within 2 %; what happens in fewer than 1 of 14 "
	     "blocks may not show in 40. Its total is 1.030 times the baseline's (90 % interval 1.010 to "
	     "1.050).");
}

/* Under six blocks no ratio is told, nor of what was ejected. */
static void sentences_without_a_ratio(void **state)
{
	struct judgement few =
		shown((struct effect){ 1, 0.9, NAN, NAN, NAN, NAN, 1, 0 }, VERDICT_NONE, REASON_FEW);
	struct judgement nothing = judgement_none();

	(void)state;
	says(&few, "locality against EEVDF in hackbench-pipe: no verdict: 1 block; an interval needs 6.");
	says(&nothing, "locality and EEVDF have no block in common in hackbench-pipe: no verdict.");
	few.of = (struct reliability){ 15, 1, { 1, 0, 0, 12 } };
	few.verdict = VERDICT_UNUSABLE;
	few.reason = REASON_EJECTED;
	says(&few, "locality was ejected by the kernel in 12 of 15 samples of hackbench-pipe: not usable.");
	few.verdict = VERDICT_INCONCLUSIVE;
	few.reason = REASON_SAMPLES;
	says(&few,
	     "locality against EEVDF in hackbench-pipe: inconclusive: only 1 of 15 samples (12 ejected, 2 missing) "
	     "are data points.");
}

static void every_reason_has_a_name_and_words(void **state)
{
	struct judgement j = judgement_none();

	(void)state;
	for (int r = REASON_NONE; r < NR_REASON; r++) {
		char *text;

		j.reason = (enum reason)r;
		text = judgement_reason(&j);
		assert_non_null(reason_name((enum reason)r));
		assert_true(!*text == (r == REASON_NONE));
		free(text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(clean_data_are_judged),
		cmocka_unit_test(an_outcome_comes_before_a_ratio),
		cmocka_unit_test(lost_samples_are_not_evidence),
		cmocka_unit_test(few_blocks_have_no_verdict),
		cmocka_unit_test(a_stall_is_not_equivalent),
		cmocka_unit_test(a_stalled_tail_is_not_equivalent),
		cmocka_unit_test(totals_may_say_the_opposite),
		cmocka_unit_test(a_coarse_clock_shows_no_equality),
		cmocka_unit_test(values_without_any_noise_were_not_measured),
		cmocka_unit_test(zeros_are_not_forgotten),
		cmocka_unit_test(zero_equals_zero),
		cmocka_unit_test(counts_are_compared_by_difference),
		cmocka_unit_test(dependence_widens),
		cmocka_unit_test(equivalence_is_adjusted),
		cmocka_unit_test(sentences_to_read_aloud),
		cmocka_unit_test(sentences_without_a_ratio),
		cmocka_unit_test(every_reason_has_a_name_and_words),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("judgement", tests, NULL, NULL);
}
