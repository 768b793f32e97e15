/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which struct_ops map is that of the attached policy: by what is in it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "policy/find.c" /* NOLINT(bugprone-suspicious-include) */

/* What a map of struct_ops reads as: its ops, some numbers, and the name with its version. */
struct ops {
	__u64 refcount, op[4];
	char name[128];
	__u64 last;
};

static bool is_named(const struct ops *ops, const char *name)
{
	return has_name((const __u64 *)ops, sizeof(*ops) / sizeof(__u64), name);
}

static void a_name_with_a_version_is_found(void **state)
{
	const struct ops ops = { .op = { 7, 8 }, .name = "lavdish_1.0.5_x86_64_gnu", .last = 3 };

	(void)state;
	assert_true(is_named(&ops, "lavdish_1.0.5_x86_64_gnu"));
	assert_false(is_named(&ops, "lavdish"));
	assert_false(is_named(&ops, "x86_64_gnu"));
	assert_false(is_named(&ops, "lavdish_1.0.5_x86_64_gnu_2"));
}

static void a_name_at_the_very_end_is_not_read_beyond(void **state)
{
	__u64 word[2];

	(void)state;
	memcpy(word, "12345678abcdefgh", sizeof(word));
	assert_true(has_name(word, 2, "abcdefgh"));
	assert_false(has_name(word, 2, "x"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_with_a_version_is_found),
		cmocka_unit_test(a_name_at_the_very_end_is_not_read_beyond),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("find", tests, NULL, NULL);
}
