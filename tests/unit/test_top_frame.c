/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A look is read as it was taken, and anything else is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "text/buf.h"
#include "top/top_frame.h"
#include "util/cause.h"

static struct mon_task tasks[] = {
	{ .tid = 7,
	  .tgid = 6,
	  .flags = MON_EXT | MON_ON_CPU,
	  .cpu = 1,
	  .weight = 50,
	  .run_ns = 1ULL << 62,
	  .comm = "a" },
	{ .tid = 9,
	  .flags = MON_EXT | MON_IN_DSQ,
	  .dsq = 1ULL << 63 | 2,
	  .wait_ns = 5,
	  .comm = "0123456789abcde" },
	{ .tid = 11,
	  .flags = MON_EXT | MON_KNOWN,
	  .custody = MON_IN,
	  .queue = 3,
	  .waited_ns = 9,
	  .comm = "b\033[2J\xff" },
};
static struct monitor_cpu cpus[] = { { 5, 9 }, { 0, 0 } };
static struct monitor_cgroup cgroups[] = { { 1, (char *)"/a b", 7 }, { 2, NULL, 0 } };

static struct monitor_shot full_shot(void)
{
	struct monitor_shot s = { .when_ns = 5,
				  .unix_ns = 6,
				  .policy = "mine",
				  .enable_seq = 4,
				  .started_ns = 3,
				  .counted = true,
				  .cpu = cpus,
				  .nr_cpus = 2,
				  .task = tasks,
				  .nr_tasks = 3,
				  .cgroup = cgroups,
				  .nr_cgroups = 2,
				  .nr_ops = 1 };

	s.op[0] = (struct monitor_op){ "enqueue", 3, 99 };
	s.owner[0] = (char *)"all others";
	s.owner[1] = (char *)"user:web";
	s.sum.op[SCXB_OP_tick] = 12;
	s.sum.count[SCXB_COUNT_direct] = 13;
	s.sum.count[SCXB_COUNT_workload_ns] = -1; /* a task came */
	s.sum.custody[SCXB_CUSTODY_freed_inside] = 14;
	s.sum.queue[0] = -2;
	s.sum.dispatch_ns.slot[SCXB_HIST_SLOTS - 1] = 15;
	s.rare.hist[SCXB_CAUSE_core].slot[0] = 16;
	return s;
}

static void a_look_is_read_as_it_was_taken(void **state)
{
	const struct monitor_shot shot = full_shot();
	struct monitor_shot again;
	json_t *json = frame_json(&shot);

	(void)state;
	assert_int_equal(frame_read("it", json_deep_copy(json), &again), 0);
	assert_true(json_same(frame_json(&again), json));
	assert_memory_equal(&again.sum, &shot.sum, sizeof(shot.sum));
	assert_memory_equal(&again.rare, &shot.rare, sizeof(shot.rare));
	assert_memory_equal(again.task, tasks, 2 * sizeof(*tasks));
	assert_string_equal(again.task[2].comm, "b\033[2J\\xff");
	assert_null(again.cgroup[1].path);
	assert_string_equal(again.owner[1], "user:web");
	assert_null(again.owner[2]);
	assert_int_equal(again.cgroup[0].used_ns, 7);
	assert_int_equal(again.cpu[1].total, 0);
	monitor_shot_free(&again);
}

static void what_was_not_known_is_not_known_again(void **state)
{
	struct monitor_shot shot = full_shot(), again;

	(void)state;
	shot.counted = false;
	shot.started_ns = 0;
	assert_int_equal(frame_read("it", frame_json(&shot), &again), 0);
	assert_false(again.counted);
	assert_int_equal(again.started_ns, 0);
	assert_int_equal(again.sum.op[SCXB_OP_tick], 0);
	monitor_shot_free(&again);
	*shot.policy = '\0';
	assert_int_equal(frame_read("it", frame_json(&shot), &again), 0);
	assert_string_equal(again.policy, "");
	assert_int_equal(again.nr_tasks, 0);
	assert_int_equal(again.nr_cpus, 2);
	monitor_shot_free(&again);
}

static const char *const change[][2] = {
	{
		"[[5,9],",
		"[[5],",
	},
	{
		"[7,6,",
		"[-7,6,",
	},
	{
		"[7,6,",
		"[7,",
	},
	{ "\"0123456789abcde\"", "5" },
	{ "[[319,15]]", "[[320,15]]" },
	{ "[[319,15]]", "[[319,9223372036854775807]]" },
	{ "\"tick\":12", "\"tick\":\"12\"" },
	{ "\"queue\":[-2,", "\"queue\":[null," },
	{ "\"dispatch\":[", "\"dispatched\":[" },
	{ "[1,\"/a b\",7]", "[1,5,7]" },
	{ "[2,null,null]", "[2,null,\"x\"]" },
	{ "[\"enqueue\",3,99]", "[\"enqueue\",3]" },
	{ "2,3,9,", "4,3,9," }, /* custody */
	{ "\"user:web\"", "null" },
};

/* The whole look, with one text in it replaced. */
static void a_look_with_what_can_not_be_is_refused(void **state)
{
	const struct monitor_shot shot = full_shot();
	struct monitor_shot again;
	json_t *json = frame_json(&shot);
	char *text = json_dumps(json, JSON_COMPACT);

	(void)state;
	for (size_t i = 0; i < sizeof(change) / sizeof(*change); i++) {
		char *at = strstr(text, change[i][0]);
		struct buf b = { 0 };

		if (!at)
			fail_msg("%s is not in %s", change[i][0], text);
		buf_printf(&b, "%.*s%s%s", (int)(at - text), text, change[i][1], at + strlen(change[i][0]));
		if (frame_read("it", json_loads(b.text, 0, NULL), &again) != -CAUSE_DAMAGED)
			fail_msg("%s", change[i][1]);
		monitor_shot_free(&again);
		free(b.text);
	}
	free(text);
	json_decref(json);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_look_is_read_as_it_was_taken),
		cmocka_unit_test(what_was_not_known_is_not_known_again),
		cmocka_unit_test(a_look_with_what_can_not_be_is_refused),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("top_frame", tests, NULL, NULL);
}
