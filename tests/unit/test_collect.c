/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The parsers behind the sources, and what a source says on a machine that lacks what it reads. */
#include <errno.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "collect/sources.h"
#include "metric_found.h"
#include "record/metric_name.h"
#include "scratch.h"
#include "util/mem.h"

static void schedstat_sums_over_cpus_and_skips_domains(void **state)
{
	struct schedstat s;

	(void)state;
	assert_int_equal(schedstat_parse("version 17\ntimestamp 4294893325\n"
					 "cpu0 0 0 0 0 0 0 2679276161 496432831 3108\n"
					 "domain0 SMT 3 5 4 1 0\n"
					 "cpu1 1 0 2 3 4 5 1000 100 10\n",
					 &s),
			 0);
	assert_int_equal(s.run_time, 2679277161);
	assert_int_equal(s.run_delay, 496432931);
	assert_int_equal(s.pcount, 3118);
}

static void schedstat_refuses_what_it_does_not_know(void **state)
{
	struct schedstat s;

	(void)state;
	assert_int_equal(schedstat_parse("version 14\ncpu0 0 0 0 0 0 0 1 2 3\n", &s), -EBADMSG);
	assert_int_equal(schedstat_parse("version 18\ncpu0 0 0 0 0 0 0 1 2 3\n", &s), -EBADMSG);
	assert_int_equal(schedstat_parse("version 15\ncpu0 0 0 0 0 0 0 1 2\n", &s), -EBADMSG);
	assert_int_equal(schedstat_parse("", &s), -EBADMSG);
}

static void pressure_finds_its_line(void **state)
{
	const char *text = "some avg10=2.76 avg60=0.57 avg300=0.12 total=419269\n"
			   "full avg10=0.00 avg60=0.00 avg300=0.00 total=7\n";
	uint64_t us = 0;

	(void)state;
	assert_int_equal(pressure_parse(text, "some", &us), 0);
	assert_int_equal(us, 419269);
	assert_int_equal(pressure_parse(text, "full", &us), 0);
	assert_int_equal(us, 7);
	assert_int_equal(pressure_parse(text, "ful", &us), -ENOENT);
	assert_int_equal(pressure_parse("some avg10=1\n", "some", &us), -EBADMSG);
}

static void perf_tells_counted_from_not_counted(void **state)
{
	struct metrics m = { 0 };

	(void)state;
	assert_int_equal(
		perf_parse(
			"# started on Sun Nov 22 16:57:57 2026\n\n"
			"{\"counter-value\" : \"86.000000\", \"unit\" : \"\", \"event\" : \"cpu-migrations\", "
			"\"event-runtime\" : 2018936678, \"pcnt-running\" : 100.00}\n"
			"{\"counter-value\" : \"5000000000.000000\", \"event\" : \"cycles\", \"pcnt-running\" : 66.67}\n"
			"{\"counter-value\" : \"12.000000\", \"event\" : \"cpu_core/branches/\", \"pcnt-running\" : 100.00}\n"
			"{\"counter-value\" : \"<not supported>\", \"event\" : \"cache-misses\", \"pcnt-running\" : 100.00}\n"
			"{\"counter-value\" : \"<not counted>\", \"event\" : \"instructions\", \"pcnt-running\" : 0.00}\n"
			"{\"metric-value\" : \"1.5\", \"metric-unit\" : \"GHz\"}\n",
			&m),
		0);
	assert_true(value(&m, "perf.cpu-migrations") == 86);
	assert_true(value(&m, "perf.cycles") == 5e9);
	assert_true(value(&m, "perf.cycles.running_pct") == 66.67);
	assert_true(value(&m, "perf.cpu_core.branches") == 12);
	assert_true(value(&m, "perf.branches") == 12);
	assert_string_equal(absent(&m, "perf.cache-misses"),
			    "<not supported>: neither this CPU nor its kernel has it");
	assert_string_equal(absent(&m, "perf.instructions"),
			    "<not counted>: it had no counter in this sample");
	assert_int_equal(m.nr, 7);
	metrics_free(&m);
	assert_int_equal(perf_parse("event syntax error\n", &m), -EBADMSG);
	metrics_free(&m);
}

/* The lines of an output: event, value as perf puts it, share of the time that it was counted. */
static struct metrics counted(const char *const line[][3], size_t nr)
{
	struct metrics m = { 0 };
	char text[2048] = "";

	for (size_t i = 0; i < nr; i++)
		snprintf(text + strlen(text), sizeof(text) - strlen(text),
			 "{\"counter-value\" : %s, \"event\" : \"%s\", \"pcnt-running\" : %s}\n", line[i][1],
			 line[i][0], line[i][2]);
	assert_int_equal(perf_parse(text, &m), 0);
	return m;
}
#define COUNTED(lines) counted(lines, sizeof(lines) / sizeof(*(lines)))

