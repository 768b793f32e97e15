/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The files for programs beside a page: each in its format, with any names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <jansson.h>
#include "odd_run.h"
#include "text/csv.h"
#include "export/exports.h"
#include "record/env_key.h"
#include "report/index.h"
#include "small_run.h"

static char *export_of(const struct store_run *run, char *(*make)(const struct compare *c))
{
	struct compare c;
	char *text;

	compare_make(run, &c);
	text = make(&c);
	compare_free(&c);
	return text;
}

static struct store_run three_blocks(void)
{
	static const double fair[] = { 10, 10, 10 }, half[] = { 5, 0, 4 };

	return small_run(fair, half, 3, BETTER_LOWER);
}

static void csv_quotes_what_needs_it(void **state)
{
	static const struct {
		const char *text, *field;
	} cases[] = { { "plain", "plain" },
		      { "a,b", "\"a,b\"" },
		      { "say \"x\"", "\"say \"\"x\"\"\"" },
		      { "a\nb", "\"a\nb\"" },
		      { "\xff", "\\xff" },
		      { "", "" },
		      { NULL, "" } };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct buf b = { 0 };
		char *text;

		csv_text(&b, cases[i].text);
		csv_number(&b, NAN);
		text = buf_take(&b);
		assert_string_equal(text, cases[i].field);
		free(text);
	}
}

static void a_sample_is_a_line_and_a_metric_a_column(void **state)
{
	struct store_run run = three_blocks();
	char *text;

	(void)state;
	metrics_add(&run.sample[1].metrics, "time", "ms", BETTER_LOWER, 7);
	metrics_absent(&run.sample[2].metrics, "depth", "count", "no such map");
	run.sample[4].warmup = run.sample[5].instrumented = true;
	text = export_of(&run, export_samples);
	assert_string_equal(
		text,
		"sample,block,boot,emulated,policy,workload,kind,status,why,retake_of,started,started_ns,"
		"elapsed_s,window_s,time (s),time (ms),depth (count)\n"
		"1,1,0,no,fair,build,timed,ok,,0,1970-01-01T00:00:00Z,0,0,0,10,,\n"
		"2,1,0,no,fifo,build,timed,ok,,0,1970-01-01T00:00:00Z,0,0,0,,7,\n"
		"3,2,0,no,fair,build,timed,ok,,0,1970-01-01T00:00:00Z,0,0,0,10,,\n"
		"4,2,0,no,fifo,build,timed,void,,0,1970-01-01T00:00:00Z,0,0,0,1000000,,\n"
		"5,3,0,no,fair,build,warm-up,ok,,0,1970-01-01T00:00:00Z,0,0,0,10,,\n"
		"6,3,0,no,fifo,build,instrumented,ok,,0,1970-01-01T00:00:00Z,0,0,0,4,,\n");
	free(text);
	store_run_free(&run);
}

static void benchstat_has_the_primary_metrics(void **state)
{
	struct store_run run = three_blocks();
	char *text;

	(void)state;
	run.run.emulated = true;
	small_env(&run, ENV_CPU, "Fast\nCPU");
	small_env(&run, ENV_KERNEL, "7.3.4");
	small_env(&run, ENV_VERSION, "0.9 (1a2b3c)");
	text = export_of(&run, export_benchstat);
	assert_string_equal(text, "emulated: yes\ncpu: Fast_CPU\nkernel: 7.3.4\ncommit: 1a2b3c\n"
				  "BenchmarkScx/workload=build/metric=time/policy=fair 1 10000000000 ns/op\n"
				  "BenchmarkScx/workload=build/metric=time/policy=fair 1 10000000000 ns/op\n"
				  "BenchmarkScx/workload=build/metric=time/policy=fair 1 10000000000 ns/op\n"
				  "BenchmarkScx/workload=build/metric=time/policy=fifo 1 5000000000 ns/op\n"
				  "BenchmarkScx/workload=build/metric=time/policy=fifo 1 4000000000 ns/op\n");
	free(text);
	odd_rename_policy(&run, 1, "my /fifo-8");
	for (size_t i = 0; i < run.nr; i++) {
		odd_set(&run.sample[i].metrics.metric[0].unit, "msg/s");
		run.sample[i].metrics.metric[0].better = BETTER_HIGHER;
	}
	text = export_of(&run, export_benchstat);
	has(text, "Unit msg_s better=higher\n");
	has(text, "/policy=my__fifo_8 1 5 msg_s\n");
	free(text);
	store_run_free(&run);
}

