/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Was the machine fit: each line of the table, with evidence, against evidence, and without. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <jansson.h>
#include "judge/fitness.h"
#include "record/ejection.h"
#include "record/env_key.h"
#include "record/metric_name.h"
#include "small_run.h"

static const struct fitness_item *item(const struct fitness *f, const char *what)
{
	for (size_t i = 0; i < f->nr; i++)
		if (!strcmp(f->item[i].what, what))
			return &f->item[i];
	fail_msg("there is no check of %s", what);
	return NULL;
}

static void a_fit_machine_is_called_fit(void **state)
{
	static const double same[] = { 10, 11, 10, 11, 10, 11 };
	struct store_run run = small_run(same, same, 6, BETTER_LOWER);
	struct fitness f;
	struct compare c;

	(void)state;
	small_env(&run, "hypervisor", "none");
	small_env(&run, "cpu.governor", "performance");
	small_env(&run, "cpu.no_turbo", "1");
	for (size_t i = 0; i < run.nr; i++) {
		metrics_add(&run.sample[i].metrics, "sched.run_time", "ns", BETTER_NONE, 1000e6);
		metrics_add(&run.sample[i].metrics, "cgroup.cpu", "ns", BETTER_NONE, 970e6);
		metrics_add(&run.sample[i].metrics, "harness.cpu_s", "s", BETTER_LOWER, 0.005);
		metrics_add(&run.sample[i].metrics, "control.changes", "count", BETTER_NONE, 0);
		metrics_add(&run.sample[i].metrics, "host.steal", "share", BETTER_NONE, 0.001);
		metrics_add(&run.sample[i].metrics, "machine.spin", "ns", BETTER_NONE, i % 2 ? 1.25 : 1.26);
	}
	compare_make(&run, &c);
	fitness_make(&c, &f);
	assert_int_equal(fitness_count(&f, FIT_WARNS), 0);
	assert_int_equal(fitness_count(&f, FIT_UNKNOWN), 1);
	assert_int_equal(item(&f, "noise: fair against fair")->fit, FIT_UNKNOWN);
	assert_int_equal(item(&f, "the machine's clock")->fit, FIT_GOOD);
	has(item(&f, "the machine's clock")->found, "takes 1.25 ns, the median of 12 samples: CV 0.42 %");
	has(item(&f, "spread of fair")->found, "build CV 5.2 %, the largest 1.1 times the smallest");
	has(item(&f, "other load")->found, "2.5 % of the CPU time");
	has(item(&f, "scxbench itself")->found, "0.5 %");
	fitness_free(&f);
	compare_free(&c);
	store_run_free(&run);
}

static void what_was_changed_while_it_ran_is_warned_of(void **state)
{
	static const double same[] = { 10, 11, 10, 11, 10, 11 };
	struct store_run run = small_run(same, same, 6, BETTER_LOWER);
	struct fitness f;
	struct compare c;

	(void)state;
	for (size_t i = 0; i < run.nr; i++)
		metrics_add(&run.sample[i].metrics, "control.changes", "count", BETTER_NONE, i == 3 ? 2 : 0);
	compare_make(&run, &c);
	fitness_make(&c, &f);
	assert_int_equal(item(&f, "settings while it ran")->fit, FIT_WARNS);
	has(item(&f, "settings while it ran")->found, "changed 2 times, by ctl or hints, during 1 samples");
	fitness_free(&f);
	compare_free(&c);
	store_run_free(&run);
}

