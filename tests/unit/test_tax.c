/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What sched_ext itself costs is said where the run has both arms, and nowhere else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <jansson.h>
#include "export/tax_json.h"
#include "figure_run.h"
#include "made_run.h"
#include "small_run.h"

#define TITLE "What sched_ext itself costs"

static const char *const both[] = { "fifo", "eevdf", "eevdf-noledger", NULL },
			 *const one[] = { "eevdf", NULL }, *const none[] = { "fifo", "eevdf-noledger", NULL },
			 *const knobs[] = { "eevdf:slice_us=20000", NULL };
static const double ratios[] = { 1.05, 1.10, 1.04 };

static struct store_run taxed(const char *const *policies)
{
	const struct made m = { .id = "r", .blocks = 12, .fair = 10, .policy = policies, .ratio = ratios };

	return made_run(&m);
}

static void both_parts_are_told_apart(void **state)
{
	struct store_run run = taxed(both);
	char *page = page_of(&run), *text = text_of(&run);

	(void)state;
	has(page, TITLE);
	has(page, "<b>1.100</b> <span class=\"word\">▼ slower</span>");
	has(page, "<b>1.040</b> <span class=\"word\">▼ slower</span>");
	has(page, "<td><b>1.058</b><small>[1.048, 1.067]</small></td></tr>");
	has(page, "medians: fair 10, here 11 s");
	has(page, "eevdf-noledger is the same policy without them");
	lacks(page, "no real machine");
	has(text, TITLE);
	has(text, "build: 1.100 [1.089, 1.110] ▼ slower, of which the ledger 1.058");
	free(page);
	free(text);
	store_run_free(&run);
}

static void an_arm_that_is_missing_is_no_number(void **state)
{
	struct store_run run = taxed(one);
	char *page = page_of(&run);

	(void)state;
	has(page, TITLE);
	has(page, "How much they are, this run does not tell");
	has(page, "<td class=\"absent\">not in this run</td>");
	has(page, "<td class=\"absent\">not known</td>");
	free(page);
	store_run_free(&run);
}

static void says_nothing(struct store_run *run)
{
	char *page = page_of(run), *text = text_of(run);
	struct compare c;
	json_t *rows;

	compare_make(run, &c);
	rows = tax_json(&c);
	lacks(page, TITLE);
	lacks(text, TITLE);
	assert_int_equal(json_array_size(rows), 0);
	json_decref(rows);
	compare_free(&c);
	free(page);
	free(text);
	store_run_free(run);
}

static void no_claim_without_both(void **state)
{
	struct store_run run = taxed(none);

	(void)state;
	says_nothing(&run);
	run = taxed(knobs);
	says_nothing(&run);
	run = taxed(both);
	run.run.baseline = mem_strdup("eevdf");
	says_nothing(&run);
}

static void emulated_times_and_counts_are_called_so(void **state)
{
	struct store_run run = taxed(both);
	char *page;

	(void)state;
	run.run.emulated = true;
	page = page_of(&run);
	has(page, "it is no real machine&#39;s price");
	has(page, "<b>1.100</b> <span class=\"word\">≠ more emulated time</span>");
	free(page);
	free(run.run.plan);
	run.run.plan = mem_strdup("exact");
	page = page_of(&run);
	has(page, "counted in instructions: how long the path is, not how long it takes");
	free(page);
	store_run_free(&run);
}

static void programs_get_both_ratios(void **state)
{
	struct store_run run = taxed(both);
	struct compare c;
	json_t *rows, *row;

	(void)state;
	compare_make(&run, &c);
	rows = tax_json(&c);
	row = json_array_get(rows, 0);
	assert_true(fabs(json_number_value(json_object_get(row, "ratio")) - 1.10) < 1e-9);
	assert_true(fabs(json_number_value(json_object_get(row, "ledger_ratio")) - 1.10 / 1.04) < 1e-9);
	assert_string_equal(json_string_value(json_object_get(row, "verdict")), "worse");
	json_decref(rows);
	compare_free(&c);
	store_run_free(&run);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(both_parts_are_told_apart), TEST(an_arm_that_is_missing_is_no_number),
		TEST(no_claim_without_both),	 TEST(emulated_times_and_counts_are_called_so),
		TEST(programs_get_both_ratios),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