static void junit_has_a_case_for_each_policy_and_workload(void **state)
{
	struct store_run run = three_blocks();
	char *text;

	(void)state;
	odd_set(&run.sample[3].why, "the ledger <does> not balance");
	odd_set(&run.run.host, "host<1>");
	run.run.started_ns = 1700000000000000000;
	text = export_of(&run, export_junit);
	has(text, "tests=\"2\" failures=\"1\" errors=\"0\" skipped=\"0\" "
		  "timestamp=\"2023-11-14T22:13:20\" hostname=\"host&lt;1&gt;\">");
	has(text, "<testcase classname=\"fair\" name=\"build time\" time=\"0.000\"></testcase>");
	has(text, "<failure message=\"2 of 3 samples (1 void)\" type=\"not ok\">sample 4, block 2: void: "
		  "the ledger &lt;does&gt; not balance\n</failure>");
	free(text);
	for (size_t i = 0; i < run.nr; i++)
		record_free(&run.sample[i]);
	run.nr = 0;
	text = export_of(&run, export_junit);
	has(text, "failures=\"0\" errors=\"2\"");
	free(text);
	store_run_free(&run);
}

/* What it survived is not a result: neither file has a number of it. */
static void a_policy_that_is_not_usable_fails(void **state)
{
	struct store_run run = three_blocks();
	char *junit, *metrics;

	(void)state;
	run.run.emulated = true;
	run.sample[3].status = STATUS_EJECTED;
	junit = export_of(&run, export_junit);
	metrics = export_of(&run, export_metrics);
	has(junit, "<failure message=\"not usable: the kernel ejected it in 1 of 3 samples; "
		   "2 of 3 samples (1 ejected)\" type=\"not usable\">");
	has(junit, ">\n    <properties><property name=\"emulated\" value=\"yes\"/></properties>\n");
	has(metrics,
	    "scxbench_run_unusable{machine=\"unknown\",emulated=\"yes\",workload=\"build\",metric=\"time\",policy=\"fifo\",unit=\"s\","
	    "better=\"lower\"} 1\n");
	lacks(metrics,
	      "scxbench_run_ratio{machine=\"unknown\",emulated=\"yes\",workload=\"build\",metric=\"time\",policy=\"fifo\"");
	has(metrics, "scxbench_run_lost_high{");
	free(junit);
	free(metrics);
	store_run_free(&run);
}

static void a_sample_that_is_lost_fails_its_case(void **state)
{
	struct store_run run = three_blocks();
	char *text;

	(void)state;
	odd_set(&run.run.ended, "complete");
	record_free(&run.sample[5]);
	run.nr = 5;
	text = export_of(&run, export_junit);
	has(text, "<failure message=\"1 of 3 samples (1 void, 1 missing)\" type=\"not ok\">");
	free(text);
	store_run_free(&run);
}

/* The names and labels of all series, without their values. */
static char *series_of(const struct store_run *run)
{
	char *text = export_of(run, export_metrics), *rest = text;
	struct buf b = { 0 };

	for (char *line; (line = strsep(&rest, "\n"));)
		if (*line && *line != '#') {
			*strrchr(line, ' ') = '\0';
			buf_printf(&b, "%s\n", line);
		}
	free(text);
	return buf_take(&b);
}

static void another_run_has_the_same_series(void **state)
{
	struct store_run run = three_blocks();
	char *one, *two;

	(void)state;
	run.run.started_ns = 1790100000000000000;
	run.run.host = mem_strdup("3f9a1c");
	one = series_of(&run);
	odd_set(&run.run.id, "another");
	run.run.started_ns += 86400000000000;
	two = series_of(&run);
	assert_string_equal(one, two);
	has(one, "scxbench_run_timestamp_seconds{machine=\"3f9a1c\"}");
	lacks(one, "another");
	free(one);
	free(two);
	store_run_free(&run);
}

static void metrics_escape_their_labels(void **state)
{
	struct store_run run = three_blocks();
	char *text;

	(void)state;
	odd_rename_policy(&run, 1, "a\"b\\c\nd\r");
	text = export_of(&run, export_metrics);
	has(text,
	    "scxbench_run_median{machine=\"unknown\",emulated=\"no\",workload=\"build\",metric=\"time\",policy=\"a\\\"b\\\\c\\nd\\\\x0d\",unit=\"s\","
	    "better=\"lower\"} 4.5\n");
	has(text, "status=\"void\"} 1\n");
	lacks(text, "scxbench_run_ratio_low{");
	lacks(text, "nan");
	assert_string_equal(text + strlen(text) - 6, "# EOF\n");
	free(text);
	store_run_free(&run);
}

