/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Why a sample is lost, in words that are the same from run to run. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "record/ejection.h"
#include "record/loss.h"

static struct record lost(enum status status, int kind, const char *why)
{
	return (struct record){ .status = status, .why = (char *)why, .ejection.kind = kind };
}

static void the_word_has_no_numbers(void **state)
{
	static const struct {
		enum status status;
		int kind;
		const char *word;
	} rows[] = {
		{ STATUS_OK, 0, NULL },
		{ STATUS_EJECTED, EXIT_ERROR_STALL, "runnable task stall" },
		{ STATUS_EJECTED, EXIT_ERROR_STALL + 7, "runtime error" },
		{ STATUS_EJECTED, EXIT_UNKNOWN, "not known" },
		{ STATUS_EJECTED, EXIT_PARENT + 3, "not known" },
		{ STATUS_VOID, EXIT_UNREG, "went out" },
		{ STATUS_VOID, 0, "not proven" },
		{ STATUS_FAILED, EXIT_UNREG_BPF, "went out by itself" },
		{ STATUS_FAILED, 0, "failed" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct record r = lost(rows[i].status, rows[i].kind, "hung: killed after 60 s");

		if (rows[i].word)
			assert_string_equal(loss_word(&r), rows[i].word);
		else
			assert_null(loss_word(&r));
	}
}

static void of_a_void_sample_it_is_the_check_that_does_not_hold(void **state)
{
	struct proof proof[] = { { PROOF_ATTACHED_STATE, NULL, "enabled", true },
				 { PROOF_OTHER, "of 2031", "7", false },
				 { PROOF_IN_EXT, NULL, "12.1 % of 3.4 s", false } };
	struct record r = lost(STATUS_VOID, 0, NULL);

	(void)state;
	r.proof = proof;
	r.nr_proofs = 3;
	assert_string_equal(loss_word(&r), "workload ran in the ext class");
	r.nr_proofs = 2;
	assert_string_equal(loss_word(&r), "not proven");
}

static void numbers_are_no_other_reason(void **state)
{
	static const struct {
		struct record a, b;
		bool same;
	} rows[] = {
		{ { .status = STATUS_FAILED, .why = "hung: killed after 60 s" },
		  { .status = STATUS_FAILED, .why = "hung: killed after 7.5 s" },
		  true },
		{ { .status = STATUS_FAILED, .why = "hung: killed after 60 s" },
		  { .status = STATUS_FAILED, .why = "hung: killed after a s" },
		  false },
		{ { .status = STATUS_FAILED, .why = "exited with 2" },
		  { .status = STATUS_FAILED, .why = "exited with 2: see its log" },
		  false },
		{ { .status = STATUS_FAILED, .why = "same" },
		  { .status = STATUS_VOID, .why = "same" },
		  false },
		{ { .status = STATUS_FAILED }, { .status = STATUS_FAILED, .why = "one" }, false },
		{ { .status = STATUS_FAILED }, { .status = STATUS_FAILED }, true },
		{ { .status = STATUS_OK }, { .status = STATUS_OK }, false },
		{ { .status = STATUS_EJECTED,
		    .ejection.kind = EXIT_ERROR_STALL,
		    .why = "runnable task stall: victim[7] failed to run for 5.1s" },
		  { .status = STATUS_EJECTED,
		    .ejection.kind = EXIT_ERROR_STALL,
		    .why = "runnable task stall: make[9] failed to run for 5.2s" },
		  true },
		{ { .status = STATUS_EJECTED, .ejection.kind = EXIT_ERROR_STALL },
		  { .status = STATUS_EJECTED, .ejection.kind = EXIT_ERROR },
		  false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		assert_int_equal(loss_is_same(&rows[i].a, &rows[i].b), rows[i].same);
		assert_int_equal(loss_is_same(&rows[i].b, &rows[i].a), rows[i].same);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_word_has_no_numbers),
		cmocka_unit_test(of_a_void_sample_it_is_the_check_that_does_not_hold),
		cmocka_unit_test(numbers_are_no_other_reason),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
