/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Ledgers side by side: sums, verdicts, and that nothing is reported that was not seen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <jansson.h>
#include <math.h>
#include <string.h>
#include "export/custody_json.h"
#include "judge/ledgers.h"
#include "report/report.h"
#include "scratch.h"
#include "util/fs.h"
#include "util/mem.h"

/* A run of one policy on a kernel, without a sample yet. */
static struct store_run run_on(const char *kernel, const char *policy)
{
	struct store_run run = { .run = { .id = mem_strdup(kernel),
					  .plan = mem_strdup("custody"),
					  .command = mem_strdup("scxbench custody"),
					  .where = mem_strdup("native"),
					  .blocks = 1 } };

	run.run.policies = mem_zalloc(2, sizeof(char *));
	run.run.policies[0] = mem_strdup(policy);
	run.run.workloads = mem_zalloc(2, sizeof(char *));
	run.run.primary = mem_zalloc(2, sizeof(char *));
	run.run.env = mem_zalloc(1, sizeof(*run.run.env));
	run.run.env[run.run.nr_env++] = (struct pair){ mem_strdup("kernel"), mem_strdup(kernel) };
	return run;
}

static struct record *add_sample(struct store_run *run, bool exact)
{
	struct record *r;

	run->sample = mem_grow(run->sample, run->nr, sizeof(*run->sample));
	r = &run->sample[run->nr++];
	*r = (struct record){ .seq = (unsigned)run->nr,
			      .block = 1,
			      .policy = mem_strdup(run->run.policies[0]),
			      .workload = mem_strdup("storm") };
	record_prove(r, true, PROOF_CUSTODY_SEMANTICS, "%s", exact ? "exact" : "inferred");
	run->run.planned = (unsigned)run->nr;
	return r;
}

static void count(struct record *r, const char *name, double value)
{
	metrics_add(&r->metrics, name, "count", BETTER_NONE, value);
}

/* On a kernel that reports exits: 10 dispatched and 3 taken away of so many that entered. */
static struct store_run exact_run(double entered)
{
	struct store_run run = run_on("7.3.4+deb13-cloud-amd64", "fifo");
	struct record *r = add_sample(&run, true);

	count(r, "custody.entry_dsq", entered);
	count(r, "custody.exit_dispatch", 10);
	count(r, "custody.exit_change", 3);
	count(r, "custody.exit_inferred", 0);
	count(r, "custody.double_entry", 0);
	count(r, "custody.lost_race", 5);
	count(r, "storm.nice", 40);
	count(r, "storm.nice_caught", 31);
	metrics_absent(&r->metrics, "storm.hotplug", "count", "not asked for");
	metrics_absent(&r->metrics, "storm.hotplug_caught", "count", "not asked for");
	return run;
}

static struct store_run inferred_run(void)
{
	struct store_run run = run_on("7.0.13+deb13-cloud-amd64", "fifo");
	struct record *r = add_sample(&run, false);

	count(r, "custody.entry_dsq", 20);
	count(r, "custody.exit_dispatch", 0);
	count(r, "custody.exit_inferred", 20);
	count(r, "custody.double_entry", 0);
	return run;
}

static enum ledger_state state_of(const struct store_run *run)
{
	struct ledger l;
	enum ledger_state state;

	ledger_make(run, "fifo", LEDGER_ANY, &l);
	state = ledger_state(&l);
	ledger_free(&l);
	return state;
}

static void has(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("the text lacks: %s\n%s", part, text);
}

/* The table's line that begins so has these words after it. */
static void row(const char *text, const char *label, const char *want)
{
	char line[256], *at = strstr(text, label);
	const char *word;

	assert_non_null(at);
	snprintf(line, sizeof(line), "%.*s", (int)strcspn(at, "\n"), at);
	at = line + strlen(label);
	for (word = want; *word;) {
		at += strspn(at, " ");
		if (*word == ' ')
			word++;
		else if (*at++ != *word++)
			fail_msg("row %s has not: %s", line, want);
	}
	assert_int_equal(at[strspn(at, " ")], '\0');
}

static void equal_sums_balance(void **state)
{
	struct store_run run = exact_run(13);
	char *text = report_custody_text(&run, 1, 0);

	(void)state;
	assert_int_equal(state_of(&run), LEDGER_BALANCED);
	assert_false(ledgers_fail(&run));
	assert_false(ledgers_fail_sample(&run.sample[0]));
	row(text, "entries, by way in", "13");
	row(text, "  exit_change: a property changed", "3");
	row(text, "still inside", "0");
	row(text, "  lost_race: pops that lost", "5");
	row(text, "  entry_own: own queue", "–");
	row(text, "  nice", "40 / 31");
	row(text, "  hotplug", "–");
	has(text,
	    "Linux 7.3.4 reports every exit from custody. 1 of 1 ledgers balance to the last task: 13 entries, "
	    "13 exits, 0 violations.");
	has(text, "Linux 7.3.4, no hotplug: not asked for");
	free(text);
	store_run_free(&run);
}

