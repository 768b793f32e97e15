/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A fixed run, out of files through the store, gives the same page text, figure data and exports to the byte
 * as tests/unit/data/golden holds. Where a change is meant: look at it, then take the new ones over by
 *	harness/lab/chroot.sh .build/lab/san/tests/unit/a_fixed_run_reads_as_it_did --bless
 * and commit them with what changed them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <glob.h>
#include <jansson.h>
#include "made_window.h"
#include "odd_run.h"
#include "report/report.h"
#include "scratch.h"
#include "text/buf.h"
#include "util/fs.h"

#define GOLDEN "tests/unit/data/golden"

static bool bless;

/* What is between the tags, cells and small print set apart; neither the style nor lines without text. */
static char *text_of_page(const char *html)
{
	struct buf b = { 0 };

	for (const char *c = strstr(html, "<body>"); *c; c++) {
		if (*c == '<') {
			if (!strncmp(c, "</td>", 5) || !strncmp(c, "</th>", 5))
				buf_put(&b, " | ");
			else if (!strncmp(c, "<small", 6))
				buf_put(&b, " / ");
			c = strchr(c, '>');
		} else if (*c != '\n' || (b.len && b.text[b.len - 1] != '\n')) {
			buf_bytes(&b, c, 1);
		}
	}
	return buf_take(&b);
}

/* To digits that do not depend on the library of exp() and log(). */
static double rounded(double value)
{
	char text[32];

	snprintf(text, sizeof(text), "%.6g", value);
	return strtod(text, NULL);
}

static void round_samples(struct store_run *run)
{
	for (size_t i = 0; i < run->nr; i++)
		for (size_t k = 0; k < run->sample[i].metrics.nr; k++)
			run->sample[i].metrics.metric[k].value =
				rounded(run->sample[i].metrics.metric[k].value);
}

static void round_results(const char *path)
{
	json_t *root = json_load_file(path, 0, NULL);

	assert_non_null(root);
	assert_int_equal(json_dump_file(root, path, JSON_INDENT(1) | JSON_REAL_PRECISION(10)), 0);
	json_decref(root);
}

/* The run as a bench leaves it, read again out of a store that took it in. */
static void store_golden(struct store_run *stored)
{
	struct store_run run = odd_real();
	char *dir = mem_printf("%s/runs/%s", scratch, run.run.id),
	     *db = mem_printf("%s/scxbench.db", scratch);
	struct store *store;

	round_samples(&run);
	assert_int_equal(fs_mkdirs(dir), 0);
	assert_int_equal(run_write(&run.run, dir), 0);
	for (size_t i = 0; i < run.nr; i++)
		assert_int_equal(record_write(&run.sample[i], dir), 0);
	assert_int_equal(store_open(db, STORE_CREATE, &store), 0);
	assert_int_equal(store_take_run(store, dir), 0);
	assert_int_equal(store_load(store, run.run.id, stored), 0);
	store_close(store);
	free(db);
	free(dir);
	store_run_free(&run);
}

/* Without gnuplot, whose pictures vary with its version. */
static void report_golden(void)
{
	char *path = mem_strdup(getenv("PATH")), *page, *text;
	struct store_run run;

	store_golden(&run);
	setenv("PATH", scratch, 1);
	assert_int_equal(made_windows(&run, "cyclictest", scratch_path("report")), 0);
	assert_int_equal(report_write(".", &run, NULL, scratch_path("report")), 0);
	setenv("PATH", path, 1);
	assert_int_equal(fs_read(scratch_path("report/index.html"), &page, NULL), 0);
	text = text_of_page(page);
	assert_int_equal(fs_write_durable(scratch_path("report/page.txt"), text, strlen(text)), 0);
	round_results(scratch_path("report/results.json"));
	free(text);
	free(page);
	free(path);
	store_run_free(&run);
}

static const char *const patterns[] = { "page.txt",	 "*.json", "*.csv",    "*.prom",
					"benchstat.txt", "*.xml",  "fig/*.dat" };

static void list(const char *dir, glob_t *files)
{
	for (size_t i = 0; i < sizeof(patterns) / sizeof(*patterns); i++) {
		char *pattern = mem_printf("%s/%s", dir, patterns[i]);

		glob(pattern, i ? GLOB_APPEND : 0, NULL, files);
		free(pattern);
	}
}

static unsigned line_of(const char *text, size_t at)
{
	unsigned line = 1;

	for (size_t i = 0; i < at; i++)
		line += text[i] == '\n';
	return line;
}

static void compare_file(const char *got_path, const char *want_path)
{
	char *got, *want;
	size_t at = 0;

	assert_int_equal(fs_read(got_path, &got, NULL), 0);
	if (bless)
		assert_int_equal(fs_write_durable(want_path, got, strlen(got)), 0);
	if (fs_read(want_path, &want, NULL))
		fail_msg("%s is not there: see the head of this test for how to take it over", want_path);
	while (got[at] && got[at] == want[at])
		at++;
	if (got[at] != want[at])
		fail_msg(
			"%s:%u is another: got \"%.60s\", had \"%.60s\"; where it is meant, see the head of this test",
			want_path, line_of(want, at), got + at, want + at);
	free(got);
	free(want);
}

static void a_fixed_run_reads_as_it_did(void **state)
{
	glob_t got = { 0 }, want = { 0 };
	char *report = mem_printf("%s/report", scratch);
	size_t cut = strlen(report);

	(void)state;
	report_golden();
	if (bless)
		assert_int_equal(fs_mkdirs(GOLDEN "/fig"), 0);
	list(report, &got);
	assert_true(got.gl_pathc > 5);
	for (size_t i = 0; i < got.gl_pathc; i++) {
		char *path = mem_printf(GOLDEN "%s", got.gl_pathv[i] + cut);

		compare_file(got.gl_pathv[i], path);
		free(path);
	}
	list(GOLDEN, &want);
	assert_int_equal(want.gl_pathc, got.gl_pathc);
	globfree(&got);
	globfree(&want);
	free(report);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_fixed_run_reads_as_it_did, scratch_setup, scratch_teardown),
	};

	bless = argc > 1 && !strcmp(argv[1], "--bless");
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
