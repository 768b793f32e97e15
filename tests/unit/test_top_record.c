/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What top records is what it replays; anything else in such a file is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "scratch.h"
#include "top/top_record.h"
#include "util/cause.h"

static const struct monitor_shot a_shot = { .when_ns = 5, .policy = "mine" };

#define HEAD "{\"schema\":1,\"record\":\"top\",\"cpus\":[[0,0,0],[2,1,0]]}\n"
#define TIMES "{\"when_ns\":2,\"unix_ns\":3,\"cpus\":[[1,2]],"
#define LOOK TIMES "\"policy\":null}\n"

static void a_record_is_replayed_in_order(void **state)
{
	struct topology_cpu cpu[] = { { .cpu = 0 }, { .cpu = 2, .l3 = 1 } };
	const struct topology machine = { .cpu = cpu, .nr_cpus = 2 };
	struct monitor_shot shot = a_shot, again;
	struct top_record record;
	struct top_replay replay;
	const char *path = scratch_path("record");

	(void)state;
	assert_int_equal(top_record_begin(&record, path, &machine), 0);
	for (shot.when_ns = 1; shot.when_ns <= 3; shot.when_ns++)
		assert_int_equal(top_record_add(&record, &shot), 0);
	top_record_end(&record);
	assert_int_equal(top_record_begin(&record, path, &machine), -CAUSE_EXISTS);
	assert_int_equal(top_replay_open(&replay, path), 0);
	assert_int_equal(replay.nr, 3);
	assert_int_equal(replay.topology.nr_l3, 2);
	assert_int_equal(replay.topology.nr_nodes, 1);
	assert_int_equal(replay.topology.cpu[1].cpu, 2);
	assert_int_equal(top_replay_look(&replay, 2, &again), 0);
	assert_int_equal(again.when_ns, 3);
	monitor_shot_free(&again);
	top_replay_free(&replay);
}

static void a_record_ends_before_it_is_too_large(void **state)
{
	const struct topology machine = { 0 };
	struct top_record record;
	char *text;
	size_t len, head;

	(void)state;
	assert_int_equal(top_record_begin(&record, scratch_path("record"), &machine), 0);
	head = record.size;
	record.size = TOP_RECORD_BYTES - 10;
	assert_int_equal(top_record_add(&record, &a_shot), 0);
	assert_true(record.full);
	record.size = 0;
	assert_int_equal(top_record_add(&record, &a_shot), 0);
	top_record_end(&record);
	assert_int_equal(fs_read(scratch_path("record"), &text, &len), 0);
	assert_int_equal(len, head);
	free(text);
}

static int opened(const char *text)
{
	struct top_replay replay;
	int err;

	scratch_put("record", text);
	err = top_replay_open(&replay, scratch_path("record"));
	top_replay_free(&replay);
	return err;
}

static void what_is_no_record_is_refused(void **state)
{
	static const struct {
		const char *text;
		int cause;
	} row[] = {
		{ HEAD LOOK, 0 },
		{ HEAD LOOK "{\"when_ns\":3", 0 }, /* top was killed */
		{ "", CAUSE_DAMAGED },
		{ "\177ELF\n", CAUSE_DAMAGED },
		{ "[]\n", CAUSE_DAMAGED },
		{ "{}\n" LOOK, CAUSE_DAMAGED },
		{ HEAD, CAUSE_DAMAGED },
		{ "{\"schema\":1,\"id\":\"a run\"}\n" LOOK, CAUSE_DAMAGED },
		{ "{\"schema\":2,\"record\":\"top\"}\n" LOOK, CAUSE_VERSION },
		{ "{\"schema\":1,\"record\":\"top\",\"cpus\":[[0,2,0]]}\n" LOOK, CAUSE_DAMAGED },
		{ "{\"schema\":1,\"record\":\"top\",\"cpus\":[[0,0,-1]]}\n" LOOK, CAUSE_DAMAGED },
		{ HEAD "\n" LOOK, CAUSE_DAMAGED },
		{ HEAD "null\n", CAUSE_DAMAGED },
		{ HEAD "{\"when_ns\":-1,\"unix_ns\":3,\"cpus\":[],\"policy\":null}\n", CAUSE_DAMAGED },
		{ HEAD TIMES "\"policy\":7}\n", CAUSE_DAMAGED },
		{ HEAD TIMES "\"policy\":\"mine\"}\n", CAUSE_DAMAGED },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(*row); i++)
		if (opened(row[i].text) != -row[i].cause)
			fail_msg("%s", row[i].text);
}

#define IN_SCRATCH(f) cmocka_unit_test_setup_teardown(f, scratch_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_SCRATCH(a_record_is_replayed_in_order),
		IN_SCRATCH(a_record_ends_before_it_is_too_large),
		IN_SCRATCH(what_is_no_record_is_refused),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("top_record", tests, NULL, NULL);
}
