/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The policy of a commit, in words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>
#include "bisect/policy_text.h"
#include "util/cause.h"

#define NR(a) (sizeof(a) / sizeof(*(a)))

static void a_policy_is_a_path_in_the_repository(void **state)
{
	static const struct {
		const char *text, *before, *path, *after, *joined;
	} cases[] = {
		{ "x.bpf.o", "", "x.bpf.o", "", "good=/r/x" },
		{ "a/x.bpf.o:slice_us=100", "", "a/x.bpf.o", ":slice_us=100", "good=/r/x:slice_us=100" },
		{ "a/x.bpf.o#ops", "", "a/x.bpf.o", "#ops", "good=/r/x#ops" },
		{ "cmd:bin/x --y 1", "cmd:", "bin/x", " --y 1", "good=cmd:/r/x --y 1" },
	};

	(void)state;
	for (size_t i = 0; i < NR(cases); i++) {
		struct policy_text text;
		char *joined;

		assert_int_equal(policy_text_split(cases[i].text, &text), 0);
		assert_string_equal(text.before, cases[i].before);
		assert_string_equal(text.path, cases[i].path);
		assert_string_equal(text.after, cases[i].after);
		joined = policy_text_join("good", &text, "/r/x");
		assert_string_equal(joined, cases[i].joined);
		free(joined);
		policy_text_free(&text);
	}
}

static void what_leads_out_of_it_is_none(void **state)
{
	static const char *const wrong[] = {
		"fifo",		"",	"/x.bpf.o",    "../x.bpf.o", "a/../../x.bpf.o",
		".git/x.bpf.o", "cmd:", "cmd:/bin/sh", "a//x.bpf.o"
	};
	struct policy_text text;

	(void)state;
	for (size_t i = 0; i < NR(wrong); i++) {
		assert_int_equal(policy_text_split(wrong[i], &text), -CAUSE_USAGE);
		assert_null(text.path);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_policy_is_a_path_in_the_repository),
		cmocka_unit_test(what_leads_out_of_it_is_none),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("policy_text", tests, NULL, NULL);
}
