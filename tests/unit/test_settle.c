/* SPDX-License-Identifier: GPL-2.0-or-later */
/* When a policy has settled: rounds of a task over the CPUs, and what the kernel did meanwhile, are given. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "collect/collect.h" /* NOLINT(misc-include-cleaner): like the next, before it is replaced */
#include "util/clock.h"	     /* NOLINT(misc-include-cleaner) */
#include "workload/visit.h"  /* NOLINT(misc-include-cleaner) */

static unsigned visits, bypassed_visits; /* made so far; in so many of the first the policy is bypassed */
static uint64_t bypasses;
static int visit_err;
static bool goes_on;
static double now_s;

static int fake_visit(const struct workload_run *run, double limit_s)
{
	(void)run;
	assert_true(limit_s > 0 && limit_s <= 1);
	now_s += 0.25;
	bypasses += visits++ < bypassed_visits;
	return visit_err;
}

static uint64_t fake_bypasses(const struct policy *p)
{
	(void)p;
	return bypasses;
}

static double fake_clock(void)
{
	return now_s;
}

#define workload_visit fake_visit
#define collect_bypasses fake_bypasses
#define clock_s fake_clock
#include "sample/settle.c" /* NOLINT(bugprone-suspicious-include) */

static bool beat(void *ctx)
{
	(void)ctx;
	return goes_on;
}

static int at_rest(void **state)
{
	(void)state;
	visits = bypassed_visits = 0;
	bypasses = 7;
	visit_err = 0;
	goes_on = true;
	now_s = 100;
	return 0;
}

static int settled(double settle_s, struct metrics *m)
{
	struct workload w = { .settle_s = settle_s };
	struct workload_run run = { .workload = &w, .beat = beat };

	return settle(&run, NULL, m);
}

/* wanted: as the metric says, 0: it is absent for this reason. */
static void expect(double settle_s, double wanted, const char *reason)
{
	struct metrics m = { 0 };
	const struct metric *found;

	assert_int_equal(settled(settle_s, &m), 0);
	found = metrics_find(&m, METRIC_SETTLE_ROUNDS);
	assert_non_null(found);
	if (reason)
		assert_string_equal(found->absent, reason);
	else
		assert_true(found->value == wanted);
	metrics_free(&m);
}

static void one_round_without_a_bypass_is_enough(void **state)
{
	(void)state;
	expect(1, 1, NULL);
	assert_int_equal(visits, 1);
}

static void a_round_with_a_bypass_is_followed_by_another(void **state)
{
	(void)state;
	bypassed_visits = 2;
	expect(1, 3, NULL);
}

static void a_bypass_without_end_ends_with_the_time(void **state)
{
	(void)state;
	bypassed_visits = 1000;
	expect(1, 0, "the kernel bypassed the policy in each round");
	assert_int_equal(visits, 4);
}

static void a_task_that_is_left_on_its_way_is_told(void **state)
{
	(void)state;
	visit_err = -ETIMEDOUT;
	expect(1, 0, "a task did not get round all CPUs within settle_s");
	at_rest(NULL);
	visit_err = -EAGAIN;
	expect(1, 0, "no task could be sent round the CPUs");
}

static void a_policy_that_left_ends_it(void **state)
{
	struct metrics m = { 0 };

	(void)state;
	goes_on = false;
	assert_int_equal(settled(1, &m), -ECANCELED);
	goes_on = true;
	visit_err = -ECANCELED;
	assert_int_equal(settled(1, &m), -ECANCELED);
	metrics_free(&m);
}

static void no_time_to_settle_is_no_round(void **state)
{
	struct metrics m = { 0 };

	(void)state;
	assert_int_equal(settled(0, &m), 0);
	assert_int_equal(m.nr + visits, 0);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup(test, at_rest)
	const struct CMUnitTest tests[] = {
		TEST(one_round_without_a_bypass_is_enough),
		TEST(a_round_with_a_bypass_is_followed_by_another),
		TEST(a_bypass_without_end_ends_with_the_time),
		TEST(a_task_that_is_left_on_its_way_is_told),
		TEST(a_policy_that_left_ends_it),
		TEST(no_time_to_settle_is_no_round),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