/* Every odd run but the large ones, without pictures: what can be parsed is, and nothing gets out of its
 * text. */
static void odd_runs_are_exported_and_drawn(void **state)
{
	char *path = mem_strdup(getenv("PATH"));

	(void)state;
	setenv("PATH", scratch, 1);
	for (size_t i = 0; i < NR_ODDS; i++) {
		bool large = odds[i].make == odd_many || odds[i].make == odd_crowd;
		struct store_run run = large ? odd_nothing() : odd_run(&odds[i]);
		char *page = page_of(&run), *junit = export_of(&run, export_junit), *text = text_of(&run);
		json_t *root = json_load_file(scratch_path("report/results.json"), 0, NULL);

		assert_non_null(root);
		lacks(page, "<script>alert");
		lacks(junit, "<script");
		for (const char *c = text; *c; c++)
			assert_true((unsigned char)*c >= ' ' || *c == '\n');
		json_decref(root);
		free(page);
		free(junit);
		free(text);
		store_run_free(&run);
	}
	setenv("PATH", path, 1);
	free(path);
}

static void put(const char *name, const char *text)
{
	assert_int_equal(fs_write_durable(scratch_path(name), text, strlen(text)), 0);
}

static void perf_output_is_joined_in_order(void **state)
{
	char *text;

	(void)state;
	assert_int_equal(export_perf(scratch_path("run"), scratch_path("out"), true), 0);
	assert_false(fs_exists(scratch_path("out/perf.txt")));
	assert_int_equal(fs_mkdirs(scratch_path("run")), 0);
	put("run/perf-0002.json", "{2}\n");
	put("run/perf-0001.json", "{1}\n");
	put("run/other.json", "{}\n");
	assert_int_equal(export_perf(scratch_path("run"), scratch_path("out"), true), 0);
	assert_int_equal(fs_read(scratch_path("out/perf.txt"), &text, NULL), 0);
	assert_string_equal(text, "# emulated: yes\n# perf-0001.json\n{1}\n# perf-0002.json\n{2}\n");
	free(text);
}

/* A run that was never reported is listed without a link; names are escaped. */
static void the_list_of_runs_escapes_their_names(void **state)
{
	const struct store_line line[] = {
		{ .id = (char *)"here",
		  .plan = (char *)"demo",
		  .where = (char *)"lab",
		  .tags = (char *)ODD_NAME,
		  .started_ns = 1795366027000000000,
		  .samples = 4,
		  .planned = 6,
		  .not_ok = 1 },
		{ .id = (char *)"gone", .plan = (char *)"demo", .where = (char *)"lab" }
	};
	char *text;

	(void)state;
	assert_int_equal(fs_mkdirs(scratch_path("here")), 0);
	put("here/index.html", "x");
	put("custody.html", "x");
	assert_int_equal(index_write_runs(".", &(struct index_runs){ line, 2, NULL, 0 }, scratch), 0);
	assert_int_equal(fs_read(scratch_path("runs.html"), &text, NULL), 0);
	has(text, "<a href=\"here/index.html\">here</a></th><td>2026-11-22 16:47</td><td>–</td><td>4 of 6");
	has(text, "<td>&lt;script&gt;");
	has(text, "<td>4 of 6<small class=\"status\">1 not ok</small></td>");
	has(text, "<th scope=\"row\">gone</th><td>–</td>");
	has(text, "<a href=\"custody.html\">");
	lacks(text, "history.html");
	lacks(text, "<script>alert");
	free(text);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(csv_quotes_what_needs_it),		 TEST(a_sample_is_a_line_and_a_metric_a_column),
		TEST(benchstat_has_the_primary_metrics), TEST(junit_has_a_case_for_each_policy_and_workload),
		TEST(a_policy_that_is_not_usable_fails), TEST(a_sample_that_is_lost_fails_its_case),
		TEST(another_run_has_the_same_series),	 TEST(metrics_escape_their_labels),
		TEST(perf_output_is_joined_in_order),	 TEST(the_list_of_runs_escapes_their_names),
		TEST(odd_runs_are_exported_and_drawn),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