static void one_left_inside_fails(void **state)
{
	struct store_run run = exact_run(14);
	char *text = report_custody_text(&run, 1, 0);

	(void)state;
	assert_int_equal(state_of(&run), LEDGER_UNBALANCED);
	assert_true(ledgers_fail(&run));
	assert_true(ledgers_fail_sample(&run.sample[0]));
	row(text, "still inside", "1");
	has(text, "0 of 1 ledgers balance");
	free(text);
	store_run_free(&run);
}

static void a_violation_fails_on_any_kernel(void **state)
{
	struct store_run run = exact_run(13), old = inferred_run();

	(void)state;
	count(&run.sample[0], "custody.freed_inside", 1);
	count(&old.sample[0], "custody.freed_inside", 1);
	assert_int_equal(state_of(&run), LEDGER_VIOLATED);
	assert_int_equal(state_of(&old), LEDGER_VIOLATED);
	assert_true(ledgers_fail(&old));
	store_run_free(&run);
	store_run_free(&old);
}

/* Equal sums prove nothing there, and unequal ones nothing either. */
static void inferred_is_no_verdict(void **state)
{
	struct store_run run = inferred_run();
	char *text = report_custody_text(&run, 1, 0);

	(void)state;
	assert_int_equal(state_of(&run), LEDGER_INFERRED);
	count(&run.sample[0], "custody.entry_dsq", 21);
	assert_int_equal(state_of(&run), LEDGER_INFERRED);
	assert_false(ledgers_fail(&run));
	has(text, "Linux 7.0.13 lacks the custody semantics. It reported 0 of 20 exits");
	assert_null(strstr(text, "balanced"));
	free(text);
	store_run_free(&run);
}

static void what_can_not_be_known_fails(void **state)
{
	struct store_run run = exact_run(13);

	(void)state;
	run.run.planned = 2;
	assert_true(ledgers_fail(&run));
	run.run.planned = 1;
	run.sample[0].status = STATUS_EJECTED;
	assert_int_equal(state_of(&run), LEDGER_BROKEN);
	run.sample[0].status = STATUS_VOID;
	assert_int_equal(state_of(&run), LEDGER_BALANCED);
	add_sample(&run, true);
	assert_int_equal(state_of(&run), LEDGER_BROKEN);
	run.nr = 0;
	assert_int_equal(state_of(&run), LEDGER_BROKEN);
	assert_true(ledgers_fail(&run));
	run.nr = 2;
	store_run_free(&run);
}

static void samples_add_up(void **state)
{
	struct store_run run = exact_run(13);
	struct record *r = add_sample(&run, true);
	struct ledger l;

	(void)state;
	count(r, "custody.entry_dsq", 2);
	count(r, "custody.exit_dispatch", 2);
	hist_add(metrics_hist(&run.sample[0].metrics, "custody_ns.dispatch", "ns"), 1000, 2000, 30);
	hist_add(metrics_hist(&r->metrics, "custody_ns.dispatch", "ns"), 8000, 9000, 29);
	ledger_make(&run, "fifo", LEDGER_ANY, &l);
	assert_true(ledger_total(&l, CUSTODY_ENTRIES) == 15);
	assert_true(ledger_count(&l, SCXB_CUSTODY_exit_dispatch) == 12);
	assert_true(isnan(ledger_count(&l, SCXB_CUSTODY_entry_own)));
	assert_int_equal(hist_total(metrics_find_hist(&l.sum, "custody_ns.dispatch")), 59);
	ledger_free(&l);
	store_run_free(&run);
}

/* What an audit saw of the first sample; told is NAN of a policy without the op. */
static void audit(struct store_run *run, double dispatched, double told)
{
	struct record *r = &run->sample[0];
	bool own = metrics_find(&r->metrics, "custody.entry_dsq");

	count(r, "audit.custody.entry_dsq", dispatched + 3);
	count(r, "audit.custody.exit_dispatch", dispatched);
	count(r, "audit.custody.exit_change", 3);
	count(r, "audit.custody.double_entry", 0);
	count(r, "audit.custody.stale", 2);
	count(r, "audit.custody.calls", 70);
	count(r, "audit.custody.time", 4e6);
	if (isnan(told))
		metrics_absent(&r->metrics, "audit.custody.told", "count", "no ops.dequeue()");
	else
		count(r, "audit.custody.told", told);
	if (own)
		record_prove(r, dispatched == 10, PROOF_CUSTODY_AUDITED, "%s", "found");
}

static void an_audit_stands_in_for_a_ledger(void **state)
{
	struct store_run run = run_on("7.3.4", "cmd:x");
	char *text;

	(void)state;
	add_sample(&run, true);
	audit(&run, 10, NAN);
	text = report_custody_text(&run, 1, 0);
	row(text, "policy", "cmd:x, audited");
	has(text, "Linux 7.3.4, cmd:x, audited: no ops.dequeue() (13 exits); "
		  "2 inserts were of tasks that it did not have; the audit: 70 calls, 0.004 s");
	assert_false(ledgers_fail(&run));
	free(text);
	store_run_free(&run);
}

