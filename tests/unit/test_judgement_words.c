/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How a judgement reads. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "judge/judgement.h"

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
	faster.of = (struct reliability){ 16, 15, { 15, 1 }, NULL };
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
	few.of = (struct reliability){ 15, 1, { 1, 0, 0, 12 }, "runnable task stall: victim[7]" };
	few.verdict = VERDICT_UNUSABLE;
	few.reason = REASON_EJECTED;
	says(&few,
	     "locality was ejected by the kernel in 12 of 15 samples of hackbench-pipe (the first: runnable task stall: victim[7]): not usable.");
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

static void notes_are(const struct judgement *j, const char *unit, const char *value, const char *notes)
{
	char *number = judgement_value(j, unit), *text = judgement_notes(j, unit);

	assert_string_equal(number, value);
	assert_string_equal(text, notes);
	free(number);
	free(text);
}

static void brief_is(const struct judgement *j, const char *notes)
{
	char *text = judgement_brief(j, "s");

	assert_string_equal(text, notes);
	free(text);
}

/* A number is not without what weakens it. */
static void notes_stand_beside_the_number(void **state)
{
	struct judgement j = shown((struct effect){ 15, 1.1, 1.08, 1.12, 1.09, 1.11, 0.001, 0.5 },
				   VERDICT_WORSE, REASON_NONE);

	(void)state;
	j.margin = 0.02;
	j.totals = (struct effect){ 15, 1.11, 1.07, 1.14, 1.08, 1.13, 0.001, 0.5 };
	notes_are(&j, "s", "1.100", "totals 1.110 [1.070, 1.140]\n");
	brief_is(&j, "");
	j.totals.ratio = 1.13;
	j.left_out = 1;
	notes_are(&j, "s", "1.100",
		  "totals 1.130 [1.070, 1.140]: off by more than the margin, read both\n"
		  "1 pair left out: a value is zero or negative\n");
	brief_is(&j, "totals 1.130 [1.070, 1.140]: off by more than the margin, read both\n"
		     "1 pair left out: a value is zero or negative\n");
	j.verdict = VERDICT_UNUSABLE;
	j.reason = REASON_EJECTED;
	j.left_out = 0;
	j.of = (struct reliability){ 15, 12, { 12, 0, 0, 3 }, NULL };
	notes_are(&j, "s", "1.100",
		  "the kernel ejected it in 3 of 15 samples\nsurvivors only: 1.100 [1.080, 1.120]\n");
	j = judgement_none();
	notes_are(&j, "s", "–", "");
	j.by = BY_DIFFERENCE;
	j.shift = (struct shift){ 15, 3, 1, 5, 2, 4, 0.01 };
	j.left_out = 2;
	notes_are(&j, "faults", "+3 faults", "by difference: 2 pairs without a ratio\n");
}

static void verdict_is(const struct judgement *j, const char *unit, const char *want)
{
	char *text = judgement_verdict(j, unit);

	assert_string_equal(text, want);
	free(text);
}

/* An emulator's time is not speed: a difference has a side, but is neither good nor bad. */
static void emulated_differences_are_not_speed(void **state)
{
	struct judgement j = shown((struct effect){ 15, 0.939, 0.918, 0.960, 0.92, 0.955, 0.0004, -0.5 },
				   VERDICT_BETTER, REASON_NONE);

	(void)state;
	verdict_is(&j, "s", "▲ faster");
	j.emulated = true;
	verdict_is(&j, "s", "≠ less emulated time");
	verdict_is(&j, "faults", "≠ lower");
	says(&j,
	     "locality finishes hackbench-pipe in 6.1 % less emulated time than EEVDF (95 % interval 4.0 to "
	     "8.2 %, 15 blocks, adjusted p 0.0004): less emulated time.");
	j.effect.ratio = 1.1;
	j.verdict = VERDICT_WORSE;
	verdict_is(&j, "s", "≠ more emulated time");
	verdict_is(&j, "faults", "≠ higher");
	j.verdict = VERDICT_EQUIVALENT;
	verdict_is(&j, "s", "= equivalent");
	j.verdict = VERDICT_INCONCLUSIVE;
	verdict_is(&j, "s", "? inconclusive");
}

static void reads(struct extent e, bool sign, const char *unit, const char *want)
{
	char *text = extent_text(&e, sign, unit);

	assert_string_equal(text, want);
	free(text);
}

/* Few digits: more would look like a measurement. */
static void a_range_has_few_digits(void **state)
{
	struct judgement j = judgement_none();
	char *value;

	(void)state;
	reads((struct extent){ 0.541, 10.957, false }, false, "", "0.54 … 11");
	reads((struct extent){ 0.0123, 1.705, false }, false, "", "0.012 … 1.71");
	reads((struct extent){ 0.00001, 123456, false }, false, "", "1e-05 … 1.2e+05");
	reads((struct extent){ -0.2, 0, false }, true, "ms", "-0.20 … +0 ms");
	reads((struct extent){ 3, 3, true }, false, "", "1 block");
	j.effect.n = 3;
	j.effect.ratio = 1.705;
	j.extent = (struct extent){ 0.541, 10.957, false };
	value = judgement_value(&j, "s");
	assert_string_equal(value, "0.54 … 11");
	free(value);
}

static void instructions_are_neither_fast_nor_slow(void **state)
{
	const struct verdict_names names = { "fifo", "EEVDF", "exact-pipe", "cost", "insn" };
	struct judgement fewer = shown((struct effect){ 8, 0.97, 0.969, 0.971, 0.969, 0.971, 0.008, -0.03 },
				       VERDICT_BETTER, REASON_NONE);
	struct judgement more = shown((struct effect){ 8, 1.0044, 1.0041, 1.0047, 1.0041, 1.0047, 0.008, 0 },
				      VERDICT_WORSE, REASON_NONE);
	char *text = judgement_sentence(&fewer, &names);

	(void)state;
	fewer.boots = more.boots = true;
	assert_string_equal(
		text,
		"fifo needs 3.0 % fewer instructions in exact-pipe than EEVDF (95 % interval 2.9 to 3.1 %, "
		"8 blocks, adjusted p 0.008): fewer instructions.");
	free(text);
	text = judgement_sentence(&more, &names);
	assert_string_equal(
		text,
		"fifo needs 0.44 % more instructions in exact-pipe than EEVDF (95 % interval 0.4 to 0.5 %, "
		"8 boots, adjusted p 0.008): more instructions.");
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_range_has_few_digits),
		cmocka_unit_test(instructions_are_neither_fast_nor_slow),
		cmocka_unit_test(sentences_to_read_aloud),
		cmocka_unit_test(sentences_without_a_ratio),
		cmocka_unit_test(every_reason_has_a_name_and_words),
		cmocka_unit_test(notes_stand_beside_the_number),
		cmocka_unit_test(emulated_differences_are_not_speed),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("judgement", tests, NULL, NULL);
}
