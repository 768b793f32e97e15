/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Two shots of which the later one has less than the one before. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "made_shots.h"

/* As in a record whose lines are not in order. */
static void no_time_between_two_shots_is_no_interval(void **state)
{
	struct pair *p = *state;

	p->b->when_ns = p->a->when_ns;
	p->b->task[0].run_ns += S;
	monitor_rates(p->a, p->b, &p->r);
	assert_true(isnan(p->r.seconds));
	assert_true(isnan(p->r.task[0].run));
	assert_true(isnan(p->r.task[0].wait));
	assert_true(isnan(p->r.op[SCXB_OP_enqueue].per_s));
}

/* workload_ns does when a task leaves, the others in a record that was changed. */
static void what_goes_down_is_no_huge_rate(void **state)
{
	struct pair *p = *state;

	p->a->sum.count[SCXB_COUNT_workload_ns] = 5;
	p->b->sum.count[SCXB_COUNT_workload_ns] = (__u64)-3;
	p->a->sum.dispatch_ns.slot[3] = 7;
	p->b->sum.dispatch_ns.slot[3] = 6;
	monitor_rates(p->a, p->b, &p->r);
	assert_float_equal(p->r.count[SCXB_COUNT_workload_ns], -4, 1e-9);
	assert_true(isnan(p->r.last[SCXB_CAUSE_dispatch].periods));
	assert_true(isnan(p->r.last[SCXB_CAUSE_dispatch].ns[0]));
	assert_int_equal(p->r.ever[SCXB_CAUSE_dispatch].periods, 6);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		PAIR(no_time_between_two_shots_is_no_interval),
		PAIR(what_goes_down_is_no_huge_rate),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("monitor_back", tests, NULL, NULL);
}
