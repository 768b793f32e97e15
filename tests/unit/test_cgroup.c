/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A cgroup of files: its CPU time, and processes that do not die. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "scratch.h"
#include "util/clock.h" /* NOLINT(misc-include-cleaner): before its clock is replaced */

/* A minute passes between two looks at the clock. */
static double now;
#define clock_s() (now += 60)
#include "util/cgroup.c" /* NOLINT(bugprone-suspicious-include) */

static struct cgroup made_cgroup(const char *populated)
{
	scratch_put("group/cgroup.events", populated);
	scratch_put("group/cgroup.kill", "");
	scratch_put("group/cpu.stat", "usage_usec 12\nuser_usec 5\n");
	return (struct cgroup){ .path = (char *)scratch_path("group") };
}

static void all_is_over_when_nobody_is_left(void **state)
{
	struct cgroup cg = made_cgroup("populated 0\nfrozen 0\n");
	char *line;

	(void)state;
	assert_int_equal(cgroup_kill(&cg), 0);
	assert_int_equal(fs_read_line(scratch_path("group/cgroup.kill"), &line), 0);
	assert_string_equal(line, "1");
	free(line);
}

static void what_does_not_die_is_an_error(void **state)
{
	struct cgroup cg = made_cgroup("populated 1\nfrozen 0\n");

	(void)state;
	assert_int_equal(cgroup_kill(&cg), -CAUSE_BUSY);
}

static void cpu_time_is_in_nanoseconds(void **state)
{
	struct cgroup cg = made_cgroup("populated 0\n");
	uint64_t ns;

	(void)state;
	assert_int_equal(cgroup_cpu_ns(&cg, &ns), 0);
	assert_int_equal(ns, 12000);
}

int main(void)
{
#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_setup, scratch_teardown)
	const struct CMUnitTest tests[] = {
		IN_SCRATCH(all_is_over_when_nobody_is_left),
		IN_SCRATCH(what_does_not_die_is_an_error),
		IN_SCRATCH(cpu_time_is_in_nanoseconds),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("cgroup", tests, NULL, NULL);
}
