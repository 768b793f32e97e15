/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The verifier's statistics, as kernels print them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "policy/verified.h"

static void its_statistics_are_read(void **state)
{
	struct policy_verified v = { 0 };

	(void)state;
	assert_true(verified_parse(
		"verification time 1234 usec\nstack depth 48+16\nprocessed 567 insns (limit 1000000) "
		"max_states_per_insn 4 total_states 89 peak_states 21 mark_read 3\n",
		&v));
	assert_int_equal(v.usec, 1234);
	assert_int_equal(v.states, 89);
}

static void a_log_without_states_has_none(void **state)
{
	struct policy_verified v = { 0 };

	(void)state;
	assert_false(verified_parse("", &v));
	assert_false(verified_parse("verification time 5 usec\nprocessed 3 insns total_states x", &v));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(its_statistics_are_read),
		cmocka_unit_test(a_log_without_states_has_none),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
