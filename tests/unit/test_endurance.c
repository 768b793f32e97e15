/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How often policies are thrown out: what counts, and what is said of it. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "record/ejection.h"
#include "report/endurance.h"
#include "util/cause.h"

#define NR(a) (sizeof(a) / sizeof(*(a)))
#define HOUR 3600.0

static char fair[] = "fair", twin[] = "fair#2", one[] = "one", two[] = "two", three[] = "three",
	    hash_a[] = "a", hash_b[] = "b", id[] = "r";
static char *policies[] = { fair, twin, one, two, NULL }, *more[] = { one, two, three, NULL };
static char *hashes[] = { NULL, NULL, hash_a, hash_b }, *others[] = { NULL, NULL, hash_b, hash_b };

static struct record sample(char *policy, enum status status, double hours)
{
	return (struct record){ .policy = policy, .status = status, .window_s = hours * HOUR };
}

static struct store_run run_of(struct record *sample, size_t nr)
{
	return (struct store_run){ .run = { .id = id, .policies = policies, .policy_hash = hashes },
				   .sample = sample,
				   .nr = nr };
}

static void has(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("'%s' is not in:\n%s", part, text);
}

static void every_sample_of_a_policy_counts(void **state)
{
	struct record s[] = { sample(fair, STATUS_OK, 1),	 sample(twin, STATUS_OK, 1),
			      sample(one, STATUS_OK, 1),	 sample(one, STATUS_VOID, 0.5),
			      sample(one, STATUS_EJECTED, 0.25), sample(one, STATUS_EJECTED, 0),
			      sample(two, STATUS_FAILED, 2) };
	struct store_run run;
	struct endurance e;

	(void)state;
	s[2].warmup = true;
	s[3].instrumented = true;
	s[4].ejection.kind = EXIT_ERROR_STALL;
	s[5].ejection = (struct ejection){ .kind = EXIT_ERROR, .after_s = 0.75 * HOUR };
	run = run_of(s, NR(s));
	assert_int_equal(endurance_make(&run, 1, &e), 0);
	assert_int_equal(e.nr, 2);
	assert_string_equal(e.policy[0].policy, "one");
	assert_int_equal(e.policy[0].ejections, 2);
	assert_int_equal(e.policy[0].stalls, 1);
	assert_true(fabs(e.policy[0].hours - 2.5) < 1e-9 && fabs(e.policy[1].hours - 2) < 1e-9);
	endurance_free(&e);
}

static void runs_are_counted_together_unless_builds_differ(void **state)
{
	struct record s[] = { sample(one, STATUS_OK, 1), sample(two, STATUS_OK, 1) };
	struct store_run run[] = { run_of(s, NR(s)), run_of(s, NR(s)) };
	struct endurance e;

	(void)state;
	assert_int_equal(endurance_make(run, 2, &e), 0);
	assert_true(e.nr == 2 && e.policy[0].hours == 2);
	endurance_free(&e);
	run[1].run.policy_hash = others;
	assert_int_equal(endurance_make(run, 2, &e), -CAUSE_USAGE);
	endurance_free(&e);
}

static void pairs_are_adjusted_and_named(void **state)
{
	struct record s[] = { sample(one, STATUS_OK, 5), sample(two, STATUS_OK, 5),
			      sample(three, STATUS_OK, 5), [3 ... 11] = sample(one, STATUS_EJECTED, 0.001) };
	struct store_run run = run_of(s, NR(s));
	struct endurance_pair *pair;
	struct endurance e;
	char *text;

	(void)state;
	run.run.policies = more;
	run.run.policy_hash = NULL;
	assert_int_equal(endurance_make(&run, 1, &e), 0);
	assert_int_equal(endurance_pairs(&e, &pair), 3);
	/* 9 to 0: twice 2^-9, and three comparisons of which two are so. */
	assert_true(pair[0].p > 0.004 && pair[0].p < 0.008);
	assert_true(pair[2].p == 1 && pair[2].least == 6);
	free(pair);
	text = endurance_text(&e, 0);
	has(text, "more often");
	has(text, "inconclusive");
	has(text,
	    "two was not thrown out in 5 h: that excludes more than 0.599 an hour, and nothing rarer. Once a day "
	    "would be excluded after 72 h without one.");
	has(text,
	    "two and three: to show a difference in so many hours takes at least 6 ejections of the one");
	has(text, "p is adjusted for 3 comparisons.");
	assert_null(strstr(text, "EMULATED"));
	free(text);
	endurance_free(&e);
}

static void a_policy_that_never_ran_has_no_rate(void **state)
{
	struct record s[] = { sample(two, STATUS_OK, 1) };
	struct store_run run = run_of(s, NR(s));
	struct endurance e;
	char *text;

	(void)state;
	run.run.emulated = true;
	assert_int_equal(endurance_make(&run, 1, &e), 0);
	text = endurance_text(&e, 0);
	has(text, "one       0          0               -       0               -");
	has(text, "EMULATED");
	has(text, "so few hours can show no difference");
	free(text);
	endurance_free(&e);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_sample_of_a_policy_counts),
		cmocka_unit_test(runs_are_counted_together_unless_builds_differ),
		cmocka_unit_test(pairs_are_adjusted_and_named),
		cmocka_unit_test(a_policy_that_never_ran_has_no_rate),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("endurance", tests, NULL, NULL);
}
