/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A policy below another is attached only as long as both names are where the kernel puts them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "policy/below.h"
#include "policy/prove.h"
#include "scratch.h"
#include "util/fs.h"

#define SUB "sys/kernel/sched_ext/root/sub/sub-77"

static void put(const char *path, const char *text)
{
	assert_int_equal(fs_write_durable(scratch_path(path), text, strlen(text)), 0);
}

static int machine(void **state)
{
	int err = scratch_setup(state);

	setenv("SCXBENCH_ROOT", scratch, 1);
	if (err || fs_mkdirs(scratch_path(SUB)))
		return -1;
	put("sys/kernel/sched_ext/state", "enabled\n");
	put("sys/kernel/sched_ext/enable_seq", "7\n");
	put("sys/kernel/sched_ext/root/ops", "above\n");
	put(SUB "/ops", "child\n");
	return 0;
}

static bool is_in(const struct policy *p)
{
	struct scx_state s;

	scx_state_read(&s);
	return policy_is_in(p, &s);
}

static void the_names_of_both_are_asked_for(void **state)
{
	struct policy parent = { .kind = POLICY_BPF, .ops = "above", .seq = 7 };
	struct policy child = {
		.kind = POLICY_BPF, .ops = "child", .seq = 7, .parent = &parent, .cgroup = 77
	};
	char found[OPS_NAME_LEN], *file = policy_file(&child, "events");

	(void)state;
	assert_string_equal(file, "/" SUB "/events");
	free(file);
	assert_true(is_in(&parent));
	assert_true(is_in(&child));
	assert_true(below_is_in(&child, found, sizeof(found)));
	assert_string_equal(found, "child");
	put("sys/kernel/sched_ext/root/ops", "another\n");
	assert_false(is_in(&child));
	put("sys/kernel/sched_ext/root/ops", "above\n");
	put(SUB "/ops", "another\n");
	assert_false(is_in(&child));
	assert_true(is_in(&parent));
	child.cgroup = 78;
	assert_false(below_is_in(&child, found, sizeof(found)));
	assert_string_equal(found, "none");
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(the_names_of_both_are_asked_for) };

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, machine, scratch_teardown);
}
