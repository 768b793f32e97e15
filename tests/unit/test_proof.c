/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The names of checks go to files and come back; what another version checked stays as it is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>
#include "record/proof.h"

static void every_check_comes_back_by_its_name(void **state)
{
	(void)state;
	for (int c = PROOF_OTHER + 1; c < NR_PROOF_CHECKS; c++) {
		struct proof p = { .check = (enum proof_check)c },
			     back = proof_named(proof_name(&p), "x", true);

		assert_int_equal(back.check, c);
		assert_null(back.name);
		assert_true(back.holds);
		proof_free(&back);
	}
}

static void an_unknown_check_keeps_its_name(void **state)
{
	struct proof p = proof_named("ledger balanced", "7 entries, 6 exits", false);
	char *line = proof_line(&p);

	(void)state;
	assert_int_equal(p.check, PROOF_OTHER);
	assert_string_equal(proof_name(&p), "ledger balanced");
	assert_string_equal(line, "ledger balanced: 7 entries, 6 exits");
	assert_false(proof_is_of_custody(&p));
	free(line);
	proof_free(&p);
}

static void inferred_exits_are_not_exact(void **state)
{
	struct proof exact = { .check = PROOF_CUSTODY_SEMANTICS, .found = "exact" },
		     inferred = { .check = PROOF_CUSTODY_SEMANTICS, .found = "inferred" },
		     other = { .check = PROOF_CUSTODY_CLEAN, .found = "inferred" };

	(void)state;
	assert_true(proof_semantics(&exact));
	assert_false(proof_semantics(&inferred));
	assert_true(proof_semantics(&other));
	assert_true(proof_is_of_custody(&exact) && proof_is_of_custody(&other));
	assert_string_equal(proof_semantics_name(true), "exact");
	assert_string_equal(proof_semantics_name(false), "inferred");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_check_comes_back_by_its_name),
		cmocka_unit_test(an_unknown_check_keeps_its_name),
		cmocka_unit_test(inferred_exits_are_not_exact),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("proof", tests, NULL, NULL);
}
