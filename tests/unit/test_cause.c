/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "util/cause.h"

static void a_cause_has_the_exit_code_of_the_readme(void **state)
{
	static const struct {
		int err, code;
	} cases[] = {
		{ 0, 0 },
		{ -CAUSE_FAILED, 1 },
		{ -CAUSE_REFUSED, 1 },
		{ -CAUSE_USAGE, 2 },
		{ -CAUSE_NOT_FOUND, 2 },
		{ -CAUSE_EXISTS, 2 },
		{ -CAUSE_CANT, 3 },
		{ -CAUSE_BUSY, 3 },
		{ -CAUSE_LEFT_IN, 3 },
		{ -CAUSE_NO_POLICY, 3 },
		{ -CAUSE_DAMAGED, 3 },
		{ -CAUSE_VERSION, 3 },
		{ -CAUSE_INCONCLUSIVE, 4 },
		{ -CAUSE_INTERRUPTED, 130 },
		/* A system call's error is nobody's mistake unless the code that made the call says so. */
		{ -EINVAL, 1 },
		{ -ENOENT, 1 },
		{ -EEXIST, 1 },
		{ -EPERM, 1 },
		{ -EBUSY, 1 },
		{ -ENOSYS, 1 },
		{ -EINTR, 1 },
		{ -ECANCELED, 1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_int_equal(exit_code_of(cases[i].err), cases[i].code);
}

static void what_is_not_permitted_is_the_machines(void **state)
{
	(void)state;
	assert_int_equal(cause_if_denied(0), 0);
	assert_int_equal(cause_if_denied(-EPERM), -CAUSE_CANT);
	assert_int_equal(cause_if_denied(-EACCES), -CAUSE_CANT);
	assert_int_equal(cause_if_denied(-EROFS), -CAUSE_CANT);
	assert_int_equal(cause_if_denied(-ENOENT), -ENOENT);
	assert_int_equal(cause_if_denied(-CAUSE_USAGE), -CAUSE_USAGE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_cause_has_the_exit_code_of_the_readme),
		cmocka_unit_test(what_is_not_permitted_is_the_machines),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("cause", tests, NULL, NULL);
}
