/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The report: its numbers are right, its words are honest, nothing gets into the page unescaped. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <jansson.h>
#include "judge/compare.h"
#include "record/metric_name.h"
#include "report/page.h"
#include "report/section.h"
#include "small_run.h"
#include "topology/topology.h"

/* Log ratios are ln 0.8, ln 1 and ln 1.25: their Walsh averages have the median ln 1. */
static void a_ratio_is_what_it_is_by_hand(void **state)
{
	static const double fair[] = { 10, 10, 10 }, other[] = { 8, 10, 12.5 }, half[] = { 5, 5, 5 };
	struct store_run run = small_run(fair, other, 3, BETTER_LOWER);
	struct compare c;

	(void)state;
	compare_make(&run, &c);
	assert_int_equal(compare_cell(&c, 0, 1)->judgement.effect.n, 3);
	assert_true(fabs(compare_cell(&c, 0, 1)->judgement.effect.ratio - 1) < 1e-12);
	assert_true(compare_cell(&c, 0, 1)->median == 10);
	assert_false(cell_has_interval(compare_cell(&c, 0, 1)));
	compare_free(&c);
	store_run_free(&run);
	run = small_run(fair, half, 3, BETTER_LOWER);
	compare_make(&run, &c);
	assert_true(fabs(compare_cell(&c, 0, 1)->judgement.effect.ratio - 0.5) < 1e-12);
	assert_int_equal(compare_cell(&c, 0, 1)->judgement.verdict, VERDICT_NONE);
	compare_free(&c);
	store_run_free(&run);
}

static void higher_can_be_better(void **state)
{
	static const double fair[] = { 10, 10, 10 }, half[] = { 5, 5, 5 };
	struct store_run run = small_run(fair, half, 3, BETTER_HIGHER);
	char *page = page_of(&run), *text = text_of(&run);

	(void)state;
	has(page,
	    "<span class=\"range\">0.50 … 0.50</span> <span class=\"word\">no verdict</span><small>no interval: 3 pairs</small>");
	has(page, "higher is better");
	has(text, "0.50 … 0.50");
	lacks(text, "0.500");
	lacks(page, "0.500");
	has(text, "demonstration");
	free(page);
	free(text);
	store_run_free(&run);
}

/* Six equal ratios: the interval exists and is that ratio. */
static void an_interval_needs_six_blocks(void **state)
{
	static const double fair[] = { 10, 11, 12, 13, 14, 15 }, other[] = { 5, 5.5, 6, 6.5, 7, 7.5 };
	struct store_run run = small_run(fair, other, 6, BETTER_LOWER);
	char *page = page_of(&run), *text = text_of(&run);

	(void)state;
	has(page, "<b>0.500</b> <span class=\"word\">▲ faster</span><small>[0.500, 0.500]</small>");
	has(text, "0.500 [0.500, 0.500] ▲ faster");
	has(text, "fifo finishes build in 50.0 % less time than fair");
	lacks(page, "demonstration");
	free(page);
	free(text);
	store_run_free(&run);
}

static void void_samples_leave_their_pair_out(void **state)
{
	static const double fair[] = { 10, 0, 10 }, other[] = { 5, 5, 0 };
	struct store_run run = small_run(fair, other, 3, BETTER_LOWER);
	char *page = page_of(&run), *text = text_of(&run);

	(void)state;
	has(page, "no interval: 1 pair<");
	has(page, "2 of 3 data points");
	has(page, "4 of 6 timed samples are data points (2 void).");
	has(text, "1 block (1 void of 3)");
	free(page);
	free(text);
	store_run_free(&run);
}

static void a_run_of_void_samples_has_no_ratio(void **state)
{
	static const double none[] = { 0, 0, 0 };
	struct store_run run = small_run(none, none, 3, BETTER_LOWER);
	char *page = page_of(&run), *text = text_of(&run);

	(void)state;
	has(page, "0 of 6 timed samples are data points (6 void).");
	has(page, "no pair with fair");
	has(page, "No data point, no figure.");
	lacks(page, "1,000,000");
	has(text, "- (3 void of 3)");
	free(page);
	free(text);
	store_run_free(&run);
}

static void instrumented_samples_are_never_compared(void **state)
{
	static const double fair[] = { 10 }, other[] = { 20 };
	struct store_run run = small_run(fair, other, 1, BETTER_LOWER);
	struct compare c;

	(void)state;
	run.sample[1].instrumented = true;
	compare_make(&run, &c);
	assert_int_equal(compare_cell(&c, 0, 1)->valid, 0);
	assert_int_equal(compare_cell(&c, 0, 1)->judgement.effect.n, 0);
	compare_free(&c);
	store_run_free(&run);
}

