/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The protocol, line by line: what is understood, and what is refused. */
#include <errno.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include "workload/describe.h"

static struct why said; /* of the last refusal */

static void good_lines_are_taken(void **state)
{
	struct metrics m = { 0 };

	(void)state;
	assert_int_equal(workload_parse_line("metric time s lower 1.5", &m, &said), 0);
	assert_int_equal(workload_parse_line("metric rate 1/s higher -2e3", &m, &said), 0);
	assert_int_equal(workload_parse_line("metric cycles count none 7", &m, &said), 0);
	assert_int_equal(workload_parse_line("absent p99.9 us too few wakeups beyond it", &m, &said), 0);
	assert_int_equal(workload_parse_line("hist latency us 3 0:1:5 1:2:0 10:20.5:6", &m, &said), 0);
	assert_int_equal(workload_parse_line("hist empty us 0", &m, &said), 0);
	assert_true(metrics_find(&m, "time")->value == 1.5);
	assert_int_equal(metrics_find(&m, "time")->better, BETTER_LOWER);
	assert_int_equal(metrics_find(&m, "rate")->better, BETTER_HIGHER);
	assert_int_equal(metrics_find(&m, "cycles")->better, BETTER_NONE);
	assert_string_equal(metrics_find(&m, "p99.9")->absent, "too few wakeups beyond it");
	assert_int_equal(metrics_find_hist(&m, "latency")->overflow, 3);
	assert_int_equal(hist_total(metrics_find_hist(&m, "latency")), 14);
	assert_int_equal(hist_total(metrics_find_hist(&m, "empty")), 0);
	metrics_free(&m);
}

static void a_quantile_is_of_a_histogram(void **state)
{
	const struct metric *p90, *p999;
	struct metrics m = { 0 };

	(void)state;
	assert_int_equal(workload_parse_line("quantile p90 latency lower 0.9", &m, &said), -EBADMSG);
	assert_int_equal(workload_parse_line("hist latency us 0 4:5:500 5:6:500 6:7:500", &m, &said), 0);
	assert_int_equal(workload_parse_line("quantile p90 latency lower 0.9", &m, &said), 0);
	assert_int_equal(workload_parse_line("quantile p99.9 latency lower 0.999", &m, &said), 0);
	p90 = metrics_find(&m, "p90");
	p999 = metrics_find(&m, "p99.9");
	assert_float_equal(p90->value, 6.7, 1e-12);
	assert_float_equal(p90->resolution, 1, 0); /* nothing lies above its bin */
	assert_string_equal(p90->unit, "us");
	assert_int_equal(p90->better, BETTER_LOWER);
	assert_true(isnan(p999->value) && isnan(p999->resolution));
	assert_non_null(strstr(p999->absent, "too few values lie beyond it"));
	assert_int_equal(workload_parse_line("quantile p90 latency lower 0.9", &m, &said), -EBADMSG);
	assert_int_equal(workload_parse_line("quantile a latency lower", &m, &said), -EBADMSG);
	assert_int_equal(workload_parse_line("quantile a latency lower 1", &m, &said), -EBADMSG);
	assert_int_equal(workload_parse_line("quantile a latency none 0.5", &m, &said), -EBADMSG);
	assert_int_equal(workload_parse_line("quantile a latency lower 0.5 1", &m, &said), -EBADMSG);
	assert_int_equal(m.nr, 2);
	metrics_free(&m);
}

static void refuses(const char *line, const char *rule)
{
	struct metrics m = { 0 };

	assert_int_equal(workload_parse_line(line, &m, &said), -EBADMSG);
	if (!strstr(said.text, rule))
		print_error("%s: %s\n", line, said.text);
	assert_non_null(strstr(said.text, rule));
	assert_int_equal(m.nr + m.nr_hists, 0);
	metrics_free(&m);
}

/* Each is a number or a name that no other reader would take. */
static void what_is_out_of_range_is_refused_with_the_rule(void **state)
{
	(void)state;
	refuses("metric time s lower -5", "a time is from 0 to");
	refuses("metric time s lower 0", "takes some time");
	refuses("metric time s lower 1e300", "a time is from 0 to");
	refuses("metric rate 1/s higher 1e300", "a number is 0 or from");
	refuses("metric rate 1/s higher 1e-300", "a number is 0 or from");
	refuses("hist latency us 18446744073709551615 0:1:3", "at most 70368744177664");
	refuses("hist latency us 0 0:1:9223372036854775808", "in all");
	refuses("hist latency us 0 0:1:70368744177664 1:2:1", "in all");
	refuses("metric <b> s lower 1", "letters, digits");
	refuses("metric time \033[31ms lower 1", "letters, digits");
}

