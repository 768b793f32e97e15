/* SPDX-License-Identifier: GPL-2.0-or-later */
/* "Who ran where": the windows of a made-up run in numbers, as a figure and on the page. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "figure_run.h"
#include "figures/lanes.h"
#include "util/owner.h"

#define MS 1000000

/* fair keeps a task on its CPU; fifo moves it, and leaves CPU 0 idle while it waits there. */
static struct stint fair[] = {
	{ 0, 30 * MS, 0, 10, 1, STINT_WORKLOAD, -1, "cc1", false },
	{ 0, 50 * MS, 1, 11, 0, STINT_WORKLOAD, -1, "cc1", false },
	{ 30 * MS, 50 * MS, 0, 12, 0, STINT_OTHER, -1, "kworker/<b>", false },
};
static struct stint fifo[] = {
	{ 0, 20 * MS, 0, 10, 3, STINT_WORKLOAD, -1, "cc1", false },
	{ 0, 30 * MS, 1, 0, 0, STINT_UNKNOWN, -1, "not known", false },
	{ 20 * MS, 50 * MS, 0, 0, 2, STINT_IDLE, -1, "idle", false },
	{ 30 * MS, 50 * MS, 1, 10, 0, STINT_WORKLOAD, MIGRATE_l3, "cc1", false },
};

static void keep(struct store_run *run, const char *policy, struct stint *stint, size_t nr)
{
	struct switches s = { .stint = stint,
			      .nr = nr,
			      .after_ns = 400 * MS,
			      .length_ns = 50 * MS,
			      .lost = policy[1] == 'i' ? 7 : 0,
			      .cpus = 2 };
	struct record r = { .seq = (unsigned)run->nr + 1,
			    .policy = mem_strdup(policy),
			    .workload = mem_strdup("build"),
			    .instrumented = true };
	char *path = switches_path(scratch_path("report"), r.seq);

	assert_int_equal(fs_mkdirs(scratch_path("report")), 0);
	assert_int_equal(switches_write(&s, path), 0);
	free(path);
	run->sample = mem_grow(run->sample, run->nr, sizeof(*run->sample));
	run->sample[run->nr++] = r;
}

static struct store_run watched_run(void)
{
	static const double a[] = { 10 }, b[] = { 5 };
	struct store_run run = small_run(a, b, 1, BETTER_LOWER);

	keep(&run, "fair", fair, 3);
	keep(&run, "fifo", fifo, 4);
	return run;
}

static void a_window_has_its_numbers(void **state)
{
	const struct switches s = { .stint = fifo, .nr = 4, .length_ns = 50 * MS, .cpus = 2 };
	struct lanes_sum sum = lanes_sum(&s);

	(void)state;
	assert_float_equal(sum.part[STINT_WORKLOAD], 0.4, 1e-9);
	assert_float_equal(sum.part[STINT_IDLE], 0.3, 1e-9);
	assert_float_equal(sum.part[STINT_UNKNOWN], 0.3, 1e-9);
	assert_float_equal(sum.idle_waiting, 0.3, 1e-9);
	assert_float_equal(sum.median_ns, 20 * MS, 1);
	assert_int_equal(sum.stints, 2);
	assert_int_equal(sum.most_waiting, 3);
	assert_int_equal(sum.moved[MIGRATE_l3], 1);
}

static void nothing_has_no_numbers(void **state)
{
	const struct switches s = { 0 };
	struct lanes_sum sum = lanes_sum(&s);
	struct buf b = { 0 };

	(void)state;
	assert_true(isnan(sum.part[STINT_IDLE]));
	assert_true(isnan(sum.median_ns));
	lanes_moves(&b, &sum);
	assert_string_equal(b.text, "none");
	free(b.text);
}

