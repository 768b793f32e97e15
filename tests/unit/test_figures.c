/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Figures: their numbers to the byte, their names, what moved with a verdict, the machine. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "judge/why.h"
#include "record/metric_name.h"
#include "figure_run.h"

static void file_is(const char *name, const char *wanted)
{
	char *text = figure_file(name);

	assert_string_equal(text, wanted);
	free(text);
}

/* Six blocks, fifo takes half as long; the third sample of fair is void. */
static struct store_run half_run(void)
{
	static const double fair[] = { 10, 11, 0, 13, 14, 15, 16 }, other[] = { 5, 5.5, 6, 6.5, 7, 7.5, 8 };

	return small_run(fair, other, 7, BETTER_LOWER);
}

static void numbers_are_kept_to_the_byte(void **state)
{
	struct store_run run = half_run();
	char *gp;

	(void)state;
	free(page_of(&run));
	gp = figure_file("forest-build.gp");
	has(gp, "\nmargin = 0.02\n");
	free(gp);
	file_is("forest-build.dat",
		"# row, ratio to fair, low, high (95 % interval; without a ratio the range of too few blocks), verdict: 0 none, 1 inconclusive, 2 better, 3 worse, 4 equivalent, 5 not usable, 6 different under emulation\n"
		"1 0.5 0.499920075 0.500319752 1\n");
	file_is("dots-build.dat", "# policy (from 1), block, value\n"
				  "1 1 10\n1 2 11\n1 4 13\n1 5 14\n1 6 15\n1 7 16\n"
				  "2 1 5\n2 2 5.5\n2 3 6\n2 4 6.5\n2 5 7\n2 6 7.5\n2 7 8\n"
				  "\n\n# policy, median, low, high (95 %)\n"
				  "1 13.5 10 16\n2 6.5 5 8\n");
	store_run_free(&run);
}

/* What it survived would look like a result. */
static void what_is_not_usable_is_not_drawn(void **state)
{
	struct store_run run = half_run();
	char *page, *dat;

	(void)state;
	run.sample[3].status = STATUS_EJECTED;
	page = page_of(&run);
	has(page, "<th scope=\"row\">fifo</th><td>✗ not usable</td>");
	dat = figure_file("forest-build.dat");
	has(dat, "\n1 NaN NaN NaN 5\n");
	free(dat);
	free(page);
	store_run_free(&run);
}

static void a_void_sample_keeps_its_place_in_time(void **state)
{
	struct store_run run = half_run();
	char *dat;

	(void)state;
	for (size_t i = 8; i < run.nr; i++)
		run.sample[i].boot = 1;
	free(page_of(&run));
	dat = figure_file("time-build.dat");
	has(dat, "\n2.5 0\n");
	has(dat, "\n8.5 1\n");
	has(dat, "4 0.846153846 2 4\n6 0.923076923 2 6\n");
	has(dat, "# samples that are not data points\nNaN\n5\n");
	free(dat);
	store_run_free(&run);
}

/* Pictures, their names, and the same numbers as text and as a table. */
static void a_figure_comes_in_every_form(void **state)
{
	static const char *const suffixes[] = { ".svg",	     ".png",	  "-narrow.svg",
						"-dark.svg", "-dark.png", "-narrow-dark.svg",
						".dat",	     ".gp" };
	struct store_run run = half_run();
	char *page = page_of(&run), *path;

	(void)state;
	for (size_t i = 0; i < sizeof(suffixes) / sizeof(*suffixes); i++) {
		path = mem_printf("%s/report/fig/forest-build%s", scratch, suffixes[i]);
		if (!fs_exists(path))
			fail_msg("there is no %s", path);
		free(path);
	}
	has(page, "<figure id=\"forest-build\">");
	has(page, "alt=\"Ratios of time to fair: fifo 0.500 [0.500, 0.500] ? inconclusive;\"");
	has(page, "<th scope=\"row\">fifo</th><td>0.500 [0.500, 0.500] ? inconclusive</td><td>6</td>");
	has(page, "</svg></td><td>6</td><td>13.5 [10, 16]</td><td>10</td><td>16</td>");
	has(page, "<title>sample 1, block 1: 10 s, runs/");
	has(page, "<a href=\"fig/dots-build.gp\">script</a>");
	free(page);
	store_run_free(&run);
}

static void names_are_good_in_files_and_addresses(void **state)
{
	struct store_run run = half_run();
	char *page, *gp;

	(void)state;
	for (size_t i = 0; i < run.nr; i++) {
		free(run.sample[i].workload);
		run.sample[i].workload = mem_strdup("../../x?y#\"`id`");
	}
	free(run.run.workloads[0]);
	run.run.workloads[0] = mem_strdup("../../x?y#\"`id`");
	free(run.run.policies[1]);
	run.run.policies[1] = mem_strdup("`id`$(id)\"\\{}%s");
	for (size_t i = 1; i < run.nr; i += 2) {
		free(run.sample[i].policy);
		run.sample[i].policy = mem_strdup(run.run.policies[1]);
	}
	page = page_of(&run);
	has(page, "href=\"fig/forest-.._.._x_y___id_.dat\"");
	lacks(page, "This page has no pictures");
	gp = figure_file("forest-.._.._x_y___id_.gp");
	has(gp, "Policy[2] = \"_id__(id)_____s\"\n");
	free(gp);
	free(page);
	store_run_free(&run);
}

/* With as many blocks that two comparisons together can show a difference. */
static struct store_run long_run(void)
{
	static const double fair[] = { 10, 11, 12, 13, 14, 15, 16, 17 },
			    other[] = { 5, 5.5, 6, 6.5, 7, 7.5, 8, 8.5 };

	return small_run(fair, other, 8, BETTER_LOWER);
}

