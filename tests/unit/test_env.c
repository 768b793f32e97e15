/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a run says of its machine: the kernel's own scheduler by its name, the governors of all CPUs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include "collect/env_add.h"
#include "record/env_key.h"
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
	env_add_frequency(&run);
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

static struct run here(void (*add)(struct run *run))
{
	struct run run = { 0 };

	setenv("SCXBENCH_ROOT", scratch, 1);
	add(&run);
	unsetenv("SCXBENCH_ROOT");
	return run;
}

static void put_cpu(int cpu, const char *file, const char *text)
{
	char *name = mem_printf("sys/devices/system/cpu/cpu%d/%s", cpu, file);

	scratch_put(name, text);
	free(name);
}

static void the_frequencies_of_all_cpus_are_named(void **state)
{
	struct run run;

	(void)state;
	for (int cpu = 0; cpu < 12; cpu++) {
		put_cpu(cpu, "cpufreq/energy_performance_preference", cpu < 11 ? "power\n" : "performance\n");
		put_cpu(cpu, "cpufreq/scaling_min_freq", "800000\n");
		put_cpu(cpu, "cpufreq/scaling_max_freq", cpu == 3 ? "2000000\n" : "4000000\n");
		put_cpu(cpu, "cpufreq/cpuinfo_max_freq", "4000000\n");
		put_cpu(cpu, "cpufreq/boost", cpu % 2 ? "0\n" : "1\n");
	}
	run = here(env_add_frequency);
	assert_string_equal(run_env(&run, ENV_CPU_EPP), "power on CPU 0-10, performance on CPU 11");
	assert_string_equal(
		run_env(&run, ENV_CPU_FREQUENCY),
		"800000-4000000 kHz on CPU 0-2,4-11, 800000-2000000 kHz (limited, possible 4000000) on CPU 3");
	assert_string_equal(run_env(&run, ENV_CPU_BOOST), "1 on CPU 0,2,4,6,8,10, 0 on CPU 1,3,5,7,9,11");
	run_free(&run);
}

static void idle_states_that_are_off_are_named(void **state)
{
	struct run run;

	(void)state;
	for (int cpu = 0; cpu < 3; cpu++) {
		put_cpu(cpu, "cpuidle/state0/name", "POLL\n");
		put_cpu(cpu, "cpuidle/state0/disable", "0\n");
		put_cpu(cpu, "cpuidle/state1/name", "C1E\n");
		put_cpu(cpu, "cpuidle/state1/disable", cpu == 2 ? "1\n" : "0\n");
		put_cpu(cpu, "cpuidle/state2/name", "C6\n");
		put_cpu(cpu, "cpuidle/state2/disable", cpu ? "1\n" : "0\n");
	}
	scratch_put("sys/devices/system/cpu/cpuidle/current_governor_ro", "menu\n");
	run = here(env_add_cpus);
	assert_string_equal(run_env(&run, ENV_CPU_IDLE_OFF), "none on CPU 0, C6 on CPU 1, C1E C6 on CPU 2");
	assert_string_equal(run_env(&run, ENV_CPU_IDLE_GOVERNOR), "menu");
	run_free(&run);
}

static void cpus_that_are_left_out_are_named(void **state)
{
	struct run run;

	(void)state;
	scratch_put("sys/devices/system/cpu/isolated", "\n");
	scratch_put("sys/devices/system/cpu/nohz_full", " (null)\n");
	scratch_put("sys/devices/system/cpu/offline", "4-7\n");
	scratch_put("sys/fs/cgroup/cpuset.cpus.isolated", "2-3\n");
	scratch_put("proc/self/status", "Name:\tx\nCpus_allowed:\t3\nCpus_allowed_list:\t0-1\n"
					"Mems_allowed_list:\t0\n");
	run = here(env_add_cpus);
	assert_string_equal(run_env(&run, ENV_CPU_ISOLATED), "none");
	assert_string_equal(run_env(&run, ENV_CPU_NOHZ_FULL), "none");
	assert_string_equal(run_env(&run, ENV_CPU_OFFLINE), "4-7");
	assert_string_equal(run_env(&run, ENV_CPU_PARTITIONS), "2-3");
	assert_string_equal(run_env(&run, ENV_CPU_ALLOWED), "0-1");
	assert_string_equal(run_env(&run, ENV_MEMORY_ALLOWED), "0");
	run_free(&run);
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

#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_SCRATCH(the_governors_of_all_cpus_are_named),
		IN_SCRATCH(the_frequencies_of_all_cpus_are_named),
		IN_SCRATCH(idle_states_that_are_off_are_named),
		IN_SCRATCH(cpus_that_are_left_out_are_named),
		cmocka_unit_test(fair_has_the_name_of_what_it_is),
		IN_SCRATCH(bore_that_is_off_is_not_named),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