static void kinds_of_cores_are_summed(void **state)
{
	static const char *const lines[][3] = {
		{ "cpu_atom/cycles/", "\"812345.000000\"", "100.00" },
		{ "cpu_core/cycles/", "\"9812345.000000\"", "60.00" },
		{ "cpu_atom/cache-misses/", "\"<not supported>\"", "100.00" },
		{ "cpu_core/cache-misses/", "\"7\"", "100.00" },
		{ "armv8_cortex_a53/branches/", "\"4\"", "100.00" },
		{ "cpu_core/instructions/u", "\"2\"", "100.00" },
		{ "instructions [cpu_atom]", "\"3\"", "100.00" },
	};
	struct metrics m = COUNTED(lines);

	(void)state;
	assert_true(value(&m, "perf.cpu_atom.cycles") == 812345);
	assert_true(value(&m, "perf.cpu_core.cycles") == 9812345);
	assert_true(value(&m, "perf.cycles") == 10624690);
	assert_true(value(&m, "perf.cycles.running_pct") == 60);
	assert_true(value(&m, "perf.cpu_core.cache-misses") == 7);
	assert_string_equal(absent(&m, "perf.cache-misses"),
			    "cpu_atom/cache-misses/: <not supported>: neither "
			    "this CPU nor its kernel has it");
	assert_true(value(&m, "perf.branches") == 4);
	assert_true(value(&m, "perf.cpu_core.instructions:u") == 2);
	assert_true(value(&m, "perf.cpu_atom.instructions") == 3);
	assert_true(value(&m, "perf.instructions") == 5);
	metrics_free(&m);
}

static void perf_names_and_numbers_have_many_forms(void **state)
{
	static const char *const lines[][3] = {
		{ "cycles:u", "\"5.000000\"", "\"100.00\"" },
		{ "instructions:HG", "12", "50" },
		{ "page-faults:u", "6.5", "100" },
		{ "cpu-migrations", "\"-1.000000\"", "100" },
		{ "branches", "18446744073709551000.0", "100" },
		{ "cache-misses", "\"12,5\"", "100" },
	};
	struct metrics m = COUNTED(lines);

	(void)state;
	assert_true(value(&m, "perf.cycles:u") == 5);
	assert_true(value(&m, "perf.cycles") == 5);
	assert_null(metrics_find(&m, "perf.cycles.running_pct"));
	assert_true(value(&m, "perf.instructions") == 12);
	assert_true(value(&m, "perf.instructions.running_pct") == 50);
	assert_true(value(&m, "perf.page-faults") == 6.5);
	assert_string_equal(absent(&m, "perf.cpu-migrations"), "perf reported -1: the counter wrapped");
	assert_non_null(strstr(absent(&m, "perf.branches"), "the counter wrapped"));
	assert_string_equal(absent(&m, "perf.cache-misses"), "perf reported '12,5': not a number");
	metrics_free(&m);
}

static void run_source(const struct source_kind *kind, struct metrics *m)
{
	struct cgroup cgroup = { .path = (char *)scratch_path("cgroup") };
	struct source_ctx ctx = { .cgroup = &cgroup, .out_dir = scratch, .seq = 1 };
	struct source *s = kind->begin(&ctx);

	kind->end(s, m);
}

/* data/bin/perf stands for perf on a machine with two kinds of cores. */
static void perf_is_read_whatever_the_language(void **state)
{
	char *before = mem_strdup(getenv("PATH")), *path = mem_printf("tests/unit/data/bin:%s", before);
	struct metrics m = { 0 };

	(void)state;
	scratch_put("sys/bus/event_source/devices/armv8_cortex_a53/cpus", "0-3\n");
	setenv("PATH", path, 1);
	setenv("LC_ALL", "de_DE.UTF-8", 1);
	setenv("SCXBENCH_ROOT", scratch, 1);
	run_source(&collect_perf, &m);
	unsetenv("SCXBENCH_ROOT");
	assert_string_equal(getenv("LC_ALL"), "de_DE.UTF-8");
	unsetenv("LC_ALL");
	setenv("PATH", before, 1);
	assert_true(value(&m, "perf.cpu-migrations") == 5);
	assert_true(value(&m, "perf.cycles") == 12);
	assert_string_equal(absent(&m, "perf.instructions"), "perf did not report it");
	metrics_free(&m);
	free(path);
	free(before);
}

