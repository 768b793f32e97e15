/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a page marks: differences, samples that are missing, checks that could not be made, metrics that are
 * absent. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "made_run.h"
#include "record/metric_name.h"
#include "small_run.h"

static struct store_run twice_as_fast(void)
{
	static const char *const policy[] = { "fifo", NULL };
	static const double ratio[] = { 0.5 };
	const struct made m = { .id = "r",
				.blocks = 15,
				.fair = 10,
				.policy = policy,
				.ratio = ratio,
				.noise = 0.01,
				.seed = 1 };

	return made_run(&m);
}

static void a_difference_has_a_colour_but_under_emulation(void **state)
{
	struct store_run run = twice_as_fast();
	char *page = page_of(&run);

	(void)state;
	has(page, "<td class=\"better\">");
	free(page);
	run.run.emulated = true;
	page = page_of(&run);
	has(page, "Measured under emulation: ratios only");
	lacks(page, "<td class=\"better\">");
	free(page);
	store_run_free(&run);
}

static void a_sample_that_is_missing_is_counted(void **state)
{
	struct store_run run = twice_as_fast();
	char *page;

	(void)state;
	/* In the middle of a run that has ended. */
	run.run.ended = mem_strdup("all blocks are taken");
	record_free(&run.sample[9]);
	memmove(&run.sample[9], &run.sample[10], (--run.nr - 9) * sizeof(*run.sample));
	page = page_of(&run);
	has(page, "<small>14 of 15 data points</small><small class=\"status\">1 missing</small>");
	free(page);
	store_run_free(&run);
}

/* Nothing warns, and one check has nothing to look at. */
static void a_check_that_could_not_be_made_has_not_passed(void **state)
{
	static const double same[] = { 10, 11, 10, 11, 10, 11 };
	struct store_run run = small_run(same, same, 6, BETTER_LOWER);
	char *page;

	(void)state;
	small_env(&run, "hypervisor", "none");
	small_env(&run, "cpu.governor", "performance");
	small_env(&run, "cpu.no_turbo", "1");
	for (size_t i = 0; i < run.nr; i++) {
		metrics_add(&run.sample[i].metrics, METRIC_RUN_TIME, "ns", BETTER_NONE, 1000e6);
		metrics_add(&run.sample[i].metrics, METRIC_CGROUP_CPU, "ns", BETTER_NONE, 970e6);
		metrics_add(&run.sample[i].metrics, METRIC_HARNESS_CPU, "s", BETTER_LOWER, 0.005);
		metrics_add(&run.sample[i].metrics, "control.changes", "count", BETTER_NONE, 0);
		metrics_add(&run.sample[i].metrics, "host.steal", "share", BETTER_NONE, 0.001);
		metrics_add(&run.sample[i].metrics, "machine.spin", "ns", BETTER_NONE, i % 2 ? 1.25 : 1.26);
	}
	page = page_of(&run);
	has(page, " checks 0 warn and 1 could not be made.");
	lacks(page, "It was: all");
	free(page);
	store_run_free(&run);
}

/* One sample of fifo has it, all others lack it for the same reason. */
static void a_value_is_shown_although_others_lack_it(void **state)
{
	static const double same[] = { 10, 11, 10 };
	struct store_run run = small_run(same, same, 3, BETTER_LOWER);
	char *page;

	(void)state;
	for (size_t i = 0; i < run.nr; i++)
		if (i == 5)
			metrics_add(&run.sample[i].metrics, "depth", "count", BETTER_NONE, 77);
		else
			metrics_absent(&run.sample[i].metrics, "depth", "count", "no such map");
	page = page_of(&run);
	has(page, "depth<small>count</small></th><td>absent: no such map</td><td>77</td>");
	free(page);
	store_run_free(&run);
}

int main(void)
{
#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_setup, scratch_teardown)
	const struct CMUnitTest tests[] = {
		IN_SCRATCH(a_difference_has_a_colour_but_under_emulation),
		IN_SCRATCH(a_sample_that_is_missing_is_counted),
		IN_SCRATCH(a_check_that_could_not_be_made_has_not_passed),
		IN_SCRATCH(a_value_is_shown_although_others_lack_it),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("report_marks", tests, NULL, NULL);
}