static void the_page_has_each_window(void **state)
{
	struct store_run run = watched_run();
	char *page = page_of(&run), *dat;

	(void)state;
	has(page, "<figure id=\"lanes-build\">");
	has(page, "alt=\"Who ran on which CPU: under fair 3 stints, 0.0 % idle, at most 1 waiting, moves: "
		  "none; under fifo 2 stints, 30.0 % idle, at most 3 waiting, moves: 1 l3;\"");
	has(page, "<th scope=\"row\">fair</th><td><a href=\"switches-0003.json\">sample 3</a></td>"
		  "<td>0.4</td><td>50.0</td><td>80.0</td><td>20.0</td><td>0.0</td>");
	has(page, "<td>30.0</td><td>2</td><td>20,000</td><td>3</td><td>1 l3</td><td>7</td></tr>");
	lacks(page, "shows who ran where");
	dat = figure_file("lanes-build.dat");
	/* fair's CPU 0 is the second strip from the top of four and two names; task 10 has the fifth colour.
	 */
	has(dat, "\n0 4.500 30000000 0\n");
	has(dat, "\n0 3.500 50000000 0\n");
	free(dat);
	free(page);
	store_run_free(&run);
}

static void a_damaged_window_is_left_out(void **state)
{
	struct store_run run = watched_run();
	char *page;

	(void)state;
	assert_int_equal(fs_write_durable(scratch_path("report/switches-0004.json"), "{", 1), 0);
	page = page_of(&run);
	has(page, "switches-0003.json");
	lacks(page, "switches-0004.json");
	free(page);
	assert_int_equal(owner_unlink(scratch_path("report/switches-0003.json")), 0);
	page = page_of(&run);
	has(page, "<p>No instrumented sample of this run shows who ran where.</p>");
	free(page);
	store_run_free(&run);
}

/* What is not proven is no sample of that policy. */
static void a_void_sample_has_no_window(void **state)
{
	struct store_run run = watched_run();
	char *page;

	(void)state;
	run.sample[3].status = STATUS_VOID;
	page = page_of(&run);
	lacks(page, "switches-0004.json");
	free(page);
	store_run_free(&run);
}

/* 40 CPUs and 8,000 tasks: the picture keeps its size, and says what it leaves out. */
static void a_large_machine_fits(void **state)
{
	static const double a[] = { 10 }, b[] = { 5 };
	struct store_run run = small_run(a, b, 1, BETTER_LOWER);
	struct stint *many = mem_zalloc(40 * 200, sizeof(*many));
	char *page, *dat;

	(void)state;
	for (size_t i = 0; i < 40 * 200; i++)
		many[i] = (struct stint){ .from_ns = i / 40 * 250000,
					  .to_ns = (i / 40 + 1) * 250000,
					  .cpu = i % 40,
					  .tid = (uint32_t)i + 1,
					  .of = STINT_WORKLOAD,
					  .moved = -1,
					  .comm = "task" };
	{
		struct switches s = { .stint = many, .nr = 40 * 200, .length_ns = 50 * MS, .cpus = 40 };
		struct record r = { .seq = 3,
				    .policy = mem_strdup("fair"),
				    .workload = mem_strdup("build"),
				    .instrumented = true };

		assert_int_equal(fs_mkdirs(scratch_path("report")), 0);
		assert_int_equal(switches_write(&s, scratch_path("report/switches-0003.json")), 0);
		run.sample = mem_grow(run.sample, run.nr, sizeof(*run.sample));
		run.sample[run.nr++] = r;
	}
	page = page_of(&run);
	has(page, "the picture has the first ones");
	dat = figure_file("lanes-build.dat");
	assert_in_range(strlen(dat), 1, 150000);
	free(dat);
	free(page);
	free(many);
	store_run_free(&run);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_window_has_its_numbers),
		TEST(nothing_has_no_numbers),
		cmocka_unit_test_setup_teardown(the_page_has_each_window, scratch_setup, scratch_teardown),
		TEST(a_damaged_window_is_left_out),
		TEST(a_void_sample_has_no_window),
		TEST(a_large_machine_fits),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("lanes", tests, NULL, NULL);
}
