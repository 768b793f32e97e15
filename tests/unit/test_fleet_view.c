/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is said of a fleet. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "made_fleet.h"
#include "export/fleet_json.h"
#include "report/fleet.h"
#include "util/cause.h"

struct judged {
	struct members members;
	struct fleet_view f;
	struct fleet_cell *cell;
};

static void judge_hosts(struct judged *j, const struct made_host *host, size_t nr)
{
	j->members = made_members(host, nr);
	j->f = made_fleet(&j->members, host);
	fleet_judge(&j->f);
	j->cell = &j->f.cell[0];
}

static void drop_judged(struct judged *j)
{
	fleet_view_free(&j->f);
	members_free(&j->members);
}

static void says(const struct judged *j, const char *text)
{
	char *answer = fleet_answer(&j->f);

	if (!strstr(answer, text))
		fail_msg("no '%s' in: %s", text, answer);
	free(answer);
}

static void machines_that_agree_give_a_verdict(void **state)
{
	static const struct made_host host[] = {
		{ .x = 0.05 }, { .x = 0.06 }, { .x = 0.055 }, { .x = 0.045 }, { .x = 0.05 }
	};
	struct judged j;

	(void)state;
	judge_hosts(&j, host, 5);
	assert_int_equal(j.cell->all.judgement.verdict, VERDICT_WORSE);
	assert_int_equal(j.cell->all.fleet.effect.n, 5);
	assert_true(j.cell->holds);
	assert_true(j.cell->least > 1.04 && j.cell->most < 1.07);
	assert_true(isnan(j.cell->explained_by));
	says(&j, "build under fifo: 1.053 [");
	drop_judged(&j);
}

static void machines_on_both_sides_are_inconclusive(void **state)
{
	static const struct made_host host[] = {
		{ .x = 0.05 }, { .x = -0.06 }, { .x = 0.055 }, { .x = -0.045 }
	};
	struct judged j;

	(void)state;
	judge_hosts(&j, host, 4);
	assert_int_equal(j.cell->all.judgement.verdict, VERDICT_INCONCLUSIVE);
	assert_true(j.cell->all.fleet.next_low < 0.95);
	says(&j, "? inconclusive, more machines may show it");
	drop_judged(&j);
}

static void machines_within_the_margin_are_equivalent(void **state)
{
	static const struct made_host host[] = {
		{ .x = 0.001 }, { .x = -0.002 }, { .x = 0.002 }, { .x = 0 }
	};
	struct judged j;

	(void)state;
	judge_hosts(&j, host, 4);
	assert_int_equal(j.cell->all.judgement.verdict, VERDICT_EQUIVALENT);
	drop_judged(&j);
}

static void a_verdict_that_hangs_on_one_machine_says_so(void **state)
{
	/* Without the first the interval of the others reaches 1. */
	static const struct made_host host[] = {
		{ .x = 0.03 }, { .x = 0.001 }, { .x = 0.034 }, { .x = 0.035 }, { .x = 0.04 }
	};
	struct judged j;

	(void)state;
	judge_hosts(&j, host, 5);
	assert_int_equal(j.cell->all.judgement.verdict, VERDICT_WORSE);
	assert_false(j.cell->holds);
	says(&j, "hangs on one machine");
	drop_judged(&j);
}

static void an_interim_run_is_named(void **state)
{
	static const struct made_host host[7] = { { .x = 0.01 } };
	struct judged j;
	char *answer;

	(void)state;
	judge_hosts(&j, host, 7);
	answer = fleet_answer(&j.f);
	assert_null(strstr(answer, "not ended"));
	free(answer);
	for (size_t i = 1; i < 7; i++) {
		free(j.members.member[i].run.ended);
		j.members.member[i].run.ended = NULL;
	}
	says(&j, "Machine host-5 counts by a run that has not ended: run-5.\n1 more does so, too.\n");
	drop_judged(&j);
}

static void one_ejection_makes_a_policy_unusable_in_the_fleet(void **state)
{
	static const struct made_host host[] = {
		{ .x = -0.05 }, { .x = -0.06 }, { .x = -0.055 }, { .x = -0.05, .worst = STATUS_EJECTED }
	};
	struct judged j;

	(void)state;
	judge_hosts(&j, host, 4);
	assert_int_equal(j.cell->all.judgement.verdict, VERDICT_UNUSABLE);
	says(&j, "not usable, ejected on 1 machine of 4");
	drop_judged(&j);
}

