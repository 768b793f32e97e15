/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What an audit of custody says, by what it saw. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <math.h>

#include "collect/outside.h"
#include "record/metric_name.h"

/* The line of the proof, or NULL. */
static const struct proof *line(const struct record *r, enum proof_check check)
{
	for (size_t i = 0; i < r->nr_proofs; i++)
		if (r->proof[i].check == check)
			return &r->proof[i];
	return NULL;
}

static void holds(const struct record *r, enum proof_check check, const char *found)
{
	const struct proof *p = line(r, check);

	assert_non_null(p);
	assert_true(p->holds);
	assert_string_equal(p->found, found);
}

static void fails(const struct record *r, enum proof_check check, const char *found)
{
	const struct proof *p = line(r, check);

	assert_non_null(p);
	assert_false(p->holds);
	assert_string_equal(p->found, found);
}

/* Twelve came and left, two of them changed. */
static struct outside_counts twelve(void)
{
	struct outside_counts c = { .has_stale = true, .calls = 100, .ns = 5000 };

	c.sum.custody[SCXB_CUSTODY_entry_dsq] = 12;
	c.sum.custody[SCXB_CUSTODY_exit_dispatch] = 10;
	c.sum.custody[SCXB_CUSTODY_exit_change] = 2;
	c.sum.ns[SCXB_CAUSE_dispatch].slot[scxb_hist_slot(1000)] = 10;
	c.sum.ns[SCXB_CAUSE_change].slot[scxb_hist_slot(3000)] = 2;
	return c;
}

/* The same in a ledger of the policy's own. */
static void keep_ledger(struct record *r, double dispatched)
{
	for (int i = 0; i < SCXB_NR_CUSTODY; i++) {
		char name[64];

		snprintf(name, sizeof(name), METRIC_CUSTODY "%s", abi_custody[i]);
		metrics_add(&r->metrics, name, "count", BETTER_NONE,
			    i == SCXB_CUSTODY_entry_dsq	      ? 12
			    : i == SCXB_CUSTODY_exit_dispatch ? dispatched
			    : i == SCXB_CUSTODY_exit_change   ? 2
							      : 0);
	}
}

static void a_policy_without_a_ledger_has_the_auditors(void **state)
{
	const struct outside_sample none = { .begun = true, .op = OUTSIDE_OP_NONE };
	struct outside_counts c = twelve();
	struct record r = { 0 };
	const struct metric *m;

	(void)state;
	c.sum.count[OUTSIDE_stale] = 4;
	outside_totals(&c, &none, &r);
	holds(&r, PROOF_CUSTODY_BALANCED, "12 entries, 12 exits");
	holds(&r, PROOF_CUSTODY_CLEAN, "none");
	assert_true(proof_semantics(line(&r, PROOF_CUSTODY_SEMANTICS)));
	assert_null(line(&r, PROOF_CUSTODY_AUDITED));
	assert_true(metrics_value(&r.metrics, "audit.custody.entry_dsq") == 12);
	assert_true(metrics_value(&r.metrics, "audit.custody.inside") == 0);
	assert_true(metrics_value(&r.metrics, "audit.custody.stale") == 4);
	assert_true(metrics_value(&r.metrics, "audit.custody.calls") == 100);
	assert_int_equal(hist_total(metrics_find_hist(&r.metrics, "audit.custody_ns.dispatch")), 10);
	assert_int_equal(hist_total(metrics_find_hist(&r.metrics, "audit.custody_ns.change")), 2);
	m = metrics_find(&r.metrics, "audit.custody.told");
	assert_true(m && isnan(m->value));
	assert_string_equal(m->absent, "the policy has no ops.dequeue(), so no exit is told to it");
	assert_null(line(&r, PROOF_CUSTODY_TOLD));
	/* What nobody outside can know is not 0. */
	assert_null(metrics_find(&r.metrics, "audit.custody.lost_race"));
	record_free(&r);
}

static void a_policys_ledger_must_say_the_same(void **state)
{
	const struct outside_sample watched = { .begun = true, .op = OUTSIDE_OP_WATCHED };
	struct outside_counts c = twelve();
	struct record same = { 0 }, other = { 0 };

	(void)state;
	c.sum.count[OUTSIDE_told] = c.sum.count[OUTSIDE_owed] = 11;
	keep_ledger(&same, 10);
	outside_totals(&c, &watched, &same);
	holds(&same, PROOF_CUSTODY_AUDITED, "equal");
	holds(&same, PROOF_CUSTODY_TOLD, "11 of 11 exits");
	/* The lines of its own ledger are there already. */
	assert_null(line(&same, PROOF_CUSTODY_BALANCED));
	keep_ledger(&other, 9);
	outside_totals(&c, &watched, &other);
	fails(&other, PROOF_CUSTODY_AUDITED, "exit_dispatch: the ledger 9, from outside 10");
	record_free(&same);
	record_free(&other);
}

static void an_exit_that_was_not_told_is_a_fault(void **state)
{
	const struct outside_sample watched = { .begun = true, .op = OUTSIDE_OP_WATCHED };
	struct outside_counts c = twelve();
	struct record r = { 0 };

	(void)state;
	c.sum.count[OUTSIDE_told] = 10;
	c.sum.count[OUTSIDE_owed] = 12;
	outside_totals(&c, &watched, &r);
	fails(&r, PROOF_CUSTODY_TOLD, "10 of 12 exits");
	record_free(&r);
}

static void what_was_missed_leaves_no_number(void **state)
{
	const struct outside_sample watched = { .begun = true, .op = OUTSIDE_OP_WATCHED };
	struct outside_counts c = twelve();
	struct record r = { 0 };
	const struct metric *m;

	(void)state;
	c.sum.lost = 3;
	outside_totals(&c, &watched, &r);
	fails(&r, PROOF_CUSTODY_AUDITED,
	      "the auditor did not see 3 periods and 0 calls: its counts would be wrong");
	m = metrics_find(&r.metrics, "audit.custody.entry_dsq");
	assert_true(m && isnan(m->value) && m->absent);
	assert_null(metrics_find(&r.metrics, "audit.custody.exit_dispatch"));
	record_free(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_policy_without_a_ledger_has_the_auditors),
		cmocka_unit_test(a_policys_ledger_must_say_the_same),
		cmocka_unit_test(an_exit_that_was_not_told_is_a_fault),
		cmocka_unit_test(what_was_missed_leaves_no_number),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
