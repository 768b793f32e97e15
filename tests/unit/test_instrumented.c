/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where watching took more than the budget, a sample gives no figure anywhere, and why is said. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "export/exports.h"
#include "figure_run.h"
#include "figures/lanes.h"
#include "judge/instrumented.h"
#include "judge/ledger.h"
#include "record/env_key.h"
#include "small_run.h"

#define WHY "watching took 30 % of its CPU time, over the budget of 25 %"

/* A sample of 100 s whose programs took so many seconds. */
static struct record sample_of(double seconds)
{
	struct record r = { .instrumented = true };

	metrics_add(&r.metrics, "cgroup.cpu", "ns", BETTER_NONE, 100e9);
	metrics_add(&r.metrics, "watch.life.cpu", "s", BETTER_LOWER, seconds);
	return r;
}

static void the_budget_is_the_runs_or_the_default(void **state)
{
	static const struct {
		const char *given;
		double budget;
	} cases[] = { { NULL, INSTRUMENTED_BUDGET },
		      { "25%", 0.25 },
		      { "0.5 %", 0.005 },
		      { "much", INSTRUMENTED_BUDGET } };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct store_run run = { 0 };

		if (cases[i].given)
			small_env(&run, ENV_PLAN_WATCH_BUDGET, cases[i].given);
		assert_float_equal(instrumented_budget(&run.run), cases[i].budget, 1e-12);
		store_run_free(&run);
	}
}

static void what_is_over_the_budget_is_refused(void **state)
{
	static const struct {
		double seconds;
		bool instrumented, refused;
	} cases[] = { { 25, true, false }, { 25.1, true, true }, { NAN, true, false }, { 99, false, false } };
	struct store_run run = { 0 };

	(void)state;
	small_env(&run, ENV_PLAN_WATCH_BUDGET, "25%");
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct record r = sample_of(cases[i].seconds);
		char *why;

		r.instrumented = cases[i].instrumented;
		why = instrumented_why(&run.run, &r);
		assert_int_equal(instrumented_refused(&run.run, &r), cases[i].refused);
		assert_int_equal(instrumented_counts(&run.run, &r),
				 cases[i].instrumented && !cases[i].refused);
		assert_int_equal(!!why, cases[i].refused);
		r.status = STATUS_VOID;
		assert_false(instrumented_counts(&run.run, &r));
		free(why);
		metrics_free(&r.metrics);
	}
	store_run_free(&run);
}

/* Fair and fifo with a sample each that has all kinds of figures; watching took seconds of 100 s in fifo's.
 */
static struct store_run watched_run(double seconds)
{
	static const double value[] = { 10, 11 };
	struct store_run run = small_run(value, value, 2, BETTER_LOWER);

	small_env(&run, ENV_PLAN_WATCH_BUDGET, "25%");
	for (size_t i = 2; i < run.nr; i++) {
		struct metrics *m = &run.sample[i].metrics;

		run.sample[i].instrumented = true;
		run.sample[i].block = 0;
		metrics_add(m, "cgroup.cpu", "ns", BETTER_NONE, 100e9);
		metrics_add(m, "watch.life.cpu", "s", BETTER_LOWER, i == 3 ? seconds : 1);
	}
	metrics_add(&run.sample[3].metrics, "bpf.ns.enqueue", "ns", BETTER_LOWER, 4321);
	metrics_add(&run.sample[3].metrics, "life.missed", "count", BETTER_NONE, 0);
	metrics_add(&run.sample[3].metrics, "life.enqueue.custody", "count", BETTER_NONE, 987);
	metrics_add(&run.sample[3].metrics, "audit.custody.entry_dsq", "count", BETTER_NONE, 5);
	hist_add(metrics_hist(&run.sample[3].metrics, "audit.custody_ns.dispatch", "ns"), 1000, 2000, 5);
	return run;
}

static void the_page_says_why_and_has_no_figure(void **state)
{
	struct store_run run = watched_run(30), used = watched_run(25);
	char *page = page_of(&run), *other;

	(void)state;
	has(page, "<p class=\"banner\">build, fifo: " WHY ". Its figures are not used.</p>");
	has(page, "No instrumented sample of this run gives figures, so the cost of the ops is not known.");
	has(page, "fifo: nothing to show: " WHY);
	has(page, "No instrumented sample of this run shows lives.");
	lacks(page, "4,321");
	lacks(page, "<td>987</td>");
	other = page_of(&used);
	lacks(other, "over the budget");
	has(other, "4,321");
	has(other, "<td>987</td>");
	free(page);
	free(other);
	store_run_free(&run);
	store_run_free(&used);
}

static void the_exports_say_why(void **state)
{
	struct store_run run = watched_run(30);
	struct compare c;
	char *json, *csv;

	(void)state;
	compare_make(&run, &c);
	json = export_results(&c);
	csv = export_samples(&c);
	has(json, "\"budget\": 0.25,");
	has(json, "\"sample\": 4,");
	has(json, "\"share\": 0.29999999999999999,");
	has(json, "\"why\": \"" WHY "\"");
	has(json, "\"absent\": \"" WHY "\"");
	lacks(json, "\"count\"");
	has(csv, "fifo,build,instrumented,ok,\"" WHY "\",");
	compare_free(&c);
	free(json);
	free(csv);
	store_run_free(&run);
}

/* What the audit found is true however long it took; its times are figures. */
static void an_audit_keeps_its_counts_and_not_its_times(void **state)
{
	static const double seconds[] = { 25, 30 };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct store_run run = watched_run(seconds[i]);
		struct ledger l;

		ledger_make(&run, "fifo", LEDGER_AUDITED, &l);
		assert_float_equal(ledger_count(&l, SCXB_CUSTODY_entry_dsq), 5, 0);
		assert_int_equal(!ledger_times(&l, SCXB_CAUSE_dispatch), i);
		ledger_free(&l);
		store_run_free(&run);
	}
}

static void its_window_is_not_shown(void **state)
{
	struct stint stint = { .to_ns = 1000, .tid = 1 };
	const struct switches window = { .stint = &stint, .nr = 1, .length_ns = 1000, .cpus = 1 };
	struct store_run run = watched_run(30);
	struct compare c;
	struct lanes l;

	(void)state;
	for (unsigned seq = 3; seq <= 4; seq++) {
		char *path = switches_path(scratch, seq);

		assert_int_equal(switches_write(&window, path), 0);
		free(path);
	}
	compare_make(&run, &c);
	lanes_read(&c, 0, scratch, &l);
	assert_int_equal(l.nr, 1);
	assert_int_equal(l.arm[0].seq, 3);
	lanes_free(&l);
	compare_free(&c);
	store_run_free(&run);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_budget_is_the_runs_or_the_default),
		cmocka_unit_test(what_is_over_the_budget_is_refused),
		TEST(the_page_says_why_and_has_no_figure),
		TEST(the_exports_say_why),
		cmocka_unit_test(an_audit_keeps_its_counts_and_not_its_times),
		TEST(its_window_is_not_shown),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
