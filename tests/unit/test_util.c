/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "scratch.h"
#include "util/log.h"
#include "util/mem.h"
#include "record/metrics.h"
#include "util/utf8.h"
#include "util/why.h"

static void utf8_is_left_alone_and_the_rest_escaped(void **state)
{
	const char *const cases[][2] = {
		{ "plain", "plain" },
		{ "\xc2\xb5s \xe2\x82\xac \xf0\x9f\x90\xa7", "\xc2\xb5s \xe2\x82\xac \xf0\x9f\x90\xa7" },
		{ "a\xff"
		  "b",
		  "a\\xffb" },
		{ "cut \xe2\x82", "cut \\xe2\\x82" },
		{ "\xc0\x80", "\\xc0\\x80" },
		{ "\xed\xa0\x80", "\\xed\\xa0\\x80" },
		{ "\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80" },
		{ "", "" },
		{ "\xef\xbf\xbf", "\\xef\\xbf\\xbf" },
		{ "\x80", "\\x80" },
		{ "\xf8\x88\x80\x80\x80", "\\xf8\\x88\\x80\\x80\\x80" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		char *clean = utf8_clean(cases[i][0]);

		assert_string_equal(clean, cases[i][1]);
		free(clean);
	}
	assert_null(utf8_clean(NULL));
}

static void nothing_that_a_terminal_obeys_is_printable(void **state)
{
	const char *const cases[][2] = {
		{ "a\033[31mb", "a?[31mb" },
		{ "two\nlines\r\t", "two\nlines??" },
		{ "\x7f", "?" },
		/* U+009B is CSI in one character */
		{ "\xc2\x9b"
		  "31m",
		  "?31m" },
		{ "\x9b"
		  "31m",
		  "\\x9b31m" },
		{ "\xc2\xa0\xc2\xb5s", "\xc2\xa0\xc2\xb5s" },
		{ "a\u202eb\u2066c\u2028d", "a?b?c?d" },
		{ "f\u200bi\u2060f\ufeffo\u00ad\u26a0\ufe0f", "f?i?f?o?\u26a0\ufe0f" }, /* nothing hides */
	};
	char *marked = utf8_marked("a\u202eb\u00b5");

	(void)state;
	assert_string_equal(marked, "a\\xe2\\x80\\xaeb\u00b5");
	free(marked);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		char *clean = utf8_printable(cases[i][0], '\n');

		assert_string_equal(clean, cases[i][1]);
		free(clean);
	}
}

static void widths_are_what_a_terminal_takes(void **state)
{
	const char *wide = "\xe8\xaa\xbf\xe5\xba\xa6", *combining = "e\xcc\x81t";

	(void)state;
	assert_int_equal(utf8_width(""), 0);
	assert_int_equal(utf8_width("\xc2\xb5s"), 2);
	assert_int_equal(utf8_width(wide), 4);
	assert_int_equal(utf8_width(combining), 2);
	assert_int_equal(utf8_fit(wide, 4), 6);
	assert_int_equal(utf8_fit(wide, 3), 3);
	assert_int_equal(utf8_fit(combining, 1), 3);
	assert_int_equal(utf8_fit(wide, 0), 0);
}