static void an_audit_stands_beside_a_ledger(void **state)
{
	struct store_run same = exact_run(13), other = exact_run(13);
	char *text;

	(void)state;
	audit(&same, 10, 13);
	text = report_custody_text(&same, 1, 0);
	row(text, "policy", "fifo fifo, audited");
	has(text, "13 exits, 0 violations. Seen from outside, 1 of 1 are the same.");
	assert_false(ledgers_fail(&same));
	free(text);
	audit(&other, 11, 13);
	text = report_custody_text(&other, 1, 0);
	row(text, "ledger", "balanced differs");
	assert_true(ledgers_fail(&other));
	assert_true(ledgers_fail_sample(&other.sample[0]));
	free(text);
	store_run_free(&same);
	store_run_free(&other);
}

/* A quantile needs ten values beyond it. */
static void quantiles_of_few_are_not_numbers(void **state)
{
	struct store_run run = exact_run(13);
	char *text;

	(void)state;
	hist_add(metrics_hist(&run.sample[0].metrics, "custody_ns.dispatch", "ns"), 1000, 2000, 30);
	text = report_custody_text(&run, 1, 0);
	row(text, "  dispatch, median", "1.5");
	row(text, "  dispatch, 99 %", "too few");
	row(text, "  change, 99 %", "–");
	free(text);
	store_run_free(&run);
}

static void kernels_stand_side_by_side(void **state)
{
	struct store_run run[2] = { inferred_run(), exact_run(13) };
	char *text = report_custody_text(run, 2, 0), *json = custody_json(run, 2), *page;
	json_t *root = json_loads(json, 0, NULL),
	       *after = json_array_get(json_object_get(root, "custody"), 1);

	(void)state;
	row(text, "policy", "fifo fifo");
	row(text, "kernel", "7.0.13 7.3.4");
	row(text, "ledger", "inferred balanced");
	row(text, "  exit_inferred: seen running later", "20 0");
	assert_string_equal(json_string_value(json_object_get(after, "ledger")), "balanced");
	assert_string_equal(json_string_value(json_object_get(after, "kernel")), "7.3.4+deb13-cloud-amd64");
	assert_true(json_number_value(json_object_get(json_object_get(after, "exits"), "exit_change")) == 3);
	assert_true(json_is_null(json_object_get(json_object_get(after, "entries"), "entry_own")));
	assert_true(json_number_value(json_object_get(json_object_get(after, "storm"), "nice_caught")) == 31);
	assert_int_equal(report_custody_write(".", run, 2, scratch_path("report")), 0);
	assert_int_equal(fs_read(scratch_path("report/custody.html"), &page, NULL), 0);
	has(page, "≈ inferred");
	has(page, "▲ balanced");
	has(page, "<td>40 / 31</td>");
	has(page, "does not apply to ext tasks");
	free(page);
	json_decref(root);
	free(json);
	free(text);
	store_run_free(&run[0]);
	store_run_free(&run[1]);
}

static void the_same_kernel_twice_is_told_apart(void **state)
{
	struct store_run run[2] = { exact_run(13), exact_run(13) };
	char *text = report_custody_text(run, 2, 0);

	(void)state;
	has(text, "7.3.4+deb13-cloud-amd64, run 2");
	free(text);
	store_run_free(&run[0]);
	store_run_free(&run[1]);
}

static void everything_from_outside_is_escaped(void **state)
{
	struct store_run run = exact_run(13);
	char *page, *text;

	(void)state;
	free(run.run.policies[0]);
	free(run.sample[0].policy);
	run.run.policies[0] = mem_strdup("<b>\x1b[31m");
	run.sample[0].policy = mem_strdup("<b>\x1b[31m");
	run.sample[0].status = STATUS_VOID;
	run.sample[0].why = mem_strdup("<script>");
	text = report_custody_text(&run, 1, 0);
	assert_null(strchr(text, '\x1b'));
	assert_int_equal(report_custody_write(".", &run, 1, scratch_path("report")), 0);
	assert_int_equal(fs_read(scratch_path("report/custody.html"), &page, NULL), 0);
	assert_null(strstr(page, "<script"));
	assert_null(strstr(page, "<b>\\x1b"));
	has(page, "&lt;b&gt;\\x1b[31m");
	free(page);
	free(text);
	store_run_free(&run);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(equal_sums_balance),
		TEST(one_left_inside_fails),
		TEST(a_violation_fails_on_any_kernel),
		TEST(inferred_is_no_verdict),
		TEST(what_can_not_be_known_fails),
		TEST(samples_add_up),
		TEST(an_audit_stands_in_for_a_ledger),
		TEST(an_audit_stands_beside_a_ledger),
		TEST(quantiles_of_few_are_not_numbers),
		TEST(kernels_stand_side_by_side),
		TEST(the_same_kernel_twice_is_told_apart),
		TEST(everything_from_outside_is_escaped),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
