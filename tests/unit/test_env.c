/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a run says of its machine: the kernel's own scheduler by its name, the governors of all CPUs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include "collect/env.h"
#include "scratch.h"
#include "util/mem.h"

static void governor_of(unsigned cpu, const char *name)
{
	char *path = mem_printf("sys/devices/system/cpu/cpu%u/cpufreq/scaling_governor", cpu);

	scratch_put(path, name);
	free(path);
}

static void governor_is(const char *wanted)
{
	struct run run = { 0 };

	setenv("SCXBENCH_ROOT", scratch, 1);
	env_add_governor(&run);
	unsetenv("SCXBENCH_ROOT");
	assert_string_equal(run_env(&run, "cpu.governor"), wanted);
	run_free(&run);
}

static void the_governors_of_all_cpus_are_named(void **state)
{
	(void)state;
	governor_is("unknown: No such file or directory");
	governor_of(0, "performance\n");
	governor_of(1, "performance\n");
	governor_is("performance");
	governor_of(2, "powersave\n");
	governor_of(10, "performance\n");
	governor_is("performance on CPU 0-1,10, powersave on CPU 2");
}

static void fair_has_the_name_of_what_it_is(void **state)
{
	(void)state;
	assert_string_equal(env_fair_name("6.5.13", false), "CFS");
	assert_string_equal(env_fair_name("6.6.0-1", false), "EEVDF");
	assert_string_equal(env_fair_name("7.3.4", true), "BORE (EEVDF with sched_bore=1)");
	assert_string_equal(env_fair_name("6.1.9", true), "BORE (CFS with sched_bore=1)");
}

static void bore_that_is_off_is_not_named(void **state)
{
	(void)state;
	setenv("SCXBENCH_ROOT", scratch, 1);
	scratch_put("proc/sys/kernel/sched_bore", "0\n");
	assert_null(strstr(env_fair_here(), "BORE"));
	scratch_put("proc/sys/kernel/sched_bore", "1\n");
	assert_non_null(strstr(env_fair_here(), "BORE"));
	unsetenv("SCXBENCH_ROOT");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_governors_of_all_cpus_are_named, scratch_setup,
						scratch_teardown),
		cmocka_unit_test(fair_has_the_name_of_what_it_is),
		cmocka_unit_test_setup_teardown(bore_that_is_off_is_not_named, scratch_setup,
						scratch_teardown),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