static void a_bare_machine_has_reasons_instead_of_numbers(void **state)
{
	struct metrics m = { 0 };

	(void)state;
	setenv("SCXBENCH_ROOT", scratch, 1);
	run_source(&collect_schedstat, &m);
	run_source(&collect_pressure, &m);
	run_source(&collect_perf, &m);
	run_source(&collect_harness, &m);
	run_source(&collect_host, &m);
	run_source(&collect_heat, &m);
	run_source(&collect_energy, &m);
	unsetenv("SCXBENCH_ROOT");
	assert_true(m.nr >= 21);
	for (size_t i = 0; i < m.nr; i++)
		assert_true(isnan(m.metric[i].value) && m.metric[i].absent[0]);
	assert_string_equal(absent(&m, "perf.cycles"), "this machine has no hardware counters");
	assert_string_equal(absent(&m, METRIC_ENERGY_PACKAGE), "this machine has no powercap domain");
	assert_string_equal(absent(&m, METRIC_ENERGY_WORK), "this machine has no powercap domain");
	metrics_free(&m);
}

static void a_machine_counts_what_its_host_took(void **state)
{
	struct metrics m = { 0 };
	struct source *s;

	(void)state;
	setenv("SCXBENCH_ROOT", scratch, 1);
	scratch_put("proc/stat", "cpu  100 0 100 700 0 0 0 100 0 0\ncpu0 1 1 1 1 1 1 1 1 1 1\n");
	s = collect_host.begin(NULL);
	scratch_put("proc/stat", "cpu  200 0 150 700 0 0 0 150 9 9\n");
	collect_host.end(s, &m);
	unsetenv("SCXBENCH_ROOT");
	assert_true(value(&m, "host.steal") == 0.25);
	assert_string_equal(absent(&m, "host.pressure.cpu"), "only the lab's guest sees its host");
	metrics_free(&m);
}

static void the_lab_counts_what_its_host_says(void **state)
{
	struct metrics m = { 0 };
	struct source *s;

	(void)state;
	setenv("SCXBENCH_ROOT", scratch, 1);
	scratch_put("proc/stat", "cpu  100 0 100 700 0 0 0 100 0 0\n");
	scratch_put("run/lab-host/stat", "cpu  100 0 100 700 0 0 0 0 0 0\n");
	s = collect_host.begin(NULL);
	scratch_put("run/lab-host/stat", "cpu  150 0 100 750 0 0 0 0 0 0\n");
	collect_host.end(s, &m);
	assert_true(value(&m, "host.steal") == 0);
	assert_string_equal(absent(&m, "host.pressure.cpu"),
			    "the lab's host has no pressure information (CONFIG_PSI, psi=1)");
	metrics_free(&m);
	scratch_put("run/lab-host/pressure", "some avg10=0.00 avg60=0.00 avg300=0.00 total=5\n");
	s = collect_host.begin(NULL);
	scratch_put("run/lab-host/pressure", "some avg10=0.00 avg60=0.00 avg300=0.00 total=6\n");
	scratch_put("run/lab-host/stat", "cpu  150 0 100 850 0 0 0 0 0 0\n");
	collect_host.end(s, &m);
	unsetenv("SCXBENCH_ROOT");
	assert_true(value(&m, "host.pressure.cpu") > 0);
	metrics_free(&m);
}

static void our_own_cost_is_counted(void **state)
{
	struct metrics m = { 0 };
	struct source *s = collect_harness.begin(NULL);
	volatile unsigned spin = 0;

	(void)state;
	while (++spin < 3000000)
		;
	collect_harness.end(s, &m);
	assert_true(value(&m, "harness.cpu_s") > 0.0005);
	metrics_free(&m);
}

static void the_machines_clock_is_a_time_a_turn(void **state)
{
	struct record r = { 0 };

	(void)state;
	collect_spin(&r);
	assert_true(value(&r.metrics, "machine.spin") > 0.05 && value(&r.metrics, "machine.spin") < 1000);
	metrics_free(&r.metrics);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(schedstat_sums_over_cpus_and_skips_domains),
		cmocka_unit_test(schedstat_refuses_what_it_does_not_know),
		cmocka_unit_test(pressure_finds_its_line),
		cmocka_unit_test(kinds_of_cores_are_summed),
		cmocka_unit_test(perf_names_and_numbers_have_many_forms),
		cmocka_unit_test_setup_teardown(perf_is_read_whatever_the_language, scratch_setup,
						scratch_teardown),
		cmocka_unit_test(perf_tells_counted_from_not_counted),
		cmocka_unit_test_setup_teardown(a_bare_machine_has_reasons_instead_of_numbers, scratch_setup,
						scratch_teardown),
		cmocka_unit_test_setup_teardown(a_machine_counts_what_its_host_took, scratch_setup,
						scratch_teardown),
		cmocka_unit_test_setup_teardown(the_lab_counts_what_its_host_says, scratch_setup,
						scratch_teardown),
		cmocka_unit_test(our_own_cost_is_counted),
		cmocka_unit_test(the_machines_clock_is_a_time_a_turn),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("collect", tests, NULL, NULL);
}
