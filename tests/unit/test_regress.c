/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The gate: it passes only what is shown, and fails what is missing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <jansson.h>
#include "gate_run.h"
#include "export/regress_json.h"
#include "report/terminal.h"

static const double worse[] = { 1.3 }, slightly[] = { 1.155 };

static void it_passes_what_is_shown(void **state)
{
	struct made now = before;

	(void)state;
	now.seed = 2;
	rules(&now, RULING_PASS);
}

static void it_fails_a_regression(void **state)
{
	struct made now = before;

	(void)state;
	now.seed = 2;
	now.ratio = worse;
	rules(&now, RULING_REGRESSION);
}

/* Twice the time, but so for fair. */
static void a_slower_machine_accuses_nobody(void **state)
{
	struct made now = before;

	(void)state;
	now.seed = 2;
	now.fair = 20;
	rules(&now, RULING_PASS);
}

static void rates_go_the_other_way(void **state)
{
	static const double half[] = { 0.55 }, twice[] = { 2.2 };
	struct made then = before, now = before;
	struct store_run a, b;

	(void)state;
	then.better = now.better = BETTER_HIGHER;
	now.seed = 2;
	for (int i = 0; i < 2; i++) {
		struct judged j = { 0 };

		now.ratio = i ? twice : half;
		a = made_run(&then);
		b = made_run(&now);
		judge(&j, &a, &b);
		assert_int_equal(row_of(&j, "fifo")->ruling, i ? RULING_PASS : RULING_REGRESSION);
		drop(&j);
	}
}

/* 5 % worse with a threshold of 5 %: undecided, and it says what is in the way. */
static void what_is_not_shown_is_inconclusive(void **state)
{
	struct store_run a = made_run(&before), b;
	struct made now = before;
	struct judged j = { 0 };

	(void)state;
	now.seed = 2;
	now.ratio = slightly;
	b = made_run(&now);
	judge(&j, &a, &b);
	assert_int_equal(row_of(&j, "fifo")->ruling, RULING_INCONCLUSIVE);
	assert_non_null(strstr(row_of(&j, "fifo")->why, "more blocks in each run may decide"));
	assert_false(regress_passes(&j.r) || regress_fails(&j.r));
	drop(&j);
}

/* The field gates n = 1 by a standard deviation: here it has no interval, be the difference what it may. */
static void one_block_decides_nothing(void **state)
{
	struct made now = before;

	(void)state;
	now.blocks = 1;
	now.ratio = worse;
	rules(&now, RULING_INCONCLUSIVE);
	now.ratio = same;
	rules(&now, RULING_INCONCLUSIVE);
}

static void status_of_now(enum status status, unsigned block, enum ruling ruling)
{
	struct store_run a = made_run(&before), b;
	struct made now = before;
	struct judged j = { 0 };

	now.seed = 2;
	b = made_run(&now);
	made_status(&b, "fifo", block, status);
	judge(&j, &a, &b);
	assert_int_equal(row_of(&j, "fifo")->ruling, ruling);
	assert_int_equal(regress_fails(&j.r), ruling > RULING_INCONCLUSIVE);
	if (!block) /* missing is missing: no number stands in for it */
		assert_true(isnan(row_of(&j, "fifo")->v->judgement.effect.ratio) &&
			    isnan(row_of(&j, "fifo")->v->b.middle));
	drop(&j);
}

static void what_is_missing_fails(void **state)
{
	(void)state;
	status_of_now(STATUS_VOID, 0, RULING_MISSING);
	status_of_now(STATUS_VOID, 3, RULING_PASS); /* one of 15: judged by the rest */
	status_of_now(STATUS_FAILED, 3, RULING_BROKEN);
	status_of_now(STATUS_EJECTED, 3, RULING_BROKEN);
	status_of_now(STATUS_EJECTED, 0, RULING_BROKEN);
}

static void a_policy_that_vanished_fails(void **state)
{
	static const char *const none[] = { NULL };
	struct store_run a = made_run(&before), b;
	struct made now = before;
	struct judged j = { 0 };

	(void)state;
	now.policy = none;
	b = made_run(&now);
	judge(&j, &a, &b);
	assert_int_equal(row_of(&j, "fifo")->ruling, RULING_MISSING);
	assert_string_equal(row_of(&j, "fifo")->why, "not in B");
	drop(&j);
}