static void classes_that_differ_explain_what_lies_between_machines(void **state)
{
	static const struct made_host host[] = {
		{ .x = 0.05 },
		{ .x = 0.051 },
		{ .x = 0.049 },
		{ .x = -0.05, .class = 1 },
		{ .x = -0.051, .class = 1 },
		{ .x = -0.049, .class = 1 },
		{ .x = -0.05, .class = 1 },
	};
	struct judged j;

	(void)state;
	judge_hosts(&j, host, 7);
	assert_true(fleet_is_explained(j.cell));
	assert_int_equal(j.cell->class[0].fleet.effect.n, 3);
	assert_int_equal(j.cell->class[0].judgement.verdict, VERDICT_WORSE);
	assert_int_equal(j.cell->class[1].judgement.verdict, VERDICT_BETTER);
	says(&j, "differs by class of machine");
	drop_judged(&j);
}

static void a_class_of_two_machines_has_no_interval(void **state)
{
	static const struct made_host host[] = { { .x = 0.05 },
						 { .x = 0.051 },
						 { .x = 0.049 },
						 { .x = 0.05, .class = 1 },
						 { .x = 0.051, .class = 1 } };
	struct judged j;
	char *word;

	(void)state;
	judge_hosts(&j, host, 5);
	assert_true(isnan(j.cell->class[1].fleet.effect.low));
	word = fleet_word(&j.f, 0, &j.cell->class[1]);
	assert_string_equal(word, "too few: 2 of 2");
	free(word);
	drop_judged(&j);
}

static void a_machine_without_a_value_is_asked_and_does_not_count(void **state)
{
	static const struct made_host host[] = {
		{ .x = 0.05 }, { .x = 0.051 }, { .x = 0.049 }, { .x = 0.05 }
	};
	struct judged j;

	(void)state;
	j.members = made_members(host, 4);
	j.f = made_fleet(&j.members, host);
	j.cell = &j.f.cell[0];
	j.cell->one[3] = (struct fleet_one){ .host = { NAN, NAN, 0 }, .due = 15, .worst = STATUS_VOID };
	fleet_judge(&j.f);
	assert_int_equal(j.cell->all.fleet.effect.n, 3);
	assert_int_equal(j.cell->all.nr, 4);
	says(&j, "45 of 60 samples are data points");
	drop_judged(&j);
}

static void what_is_otherwise_with_a_machine_is_named(void **state)
{
	static const struct made_host host[] = {
		{ .x = 0.05 }, { .x = 0.051 }, { .x = 0.049 }, { .x = 0.3, .class = 1 }, { .x = 0.05 }
	};
	struct judged j;
	char *text;

	(void)state;
	judge_hosts(&j, host, 5);
	assert_true(fleet_strays(&j.cell->one[3]));
	assert_false(fleet_strays(&j.cell->one[0]));
	says(&j, "Machine host-3 disagrees: 1.350");
	says(&j,
	     "cpu is Xeon (most: EPYC), topology is 1 package, 4 CPUs (SMT 1) (most: 2 packages, 8 CPUs (SMT 2)).");
	text = fleet_differs(&j.members, 0);
	assert_string_equal(text, "");
	free(text);
	drop_judged(&j);
}

static void fewer_than_three_machines_are_no_fleet(void **state)
{
	static const struct made_host host[] = { { .x = 0.05 }, { .x = 0.051 } };
	struct members m = made_members(host, 2);

	(void)state;
	assert_int_equal(fleet_check(&m), -CAUSE_INCONCLUSIVE);
	members_free(&m);
}

static void emulated_machines_are_never_faster(void **state)
{
	static const struct made_host host[] = { { .x = -0.05 }, { .x = -0.06 }, { .x = -0.055 } };
	struct judged j;
	char *word;

	(void)state;
	j.members = made_members(host, 3);
	for (size_t i = 0; i < 3; i++)
		j.members.member[i].run.emulated = true;
	j.f = made_fleet(&j.members, host);
	fleet_judge(&j.f);
	word = fleet_word(&j.f, 0, &j.f.cell[0].all);
	assert_string_equal(word, "≠ less emulated time");
	free(word);
	word = fleet_text(&j.f, 0);
	assert_null(strstr(word, "faster"));
	free(word);
	word = fleet_json(&j.f);
	assert_non_null(strstr(word, "\"verdict\": \"different\""));
	free(word);
	drop_judged(&j);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(machines_that_agree_give_a_verdict),
		cmocka_unit_test(machines_on_both_sides_are_inconclusive),
		cmocka_unit_test(machines_within_the_margin_are_equivalent),
		cmocka_unit_test(a_verdict_that_hangs_on_one_machine_says_so),
		cmocka_unit_test(an_interim_run_is_named),
		cmocka_unit_test(one_ejection_makes_a_policy_unusable_in_the_fleet),
		cmocka_unit_test(classes_that_differ_explain_what_lies_between_machines),
		cmocka_unit_test(a_class_of_two_machines_has_no_interval),
		cmocka_unit_test(a_machine_without_a_value_is_asked_and_does_not_count),
		cmocka_unit_test(what_is_otherwise_with_a_machine_is_named),
		cmocka_unit_test(fewer_than_three_machines_are_no_fleet),
		cmocka_unit_test(emulated_machines_are_never_faster),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