/* The middle third of the run is four times slower, which is no trend. */
static void a_machine_that_was_slow_for_a_while_is_not_fit(void **state)
{
	static const double slow[] = { 10, 10, 40, 40, 10, 10 };
	struct store_run run = small_run(slow, slow, 6, BETTER_LOWER);
	struct fitness f;
	struct compare c;

	(void)state;
	for (size_t i = 0; i < run.nr; i++)
		metrics_add(&run.sample[i].metrics, "machine.spin", "ns", BETTER_NONE,
			    slow[run.sample[i].block - 1] / 8);
	compare_make(&run, &c);
	fitness_make(&c, &f);
	assert_int_equal(item(&f, "the machine's clock")->fit, FIT_WARNS);
	has(item(&f, "the machine's clock")->found, "the largest 4 times the smallest");
	assert_int_equal(item(&f, "spread of fair")->fit, FIT_WARNS);
	has(item(&f, "spread of fair")->found, "build CV 77 %");
	fitness_free(&f);
	compare_free(&c);
	store_run_free(&run);
}

/* In every fourth sample something else had 40 % of the CPUs, which no median shows. */
static void a_load_that_comes_and_goes_is_seen(void **state)
{
	static const double same[] = { 10, 11, 10, 11, 10, 11 };
	struct store_run run = small_run(same, same, 6, BETTER_LOWER);
	struct fitness f;
	struct compare c;

	(void)state;
	for (size_t i = 0; i < run.nr; i++) {
		metrics_add(&run.sample[i].metrics, "sched.run_time", "ns", BETTER_NONE, 1000e6);
		metrics_add(&run.sample[i].metrics, "cgroup.cpu", "ns", BETTER_NONE, i % 4 ? 980e6 : 580e6);
		metrics_add(&run.sample[i].metrics, "harness.cpu_s", "s", BETTER_LOWER, 0);
	}
	compare_make(&run, &c);
	fitness_make(&c, &f);
	assert_int_equal(item(&f, "other load")->fit, FIT_WARNS);
	has(item(&f, "other load")->found,
	    "2 % of the CPU time of a sample, the median; more than 5 % in 3 of 12");
	fitness_free(&f);
	compare_free(&c);
	store_run_free(&run);
}

static void a_busy_host_is_no_fit_machine(void **state)
{
	static const double same[] = { 10, 11, 10, 11, 10, 11 };
	struct store_run run = small_run(same, same, 6, BETTER_LOWER);
	struct fitness f;
	struct compare c;

	(void)state;
	free(run.run.where);
	run.run.where = mem_strdup("lab");
	for (size_t i = 0; i < run.nr; i++) {
		metrics_add(&run.sample[i].metrics, "host.steal", "share", BETTER_NONE, 0);
		metrics_add(&run.sample[i].metrics, "host.pressure.cpu", "share", BETTER_NONE,
			    i % 2 ? 0.9 : 0.5);
	}
	compare_make(&run, &c);
	fitness_make(&c, &f);
	assert_int_equal(item(&f, "steal time")->fit, FIT_GOOD);
	assert_int_equal(item(&f, "the lab's host")->fit, FIT_WARNS);
	has(item(&f, "the lab's host")->found,
	    "waited for a CPU in 70 % of the time of a sample, the median; in "
	    "more than 25 % of it in 12 of 12 samples");
	fitness_free(&f);
	compare_free(&c);
	store_run_free(&run);
}

static void what_cpus_differ_in_is_named(void **state)
{
	static const double same[] = { 10, 10 };
	static const char *const limits =
		"800000-4000000 kHz on CPU 0, 800000-2000000 kHz" ENV_LIMITED "4000000) on CPU 1";
	struct store_run run = small_run(same, same, 2, BETTER_LOWER);
	struct fitness f;
	struct compare c;

	(void)state;
	small_env(&run, ENV_CPU_EPP, "performance on CPU 0, power on CPU 1");
	small_env(&run, ENV_CPU_FREQUENCY, limits);
	small_env(&run, ENV_CPU_BOOST, "0 on CPU 0, 1 on CPU 1");
	small_env(&run, ENV_CPU_IDLE_OFF, "none on CPU 0, C6 on CPU 1");
	for (size_t i = 0; i < run.nr; i++)
		metrics_add(&run.sample[i].metrics, METRIC_THROTTLES, "count", BETTER_LOWER, i == 1 ? 3 : 0);
	compare_make(&run, &c);
	fitness_make(&c, &f);
	assert_string_equal(item(&f, "energy preference")->found,
			    "2 preferences: performance on CPU 0, power on CPU 1");
	assert_string_equal(item(&f, "turbo")->found, "2 settings of boost: 0 on CPU 0, 1 on CPU 1");
	assert_string_equal(item(&f, "idle states that are off")->found,
			    "2 settings: none on CPU 0, C6 on CPU 1");
	assert_int_equal(item(&f, "frequency limits")->fit, FIT_WARNS);
	assert_string_equal(item(&f, "frequency limits")->found, limits);
	assert_string_equal(item(&f, "slowed down for heat")->found, "CPUs were, during 1 of 4 samples");
	fitness_free(&f);
	compare_free(&c);
	store_run_free(&run);
}