static void texts_are_folded_at_blanks(void **state)
{
	const char *const cases[][2] = {
		{ "", "" },
		{ "one two three", "one two\nthree" },
		{ "one-two/three four", "one-two/three\nfour" },
		{ "one  two three", "one  two\nthree" },
		{ "1234567 8", "1234567\n8" },
		{ "within 5 %", "within\n5 %" },
		{ "\xe8\xaa\xbf\xe5\xba\xa6 cord \xc2\xb5s", "\xe8\xaa\xbf\xe5\xba\xa6\ncord \xc2\xb5s" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		char *folded = utf8_fold(cases[i][0], 8);

		assert_string_equal(folded, cases[i][1]);
		free(folded);
	}
}

static void metrics_keep_what_they_get(void **state)
{
	struct metrics m = { 0 };

	(void)state;
	for (int i = 0; i < 100; i++) {
		char *name = mem_printf("m%d", i);

		metrics_add(&m, name, "s", BETTER_LOWER, i);
		free(name);
	}
	metrics_absent(&m, "perf.cycles", "count", "no counter");
	assert_int_equal(m.nr, 101);
	assert_true(metrics_find(&m, "m99")->value == 99);
	assert_null(metrics_find(&m, "m99")->absent);
	assert_true(isnan(metrics_find(&m, "perf.cycles")->value));
	assert_string_equal(metrics_find(&m, "perf.cycles")->absent, "no counter");
	assert_null(metrics_find(&m, "m100"));
	metrics_free(&m);
	assert_int_equal(m.nr, 0);
}

static void a_metric_is_there_once_and_finite(void **state)
{
	struct metrics m = { 0 };

	(void)state;
	metrics_add(&m, "time", "s", BETTER_LOWER, 1);
	metrics_add(&m, "time", "s", BETTER_LOWER, 2);
	assert_int_equal(m.nr, 1);
	assert_true(m.metric[0].value == 2);
	metrics_add(&m, "time", "s", BETTER_LOWER, INFINITY);
	assert_true(isnan(m.metric[0].value));
	assert_non_null(m.metric[0].absent);
	metrics_free(&m);
}

static void histograms_count(void **state)
{
	struct metrics m = { 0 };
	struct hist *h = metrics_hist(&m, "latency", "us");

	(void)state;
	hist_add(h, 0, 1, 5);
	hist_add(h, 1, 2, 0);
	hist_add(h, 2, 4, 7);
	hist_add(h, 4, INFINITY, 2);
	hist_add(h, -INFINITY, 0, 1);
	assert_int_equal(h->nr, 2);
	assert_true(h->overflow == 3 && hist_total(h) == 15);
	assert_ptr_equal(metrics_find_hist(&m, "latency"), h);
	assert_int_equal(metrics_hist(&m, "latency", "us")->nr, 0);
	assert_int_equal(m.nr_hists, 1);
	assert_null(metrics_find_hist(&m, "other"));
	metrics_free(&m);
}

static void better_is_a_word(void **state)
{
	enum better b;

	(void)state;
	for (enum better i = BETTER_NONE; i <= BETTER_HIGHER; i++) {
		assert_int_equal(better_parse(better_name(i), &b), 0);
		assert_int_equal(b, i);
	}
	assert_int_equal(better_parse("faster", &b), -EINVAL);
}

/* What the calls of say() write to stderr, into text. */
static void capture(void (*say)(void), char *text, size_t size)
{
	int old = dup(STDERR_FILENO);
	int fd = open(scratch_path("err"), O_RDWR | O_CREAT | O_TRUNC, 0600);
	ssize_t n;

	dup2(fd, STDERR_FILENO);
	say();
	dup2(old, STDERR_FILENO);
	close(old);
	n = pread(fd, text, size - 1, 0);
	close(fd);
	assert_true(n >= 0);
	text[n] = '\0';
}

static void say_progress(void)
{
	log_progress("1 of 2");
	log_progress("2 of 2");
	assert_int_equal(log_err(-ENOENT, "no %s", "x"), -ENOENT);
	log_warn("odd");
	log_info("done");
	log_progress_end();
}

static void messages_are_lines(void **state)
{
	static const char plain[] = "scxbench: no x\nscxbench: warning: odd\nscxbench: done\n";
	char text[256];

	(void)state;
	unsetenv("SCXBENCH_PROGRESS");
	capture(say_progress, text, sizeof(text));
	assert_string_equal(text, plain);
	setenv("SCXBENCH_PROGRESS", "", 1);
	capture(say_progress, text, sizeof(text));
	assert_string_equal(text, plain);
	setenv("SCXBENCH_PROGRESS", "0", 1);
	capture(say_progress, text, sizeof(text));
	assert_string_equal(text, plain);
	setenv("SCXBENCH_PROGRESS", "1", 1);
	capture(say_progress, text, sizeof(text));
	assert_string_equal(text, "\r\033[K1 of 2\r\033[K2 of 2\nscxbench: no x\nscxbench: warning: odd\n"
				  "scxbench: done\n");
	setenv("SCXBENCH_PROGRESS", "lines", 1);
	capture(say_progress, text, sizeof(text));
	assert_string_equal(text, "1 of 2\n2 of 2\nscxbench: no x\nscxbench: warning: odd\nscxbench: done\n");
	unsetenv("SCXBENCH_PROGRESS");
}

static void a_reason_goes_with_its_error_and_is_cut_to_fit(void **state)
{
	struct why why;
	char *many = mem_zalloc(1, 1000);

	(void)state;
	memset(many, 'x', 999);
	assert_int_equal(why_set(&why, -EIO, "exited with %d", 3), -EIO);
	why_add(&why, ": %s", "no luck");
	assert_string_equal(why.text, "exited with 3: no luck");
	why_add(&why, "%s", many);
	assert_int_equal(strlen(why.text), sizeof(why.text) - 1);
	why_add(&why, "%s", many);
	assert_int_equal(strlen(why.text), sizeof(why.text) - 1);
	free(many);
}

#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(utf8_is_left_alone_and_the_rest_escaped),
		cmocka_unit_test(nothing_that_a_terminal_obeys_is_printable),
		cmocka_unit_test(widths_are_what_a_terminal_takes),
		cmocka_unit_test(texts_are_folded_at_blanks),
		cmocka_unit_test(metrics_keep_what_they_get),
		cmocka_unit_test(a_metric_is_there_once_and_finite),
		cmocka_unit_test(histograms_count),
		cmocka_unit_test(better_is_a_word),
		IN_SCRATCH(messages_are_lines),
		cmocka_unit_test(a_reason_goes_with_its_error_and_is_cut_to_fit),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("util", tests, NULL, NULL);
}