/* As they are in a task's life, and not as the one object that was measured first has them. */
static void ops_have_one_order(void **state)
{
	static const char *const found[] = { METRIC_OP_NS "own", METRIC_OP_NS "stopping",
					     METRIC_OP_NS "enqueue", METRIC_OP_NS "select_cpu" };
	static const double fair[] = { 10 }, other[] = { 5 };
	struct store_run run = small_run(fair, other, 1, BETTER_LOWER);
	const char *at;
	char *page;

	(void)state;
	run.sample[1].instrumented = true;
	for (size_t i = 0; i < 4; i++)
		metrics_add(&run.sample[1].metrics, found[i], "ns", BETTER_LOWER, 100);
	page = page_of(&run);
	at = strstr(page, "<th scope=\"row\">select_cpu<");
	assert_non_null(at);
	at = strstr(at, "<th scope=\"row\">enqueue<");
	assert_non_null(at);
	at = strstr(at, "<th scope=\"row\">stopping<");
	assert_non_null(at);
	assert_non_null(strstr(at, "<th scope=\"row\">own<"));
	free(page);
	store_run_free(&run);
}

static void a_run_without_fair_is_shown(void **state)
{
	static const double value[] = { 10 };
	struct store_run run = small_run(value, value, 1, BETTER_LOWER);
	char *page;

	(void)state;
	free(run.run.policies[0]);
	run.run.policies[0] = run.run.policies[1];
	run.run.policies[1] = NULL;
	page = page_of(&run);
	has(page, "Without fair in the run there is nothing to compare with");
	has(page, "1 scheduler on 1 workload, 1 block:");
	free(page);
	store_run_free(&run);
}

static void everything_from_outside_is_escaped(void **state)
{
	static const double value[] = { 10, 0 };
	struct store_run run = small_run(value, value, 2, BETTER_LOWER);
	const char evil[] = "<script>alert(\"1\")&\xff\x01{{matrix}}";
	char *page;

	(void)state;
	free(run.run.policies[1]);
	run.run.policies[1] = mem_strdup(evil);
	for (size_t i = 1; i < run.nr; i += 2) {
		free(run.sample[i].policy);
		run.sample[i].policy = mem_strdup(evil);
	}
	run.sample[3].why = mem_strdup(evil);
	run.sample[3].violations = mem_strdup(evil);
	record_take_proof(&run.sample[3], proof_named(evil, evil, false));
	page = page_of(&run);
	lacks(page, "<script>alert");
	assert_null(strstr(strstr(page, "<script>") + 1, "<script")); /* the page's own alone */
	lacks(page, "\xff");
	lacks(page, "\x01");
	has(page, "&lt;script&gt;alert(&quot;1&quot;)&amp;\\xff");
	has(page, "{{matrix}}");
	free(page);
	store_run_free(&run);
}

static void what_an_object_lacks_of_its_program_stands_beside_its_name(void **state)
{
	const double values[] = { 1, 1 };
	struct store_run run = small_run(values, values, 2, BETTER_LOWER);
	char *page, *text;

	(void)state;
	record_take_proof(&run.sample[3], proof_named("without its own program", "slice_ns is <0", true));
	page = page_of(&run);
	text = text_of(&run);
	has(page, "fifo<small class=\"note\">without its own program: slice_ns is &lt;0</small>");
	lacks(page, "fair<small class=\"note\">without");
	lacks(page,
	      "<th scope=\"row\">without its own program"); /* of the checks, as which it doesn't count */
	has(text, "fifo ran without its own program: slice_ns is <0.");
	lacks(text, "fair ran without");
	free(page);
	free(text);
	store_run_free(&run);
}

static void a_template_is_filled_once(void **state)
{
	struct slot slot[] = { { "a", (char *)"1{{b}}" }, { "b", (char *)"2" } };
	char *page = page_fill("x{{a}}y{{b}}z}}", slot, 2);

	(void)state;
	assert_string_equal(page, "x1{{b}}y2z}}");
	free(page);
	assert_null(page_fill("{{c}}", slot, 2));
}

