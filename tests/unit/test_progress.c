/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The time that is left is that of the samples that are left. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include "run/bench.h"

enum { SHORT, LONG, NR_WORKLOADS };

/* Two policies on two workloads, and at the end an instrumented sample of each policy on the long one. */
static struct plan_item items[] = {
	{ .block = 1, .policy = 0, .workload = SHORT },
	{ .block = 1, .policy = 1, .workload = SHORT },
	{ .block = 1, .policy = 0, .workload = LONG },
	{ .block = 1, .policy = 1, .workload = LONG },
	{ .block = 2, .policy = 0, .workload = SHORT },
	{ .block = 2, .policy = 1, .workload = SHORT },
	{ .block = 2, .policy = 0, .workload = LONG },
	{ .block = 2, .policy = 1, .workload = LONG },
	{ .policy = 1, .workload = LONG, .instrumented = true },
};
#define NR_ITEMS (sizeof(items) / sizeof(*items))

static struct workload works[] = { { .name = "short", .typical_s = 1 - BENCH_OVERHEAD_S },
				   { .name = "long", .typical_s = 10 - BENCH_OVERHEAD_S } };
static struct bench bench = { .nr_policies = 2,
			      .nr_workloads = NR_WORKLOADS,
			      .workload = { &works[SHORT], &works[LONG] },
			      .plan = { items, NR_ITEMS } };

static void ended(struct progress *p, const struct plan_item *it, double seconds)
{
	const struct record r = { .elapsed_s = seconds };

	progress_ended(p, it, &r);
}

static double left(const struct progress *p, size_t next)
{
	return progress_left(p, &(struct progress_at){ .next = next });
}

static void at_first_it_is_what_workloads_say(void **state)
{
	struct progress *p;

	(void)state;
	bench.budget_s = NAN;
	p = progress_begin(&bench);
	assert_true(left(p, 0) == 4 * 1 + 5 * 10);
	assert_true(left(p, NR_ITEMS) == 0);
	progress_end(p);
}

static void then_it_is_what_each_policy_takes(void **state)
{
	static const double took[] = { 2, 4, 20, 40 };
	struct progress *p;

	(void)state;
	bench.budget_s = NAN;
	p = progress_begin(&bench);
	for (size_t i = 0; i < 4; i++)
		ended(p, &items[i], took[i]);
	/* The instrumented one is not known yet: as all of its workload. */
	assert_true(left(p, 4) == 2 + 4 + 20 + 40 + 30);
	assert_true(left(p, 7) == 40 + 30);
	ended(p, &items[8], 100);
	assert_true(left(p, 7) == 40 + 100);
	progress_end(p);
}

static void what_is_taken_again_is_left_too(void **state)
{
	struct progress *p;

	(void)state;
	bench.budget_s = NAN;
	p = progress_begin(&bench);
	ended(p, &items[0], 3);
	assert_true(progress_left(p, &(struct progress_at){ NR_ITEMS, NR_ITEMS, &items[0], 2 }) == 3 + 3);
	progress_end(p);
}

static void a_machine_that_becomes_slower_is_seen(void **state)
{
	struct progress *p;

	(void)state;
	bench.budget_s = NAN;
	p = progress_begin(&bench);
	for (int i = 0; i < 20; i++)
		ended(p, &items[8], 10);
	for (int i = 0; i < 8; i++)
		ended(p, &items[8], 30);
	assert_true(left(p, 8) > 27 && left(p, 8) < 30);
	progress_end(p);
}

static void a_budget_ends_it_earlier(void **state)
{
	struct progress *p;

	(void)state;
	bench.budget_s = 5;
	p = progress_begin(&bench);
	assert_true(left(p, 0) == 5);
	ended(p, &items[0], 7);
	assert_true(left(p, 1) == 0);
	progress_end(p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(at_first_it_is_what_workloads_say),
		cmocka_unit_test(then_it_is_what_each_policy_takes),
		cmocka_unit_test(what_is_taken_again_is_left_too),
		cmocka_unit_test(a_machine_that_becomes_slower_is_seen),
		cmocka_unit_test(a_budget_ends_it_earlier),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