/* fair switches 100 times a second, fifo 200 times; preemptions are the same. */
static void add_inner(struct store_run *run)
{
	for (size_t i = 0; i < run->nr; i++) {
		struct record *r = &run->sample[i];

		r->window_s = 2;
		metrics_add(&r->metrics, "sched.switches", "count", BETTER_NONE,
			    (i % 2 ? 400 : 200) + 0.1 * i);
		metrics_add(&r->metrics, "rusage.nivcsw", "count", BETTER_NONE, 50 + (i * 7) % 5);
	}
}

static void what_moved_stands_by_its_verdict(void **state)
{
	struct store_run run = long_run();
	struct compare c;
	struct why w;

	(void)state;
	add_inner(&run);
	compare_make(&run, &c);
	assert_true(why_asked(&c, 0));
	why_make(&c, 0, &w);
	assert_int_equal(w.nr, 2);
	assert_int_equal(w.nr_moves, 2);
	assert_string_equal(w.inner[0].name, "context switches");
	assert_true(why_inner_moved(&w, 0));
	assert_false(why_inner_moved(&w, 1));
	assert_true(w.move[0].effect.ratio > 1.99 && w.move[0].effect.ratio < 2.01);
	assert_int_equal(w.move[0].against, 0);
	assert_true(why_median(&c, &w.inner[0].cell[0]).value > 99);
	why_free(&w);
	compare_free(&c);
	store_run_free(&run);
}

static void why_is_on_the_page(void **state)
{
	static const double same[] = { 10, 11, 12, 13, 14, 15 };
	struct store_run run = long_run();
	char *page;

	(void)state;
	page = page_of(&run);
	has(page, "build: no internal figure is shown to have moved.");
	free(page);
	add_inner(&run);
	page = page_of(&run);
	has(page, "<figure id=\"why-build\">");
	has(page, "<th scope=\"col\">fifo: ▲ faster</th>");
	has(page, "an association, not a cause");
	free(page);
	store_run_free(&run);
	run = small_run(same, same, 6, BETTER_LOWER);
	add_inner(&run);
	page = page_of(&run);
	has(page, "No difference is significant, so none needs an explanation.");
	free(page);
	store_run_free(&run);
}

/* From one instrumented sample a policy; fifo has none. */
static void the_locality_score_stands_by_the_verdict(void **state)
{
	struct store_run run = long_run();
	struct record scored = { .policy = mem_strdup("fair"), .workload = mem_strdup("build") };
	char *page;

	(void)state;
	add_inner(&run);
	scored.instrumented = true;
	metrics_add(&scored.metrics, METRIC_HOPS_WORK, "hop/run", BETTER_LOWER, 1282);
	run.sample = mem_grow(run.sample, run.nr, sizeof(*run.sample));
	run.sample[run.nr++] = scored;
	page = page_of(&run);
	has(page,
	    "locality score: moves by distance<small>hops a unit of work</small></th><td>1,282</td><td>–</td>");
	free(page);
	store_run_free(&run);
}

static unsigned count(const char *text, const char *part)
{
	unsigned n = 0;

	for (; (text = strstr(text, part)); text += strlen(part))
		n++;
	return n;
}

static char *page_of_machine(const char *xml)
{
	struct store_run run = half_run();
	char *page;

	assert_int_equal(fs_read(xml, &run.run.topology_xml, NULL), 0);
	page = page_of(&run);
	store_run_free(&run);
	return page;
}

static void the_machine_is_drawn(void **state)
{
	char *page = page_of_machine("tests/unit/data/server.xml");

	(void)state;
	assert_int_equal(count(page, "<li>package "), 2);
	assert_int_equal(count(page, "<li>node "), 4);
	assert_int_equal(count(page, "<li>L3 group "), 4);
	assert_int_equal(count(page, "<li>core "), 8);
	assert_int_equal(count(page, "<li class=\"cpu\">"), 16);
	has(page, "<li>core 0<ul>\n<li class=\"cpu\">0</li>\n<li class=\"cpu\">8</li>\n</ul></li>");
	has(page, "Distances between nodes");
	free(page);
	page = page_of_machine("tests/unit/data/laptop.xml");
	assert_int_equal(count(page, "<li>node "), 0);
	lacks(page, "Distances between nodes");
	free(page);
}

static void what_differs_from_the_run_before_is_named(void **state)
{
	struct store_run run = half_run(), before = half_run();
	char *page = page_of(&run);

	(void)state;
	has(page, "no earlier run of this machine");
	free(page);
	small_env(&run, "kernel", "7.3.4");
	small_env(&before, "kernel", "7.2.<b>");
	assert_int_equal(report_write(".", &run, &(struct report_before){ .previous = &before.run },
				      scratch_path("report")),
			 0);
	assert_int_equal(fs_read(scratch_path("report/index.html"), &page, NULL), 0);
	has(page,
	    "<th scope=\"row\">kernel</th><td class=\"text\">7.2.&lt;b&gt;</td><td class=\"text\">7.3.4</td>");
	free(page);
	store_run_free(&before);
	store_run_free(&run);
}

#define TEST_PICTURES(f) cmocka_unit_test_setup_teardown(f, scratch_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(numbers_are_kept_to_the_byte),
		TEST(what_is_not_usable_is_not_drawn),
		TEST(a_void_sample_keeps_its_place_in_time),
		TEST_PICTURES(a_figure_comes_in_every_form),
		TEST_PICTURES(names_are_good_in_files_and_addresses),
		TEST(what_moved_stands_by_its_verdict),
		TEST(why_is_on_the_page),
		TEST(the_locality_score_stands_by_the_verdict),
		TEST(the_machine_is_drawn),
		TEST(what_differs_from_the_run_before_is_named),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