static void what_is_new_is_not_gated(void **state)
{
	static const char *const two[] = { "fifo", "vtime", NULL };
	static const double ratios[] = { 1.1, 5 };
	struct store_run a = made_run(&before), b;
	struct made now = before;
	struct judged j = { 0 };

	(void)state;
	now.policy = two;
	now.ratio = ratios;
	b = made_run(&now);
	judge(&j, &a, &b);
	assert_int_equal(row_of(&j, "vtime")->ruling, RULING_INFO);
	assert_true(regress_passes(&j.r));
	drop(&j);
}

static void fair_that_is_missing_fails(void **state)
{
	struct store_run a = made_run(&before), b = made_run(&before);
	struct judged j = { 0 };

	(void)state;
	made_status(&b, "fair", 0, STATUS_VOID);
	judge(&j, &a, &b);
	assert_int_equal(row_of(&j, "fifo")->ruling, RULING_MISSING);
	drop(&j);
}

static void nothing_in_common_is_no_pass(void **state)
{
	static const char *const none[] = { NULL };
	struct store_run a, b;
	struct made now = before;
	struct judged j = { 0 };

	(void)state;
	now.policy = none;
	a = made_run(&now);
	b = made_run(&now);
	judge(&j, &a, &b);
	assert_false(regress_passes(&j.r) || regress_fails(&j.r));
	drop(&j);
}

/* An interim state can fail and can't pass. */
static void an_unfinished_run_does_not_pass(void **state)
{
	struct store_run a = made_run(&before), b;
	struct made now = before;
	struct judged j = { 0 };

	(void)state;
	now.seed = 2;
	b = made_run(&now);
	b.run.planned = 60;
	judge(&j, &a, &b);
	assert_int_equal(row_of(&j, "fifo")->ruling, RULING_PASS);
	assert_false(regress_passes(&j.r) || regress_fails(&j.r));
	drop(&j);
}

static void parse(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("lacks: %s\n%s", part, text);
}

/* What must be escaped is, in XML and for the terminal; no number is made up in JSON. */
static void documents(void **state)
{
	static const char *const evil[] = { "<fifo>\x1b&\"", NULL };
	struct made then = before;
	struct store_run a, b;
	struct judged j = { 0 };
	struct regress_names names = {
		&j.b.run, &j.a.run, "last-good", 1, "scxbench regress", NULL, &j.spec
	};
	char *text;
	json_t *root;

	(void)state;
	then.policy = evil;
	a = made_run(&then);
	b = made_run(&then);
	made_status(&b, evil[0], 0, STATUS_EJECTED);
	judge(&j, &a, &b);
	text = regress_junit(&j.r, &names);
	parse(text, "tests=\"2\" failures=\"1\" errors=\"0\" skipped=\"1\"");
	parse(text, "classname=\"&lt;fifo&gt;\\x1b&amp;&quot;\"");
	parse(text,
	      "<failure message=\"broken: the kernel ejected the policy in 15 of its samples\" type=\"broken\"/>");
	free(text);
	text = regress_text(&j.r, &names, 0);
	parse(text, "FAIL: of 1 gated metrics 0 pass, 1 broken.");
	assert_null(strchr(text, '\x1b'));
	free(text);
	text = regress_json(&j.r, &names);
	root = json_loads(text, 0, NULL);
	assert_string_equal(json_string_value(json_object_get(root, "gate")), "fail");
	assert_true(json_is_null(json_object_get(json_array_get(json_object_get(root, "rows"), 1), "ratio")));
	json_decref(root);
	free(text);
	drop(&j);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_passes_what_is_shown),
		cmocka_unit_test(it_fails_a_regression),
		cmocka_unit_test(a_slower_machine_accuses_nobody),
		cmocka_unit_test(rates_go_the_other_way),
		cmocka_unit_test(what_is_not_shown_is_inconclusive),
		cmocka_unit_test(one_block_decides_nothing),
		cmocka_unit_test(what_is_missing_fails),
		cmocka_unit_test(a_policy_that_vanished_fails),
		cmocka_unit_test(what_is_new_is_not_gated),
		cmocka_unit_test(fair_that_is_missing_fails),
		cmocka_unit_test(nothing_in_common_is_no_pass),
		cmocka_unit_test(an_unfinished_run_does_not_pass),
		cmocka_unit_test(documents),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
