/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>
#include "monitor/monitor_order.h"

static void own_queues_are_by_key(void **state)
{
	struct mon_task t[] = {
		{ .tid = 1, .flags = MON_OWNED | MON_KNOWN | MON_KEYED, .queue = 1, .key = 5 },
		{ .tid = 2, .flags = MON_OWNED | MON_KNOWN | MON_KEYED, .queue = 0, .key = 9 },
		{ .tid = 3,
		  .flags = MON_OWNED | MON_KNOWN | MON_KEYED,
		  .queue = 0,
		  .key = UINT64_MAX }, /* wrapped: before 9 */
		{ .tid = 4, .flags = MON_IN_DSQ, .dsq = 6 },
		{ .tid = 5, .flags = MON_IN_DSQ, .dsq = 6 },
		{ .tid = 6, .flags = MON_IN_DSQ, .dsq = 2 },
		{ .tid = 7, .flags = MON_IN_DSQ, .dsq = 1ULL << 63 | 2 },
	};
	const struct monitor_shot shot = { .task = t, .nr_tasks = 7 };
	static const int tid[] = { 3, 2, 1 }, position[] = { 1, 2, 1 };
	struct queued_list l = { 0 };
	uint64_t *dsq;

	(void)state;
	monitor_owned(&shot, &l);
	assert_int_equal(l.nr, 3);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(l.entry[i].task.tid, tid[i]);
		assert_int_equal(l.entry[i].position, position[i]);
	}
	monitor_order_free(&l);
	assert_int_equal(monitor_dsqs(&shot, &dsq), 2);
	assert_int_equal(dsq[0], 2);
	assert_int_equal(dsq[1], 6);
	free(dsq);
}

static void an_order_that_nobody_tells_is_none(void **state)
{
	struct mon_task t[] = { { .tid = 1, .flags = MON_OWNED } };
	const struct monitor_shot shot = { .task = t, .nr_tasks = 1 };
	struct queued_list l = { 0 };

	(void)state;
	monitor_owned(&shot, &l);
	assert_int_equal(l.nr, 1);
	assert_int_equal(l.entry[0].position, 0);
	monitor_order_free(&l);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(own_queues_are_by_key),
		cmocka_unit_test(an_order_that_nobody_tells_is_none),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("monitor_order", tests, NULL, NULL);
}