static void a_real_looking_run_has_all_its_parts(void **state)
{
	struct store_run run = fake_run(3);
	char *page;

	(void)state;
	fake_faults(&run);
	page = page_of(&run);
	has(page, "Measured under emulation: ratios only, never speed.");
	has(page, "was ejected by the kernel in 1 of 3 samples of ");
	has(page, "This is a demonstration: too few blocks for a verdict (3, an interval needs 6).");
	has(page, "runnable task stall");
	has(page, "&lt;script&gt;");
	has(page, "locality: no ledger: the object has no map scxb_cpu.");
	has(page, "absent: this CPU has no hardware counters");
	has(page, "instrumented, never compared");
	has(page, "--seed 42");
	assert_true(fs_exists(scratch_path("report/fig/latency-cyclictest.dat")));
	assert_true(fs_exists(scratch_path("report/fig/dots-build.gp")));
	lacks(page, "src=\"http");
	free(page);
	store_run_free(&run);
}

static void without_gnuplot_there_is_a_page(void **state)
{
	struct store_run run = fake_run(1);
	char *path = mem_strdup(getenv("PATH")), *page;

	(void)state;
	setenv("PATH", scratch, 1);
	page = page_of(&run);
	setenv("PATH", path, 1);
	has(page, "This page has no pictures: gnuplot is not installed.");
	lacks(page, "<img");
	free(page);
	free(path);
	store_run_free(&run);
}

static void json_has_the_same_numbers(void **state)
{
	static const double fair[] = { 10, 10, 10 }, half[] = { 5, 0, 5 };
	struct store_run run = small_run(fair, half, 3, BETTER_LOWER);
	json_t *root, *cell;

	(void)state;
	free(page_of(&run));
	root = json_load_file(scratch_path("report/results.json"), 0, NULL);
	cell = json_array_get(json_object_get(root, "comparison"), 1);
	assert_string_equal(json_string_value(json_object_get(cell, "policy")), "fifo");
	assert_true(json_is_null(json_object_get(cell, "ratio")));
	assert_true(fabs(json_number_value(json_object_get(cell, "block_most")) - 0.5) < 1e-12);
	assert_true(json_is_null(json_object_get(cell, "low")));
	assert_string_equal(json_string_value(json_object_get(cell, "verdict")), "none");
	assert_int_equal(json_integer_value(json_object_get(cell, "valid")), 2);
	assert_true(json_is_null(json_array_get(json_object_get(cell, "values"), 1)));
	assert_string_equal(json_string_value(json_object_get(cell, "reason")), "few");
	assert_true(json_is_null(json_object_get(cell, "total_ratio")));
	cell = json_object_get(cell, "reliability");
	assert_int_equal(json_integer_value(json_object_get(cell, "planned")), 3);
	assert_int_equal(json_integer_value(json_object_get(cell, "void")), 1);
	assert_true(fabs(json_number_value(json_object_get(cell, "lost_high")) - 0.9057) < 1e-4);
	assert_int_equal(json_array_size(json_object_get(root, "not_ok")), 1);
	assert_true(json_is_true(json_object_get(json_object_get(root, "run"), "demonstration")));
	json_decref(root);
	store_run_free(&run);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_setup, scratch_teardown)

static void many_nodes_have_no_table(void **state)
{
	struct topology t;
	struct view v = { .machine = &t };
	struct buf page = { 0 };

	(void)state;
	assert_int_equal(topology_load("synthetic:package:64 numa:1 core:1 pu:1", &t), 0);
	section_machine(&page, &v);
	assert_non_null(strstr(page.text, "Distances between nodes"));
	topology_free(&t);
	page.len = 0;
	assert_int_equal(topology_load("synthetic:package:65 numa:1 core:1 pu:1", &t), 0);
	section_machine(&page, &v);
	assert_null(strstr(page.text, "Distances between nodes"));
	assert_non_null(strstr(page.text, "distances between its 65 nodes are in topology.xml"));
	topology_free(&t);
	free(page.text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(many_nodes_have_no_table),
		TEST(a_ratio_is_what_it_is_by_hand),
		TEST(higher_can_be_better),
		TEST(an_interval_needs_six_blocks),
		TEST(void_samples_leave_their_pair_out),
		TEST(a_run_of_void_samples_has_no_ratio),
		TEST(instrumented_samples_are_never_compared),
		TEST(ops_have_one_order),
		TEST(a_run_without_fair_is_shown),
		TEST(everything_from_outside_is_escaped),
		TEST(what_an_object_lacks_of_its_program_stands_beside_its_name),
		TEST(a_template_is_filled_once),
		TEST(a_real_looking_run_has_all_its_parts),
		TEST(without_gnuplot_there_is_a_page),
		TEST(json_has_the_same_numbers),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
