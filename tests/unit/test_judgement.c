/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What counts before what. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "judged.h"

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

/* An interval beyond 1 is not enough: of many comparisons some have one by chance. */
static void a_difference_is_adjusted(void **state)
{
	struct both b = draw(0.9);
	struct judgement j = judged(&b);

	(void)state;
	is(&j, VERDICT_BETTER, REASON_NONE);
	j.adjusted = 0.2;
	assert_false(judgement_differs(&j, 0.05));
	judgement_rule(&j, &lower, false);
	is(&j, VERDICT_INCONCLUSIVE, REASON_BLOCKS);
}

/* It does not matter which of the two is the baseline. */
static void equality_is_symmetric(void **state)
{
	struct both b = draw(1);
	struct judgement j = judged(&b), mirrored;

	(void)state;
	j.effect.low90 = 1 / 1.02;
	j.effect.high90 = 1.0199;
	mirrored = judgement_mirrored(&j);
	judgement_rule(&j, &lower, false);
	judgement_rule(&mirrored, &lower, false);
	is(&j, VERDICT_EQUIVALENT, REASON_NONE);
	is(&mirrored, VERDICT_EQUIVALENT, REASON_NONE);
	j.effect.low90 = 0.9801;
	judgement_rule(&j, &lower, false);
	is(&j, VERDICT_INCONCLUSIVE, REASON_BLOCKS);
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
	j.of = (struct reliability){ 15, 14, { 14, 1 }, NULL };
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
/* Looked at while it goes on, by ratio and by difference; what is known whatever comes is said at once. */
static void a_run_that_goes_on_has_no_verdict(void **state)
{
	struct both b = draw(0.9);
	struct evidence e = evidence_of(&b);
	struct judgement ended = measured(&e), j;

	(void)state;
	judgement_rule(&ended, &lower, false);
	is(&ended, VERDICT_BETTER, REASON_NONE);
	e.going_on = true;
	j = measured(&e);
	judgement_rule(&j, &lower, false);
	is(&j, VERDICT_INCONCLUSIVE, REASON_GOING_ON);
	assert_true(j.effect.low < ended.effect.low && j.effect.high > ended.effect.high);
	assert_true(isnan(judgement_p(&j)) && isnan(j.adjusted) && isnan(j.equal) && isnan(j.totals.low90));
	assert_true(j.effect.ratio == ended.effect.ratio && j.totals.ratio == ended.totals.ratio);
	assert_int_equal(j.needed, 0);
	j.of.taken[STATUS_EJECTED] = 1;
	judgement_rule(&j, &lower, false);
	is(&j, VERDICT_UNUSABLE, REASON_EJECTED);
	e.unit = "count";
	j = measured(&e);
	judgement_rule(&j, &lower, false);
	is(&j, VERDICT_INCONCLUSIVE, REASON_GOING_ON);
	assert_true(isnan(j.shift.p) && j.shift.high < 0);
}

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
/* Ratios of three blocks may lie on either side of 1, so their middle is not shown. */
static void too_few_blocks_have_a_range(void **state)
{
	const double policy[] = { 5.4, 109.57, 17.05 }, fair[] = { 10, 10, 10 };
	struct evidence e = { policy, fair, NULL, 3, "s", VERDICT_MARGIN, NAN, 1, false, false };
	struct judgement j = measured(&e), back = judgement_mirrored(&j);

	(void)state;
	assert_true(isnan(judgement_ratio(&j)));
	assert_double_equal(j.extent.least, 0.54, 1e-9);
	assert_double_equal(j.extent.most, 10.957, 1e-9);
	assert_double_equal(back.extent.least, 1 / 10.957, 1e-9);
	e.unit = "count";
	j = measured(&e);
	assert_double_equal(j.extent.least, -4.6, 1e-9);
	assert_double_equal(j.extent.most, 99.57, 1e-9);
}

static void enough_blocks_have_none(void **state)
{
	struct both b = draw(1.1);
	struct evidence e = evidence_of(&b);
	struct judgement j = measured(&e);

	(void)state;
	assert_false(extent_known(&j.extent));
	assert_double_equal(judgement_ratio(&j), 1.1, 0.01);
	e.nr = 5;
	j = measured(&e);
	assert_true(extent_known(&j.extent));
	e.nr = 6;
	j = measured(&e);
	assert_false(extent_known(&j.extent));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(too_few_blocks_have_a_range),
		cmocka_unit_test(enough_blocks_have_none),
		cmocka_unit_test(clean_data_are_judged),
		cmocka_unit_test(a_difference_is_adjusted),
		cmocka_unit_test(equality_is_symmetric),
		cmocka_unit_test(an_outcome_comes_before_a_ratio),
		cmocka_unit_test(lost_samples_are_not_evidence),
		cmocka_unit_test(few_blocks_have_no_verdict),
		cmocka_unit_test(a_run_that_goes_on_has_no_verdict),
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
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("judgement", tests, NULL, NULL);
}