static void a_sample_has_only_so_many(void **state)
{
	struct metrics m = { 0 };
	char line[64];

	(void)state;
	for (int i = 0; i < 4096; i++) {
		snprintf(line, sizeof(line), "metric m%d count none 1", i);
		assert_int_equal(workload_parse_line(line, &m, &said), 0);
	}
	assert_int_equal(workload_parse_line("metric last count none 1", &m, &said), -EBADMSG);
	assert_non_null(strstr(said.text, "at most 4096 metrics"));
	metrics_free(&m);
}

static void rubbish_is_refused_and_leaves_no_trace(void **state)
{
	static const char *const rubbish[] = {
		"",
		" ",
		"metric",
		"metric time",
		"metric time s",
		"metric time s lower",
		"metric time s lower x",
		"metric time s lower nan",
		"metric time s lower inf",
		"metric time s lower 1e999",
		"metric time s lower 1 2",
		"metric time s lower 1x",
		"metric time s sideways 1",
		"metric <b> s lower 1",
		"metric taken s lower 1",
		"absent time s",
		"time 1",
		"hist h us",
		"hist h us x",
		"hist h us -1",
		"hist h us 0 1:2",
		"hist h us 0 1:2:-3",
		"hist h us 0 2:1:3",
		"hist h us 0 1:1:3",
		"hist h us 0 1:2:3 1:2:3",
		"hist h us 0 1:2:3:4",
		"hist taken us 0",
	};
	struct metrics m = { 0 };

	(void)state;
	metrics_add(&m, "taken", "s", BETTER_LOWER, 1);
	for (size_t i = 0; i < sizeof(rubbish) / sizeof(*rubbish); i++)
		if (workload_parse_line(rubbish[i], &m, &said) != -EBADMSG)
			fail_msg("taken: '%s'", rubbish[i]);
	assert_int_equal(m.nr, 1);
	assert_int_equal(m.nr_hists, 0);
	metrics_free(&m);
}

static void each_variant_is_a_workload(void **state)
{
	struct workload *list = NULL;
	struct why why;

	(void)state;
	assert_int_equal(describe_parse("/w/plain", "summary s\nprimary time\ntimeout_s 9\n", &list, &why),
			 0);
	assert_int_equal(
		describe_parse("/w/hack",
			       "variant a over pipes\nvariant b\nsummary s t\nprimary p\n"
			       "timeout_s 1.5\ntypical_s 2\nsettle_s 0.1\ndefault yes\nidentity x y\n"
			       "undo yes\nprepare no\next_share 0.5\ntime_share 0.25\n",
			       &list, &why),
		0);
	assert_int_equal(workload_count(list), 3);
	assert_string_equal(list[0].name, "plain");
	assert_string_equal(list[0].variant, "");
	assert_string_equal(list[0].identity, "");
	assert_true(list[0].ext_share == 0.99 && !list[0].undo && list[0].prepares);
	assert_false(list[0].in_default);
	assert_string_equal(list[1].name, "hack-a");
	assert_string_equal(list[1].summary, "s t; over pipes");
	assert_string_equal(list[2].name, "hack-b");
	assert_string_equal(list[2].identity, "x y");
	assert_true(list[2].in_default && list[2].timeout_s == 1.5);
	assert_true(list[2].ext_share == 0.5 && list[2].time_share == 0.25 && list[2].undo &&
		    !list[2].prepares);
	workload_list_free(list);
}

static void bad_descriptions_say_why(void **state)
{
	static const char *const bad[][2] = {
		{ "", "summary, primary" },	 { "summary\n", "key value" },
		{ "colour red\n", "colour" },	 { "summary s\nprimary p\n", "timeout_s" },
		{ "timeout_s soon\n", "soon" },	 { "timeout_s -1\n", "-1" },
		{ "timeout_s inf\n", "inf" },	 { "default maybe\n", "maybe" },
		{ "undo perhaps\n", "perhaps" }, { "ext_share 99\n", "99" },
		{ "time_share 2\n", "2" },	 { "variant a/b x\n", "a/b" },
	};
	struct workload *list = NULL;
	struct why why;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		assert_int_equal(describe_parse("/w/x", bad[i][0], &list, &why), -EBADMSG);
		if (!strstr(why.text, bad[i][1]))
			fail_msg("'%s' says '%s'", bad[i][0], why.text);
	}
	assert_null(list);
}

/* A machine with a directory of files as its only cgroup: enough for a keeper, which then kills one by one.
 */

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(good_lines_are_taken),
		cmocka_unit_test(a_quantile_is_of_a_histogram),
		cmocka_unit_test(what_is_out_of_range_is_refused_with_the_rule),
		cmocka_unit_test(a_sample_has_only_so_many),
		cmocka_unit_test(rubbish_is_refused_and_leaves_no_trace),
		cmocka_unit_test(each_variant_is_a_workload),
		cmocka_unit_test(bad_descriptions_say_why),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("workload_parse", tests, NULL, NULL);
}