static void kinds_of_cores_are_fit(void **state)
{
	static const double same[] = { 10, 10 };
	struct store_run run = small_run(same, same, 2, BETTER_LOWER);
	struct fitness f;
	struct compare c;

	(void)state;
	small_env(&run, ENV_CPU_FREQUENCY, "800000-5000000 kHz on CPU 0, 800000-3800000 kHz on CPU 1");
	small_env(&run, ENV_CPU_EPP, "performance");
	compare_make(&run, &c);
	fitness_make(&c, &f);
	assert_int_equal(item(&f, "frequency limits")->fit, FIT_GOOD);
	assert_int_equal(item(&f, "energy preference")->fit, FIT_GOOD);
	fitness_free(&f);
	compare_free(&c);
	store_run_free(&run);
}

static void governors_that_differ_are_named(void **state)
{
	static const double same[] = { 10, 10 };
	struct store_run run = small_run(same, same, 2, BETTER_LOWER);
	struct fitness f;
	struct compare c;

	(void)state;
	small_env(&run, "cpu.governor", "performance on CPU 0, powersave on CPU 1");
	compare_make(&run, &c);
	fitness_make(&c, &f);
	assert_int_equal(item(&f, "frequency governor")->fit, FIT_WARNS);
	assert_string_equal(item(&f, "frequency governor")->found,
			    "2 governors: performance on CPU 0, powersave on CPU 1");
	fitness_free(&f);
	compare_free(&c);
	store_run_free(&run);
}

static void an_unfit_machine_is_called_unfit(void **state)
{
	static const double rising[] = { 10, 10.1, 10.2, 10.3, 10.4, 10.5, 10.6, 10.7, 0 },
			    same[] = { 10, 11, 10, 11, 10, 11, 10, 11, 10 };
	struct store_run run = small_run(rising, same, 9, BETTER_LOWER);
	json_t *root, *first;
	struct fitness f;
	struct compare c;

	(void)state;
	small_env(&run, "hypervisor", "kvm");
	small_env(&run, "cpu.governor", "unknown: No such file or directory");
	small_env(&run, "cpu.boost", "1");
	run.sample[16].why = mem_strdup("bypass");
	compare_make(&run, &c);
	fitness_make(&c, &f);
	assert_int_equal(item(&f, "machine")->fit, FIT_WARNS);
	assert_int_equal(item(&f, "frequency governor")->fit, FIT_UNKNOWN);
	assert_int_equal(item(&f, "turbo")->fit, FIT_WARNS);
	assert_int_equal(item(&f, "other load")->fit, FIT_UNKNOWN);
	assert_int_equal(item(&f, "the machine's clock")->fit, FIT_UNKNOWN);
	assert_string_equal(item(&f, "drift")->found, "build under fair (rank correlation +1.00)");
	assert_int_equal(item(&f, "settings while it ran")->fit, FIT_UNKNOWN);
	assert_string_equal(item(&f, "samples that are not ok")->found, "bypass (1)");
	fitness_free(&f);
	compare_free(&c);
	free(page_of(&run));
	root = json_load_file(scratch_path("report/results.json"), 0, NULL);
	first = json_array_get(json_object_get(root, "fitness"), 0);
	assert_string_equal(json_string_value(json_object_get(first, "check")), "machine");
	assert_string_equal(json_string_value(json_object_get(first, "fit")), "warning");
	json_decref(root);
	store_run_free(&run);
}

/* The third sample of fair was void, and was taken again. */
static void a_retake_is_the_data_point_and_the_first_try_the_reliability(void **state)
{
	static const double fair[] = { 10, 0, 10, 11, 10, 11 }, same[] = { 10, 11, 10, 11, 10, 11 };
	struct store_run run = small_run(fair, same, 6, BETTER_LOWER);
	struct record again = { .seq = 13,
				.block = 2,
				.retake_of = 3,
				.policy = mem_strdup("fair"),
				.workload = mem_strdup("build") };
	const struct cell *cell;
	struct fitness f;
	struct compare c;
	char *points;

	(void)state;
	metrics_add(&again.metrics, "time", "s", BETTER_LOWER, 11);
	run.sample = mem_grow(run.sample, run.nr, sizeof(*run.sample));
	run.sample[run.nr++] = again;
	compare_make(&run, &c);
	cell = compare_cell(&c, 0, 0);
	assert_true(cell->value[2] == 11);
	assert_int_equal(cell->valid, 6);
	assert_int_equal(cell_taken(cell), 6);
	assert_int_equal(cell->judgement.of.valid, 5);
	assert_int_equal(cell->judgement.of.planned, 6);
	assert_false(compare_is_partial(&c));
	points = compare_points(&c);
	assert_string_equal(points, "12 of 12 timed samples are data points, 1 of them taken again because "
				    "the first try was void.");
	free(points);
	fitness_make(&c, &f);
	assert_int_equal(item(&f, "samples taken again")->fit, FIT_WARNS);
	has(item(&f, "samples taken again")->found, "1, because they were void");
	fitness_free(&f);
	compare_free(&c);
	store_run_free(&run);
}

static void what_is_lost_for_one_reason_is_told_once(void **state)
{
	static const double same[] = { 10, 11, 10, 11, 10, 11 };
	static const char *const why[] = { "runnable task stall: make[7] failed to run for 5.1s", "bypass",
					   "runnable task stall: cc1[12] failed to run for 5.3s" };
	struct store_run run = small_run(same, same, 6, BETTER_LOWER);
	struct fitness f;
	struct compare c;

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct record *r = &run.sample[2 * i + 1];

		r->status = i == 1 ? STATUS_VOID : STATUS_EJECTED;
		r->ejection.kind = i == 1 ? 0 : EXIT_ERROR_STALL;
		r->why = mem_strdup(why[i]);
	}
	compare_make(&run, &c);
	fitness_make(&c, &f);
	assert_string_equal(item(&f, "samples that are not ok")->found,
			    "the first: runnable task stall: make[7] failed to run for 5.1s (2); bypass (1)");
	fitness_free(&f);
	compare_free(&c);
	store_run_free(&run);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_fit_machine_is_called_fit, scratch_setup, scratch_teardown),
		cmocka_unit_test(what_was_changed_while_it_ran_is_warned_of),
		cmocka_unit_test(a_machine_that_was_slow_for_a_while_is_not_fit),
		cmocka_unit_test(a_load_that_comes_and_goes_is_seen),
		cmocka_unit_test(a_busy_host_is_no_fit_machine),
		cmocka_unit_test(what_cpus_differ_in_is_named),
		cmocka_unit_test(kinds_of_cores_are_fit),
		cmocka_unit_test(governors_that_differ_are_named),
		cmocka_unit_test(what_is_lost_for_one_reason_is_told_once),
		cmocka_unit_test(a_retake_is_the_data_point_and_the_first_try_the_reliability),
		cmocka_unit_test_setup_teardown(an_unfit_machine_is_called_unfit, scratch_setup,
						scratch_teardown),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
