/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>
#include "control/quota.h"
#include "control/target.h"
#include "policy/near.h"
#include "queues_abi.h"
#include "util/cause.h"
#include "util/log.h"

static void settings_are_read_and_printed(void **state)
{
	static const struct {
		const char *word;
		int key;
		__u64 value;
		const char *again;
	} row[] = { { "weight=1", SCXB_SETTING_weight, 1, "weight=1" },
		    { "weight=10000", SCXB_SETTING_weight, 10000, "weight=10000" },
		    { "priority=0", SCXB_SETTING_priority, 0, "priority=0" },
		    { "slice_us=100", SCXB_SETTING_slice_us, 100, "slice_us=100" },
		    { "quota=25%machine", SCXB_SETTING_quota, SCXB_QUOTA_MACHINE | 250000,
		      "quota=25%machine" },
		    { "quota=12.5%machine", SCXB_SETTING_quota, SCXB_QUOTA_MACHINE | 125000,
		      "quota=12.5%machine" },
		    { "quota=100%machine", SCXB_SETTING_quota, SCXB_QUOTA_MACHINE | 1000000,
		      "quota=100%machine" },
		    { "quota=0.01cpu", SCXB_SETTING_quota, 10, "quota=0.01cpu" },
		    { "quota=1.5cpu", SCXB_SETTING_quota, 1500, "quota=1.5cpu" },
		    { "quota=8192cpu", SCXB_SETTING_quota, 8192000, "quota=8192cpu" },
		    { "cpu=0", SCXB_SETTING_cpu, 0, "cpu=0" } };
	char text[64];
	__u64 value;

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(*row); i++) {
		assert_int_equal(control_parse(control_settings, row[i].word, &value), row[i].key);
		assert_int_equal(value, row[i].value);
		control_print(&control_settings[row[i].key], value, text, sizeof(text));
		assert_string_equal(text, row[i].again);
	}
}

static void some_numbers_have_names(void **state)
{
	char text[64];
	__u64 value;

	(void)state;
	assert_int_equal(control_parse(control_params, "layout=core", &value), SCXB_PARAM_layout);
	assert_int_equal(value, SCXB_LAYOUT_CORE);
	assert_int_equal(control_parse(control_params, "layout=2", &value), SCXB_PARAM_layout);
	control_print(&control_params[SCXB_PARAM_layout], value, text, sizeof(text));
	assert_string_equal(text, "layout=machine");
	assert_int_equal(control_parse(control_params, "queues=cgroup", &value), SCXB_PARAM_queues);
	assert_int_equal(value, SCXB_BY_CGROUP);
	control_print(&control_params[SCXB_PARAM_queues], 0, text, sizeof(text));
	assert_string_equal(text, "queues=one");
}

static void a_queue_has_words_of_its_own(void **state)
{
	static const struct {
		const char *word;
		int key;
		__u64 value;
	} row[] = { { "weight=300", SCXB_QUEUE_weight, 300 },
		    { "order=arrival", SCXB_QUEUE_order, SCXB_ORDER_ARRIVAL },
		    { "order=priority", SCXB_QUEUE_order, SCXB_ORDER_PRIORITY },
		    { "own=no", SCXB_QUEUE_own, false },
		    { "own=yes", SCXB_QUEUE_own, true } };
	static const char *const bad[][2] = {
		{ "order=fifo", "order 'fifo': give arrival or priority" },
		{ "own=maybe", "own 'maybe': give yes or no" },
		{ "ordre=priority",
		  "there is no 'ordre' to set for a queue: did you mean order? 'scxbench ctl list' "
		  "names all" },
		{ "slice_us=3000",
		  "there is no 'slice_us' to set for a queue: 'scxbench ctl list' names all" },
	};
	const struct control_key *keys = control_keys(TARGET_QUEUE);
	char text[64];
	__u64 value;

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(*row); i++) {
		assert_int_equal(control_parse(keys, row[i].word, &value), row[i].key);
		assert_int_equal(value, row[i].value);
		control_print(&keys[row[i].key], value, text, sizeof(text));
		assert_string_equal(text, row[i].word);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		assert_int_equal(control_parse(keys, bad[i][0], &value), -CAUSE_USAGE);
		assert_string_equal(log_last_err(), bad[i][1]);
	}
	assert_int_equal(control_parse(control_keys(TARGET_TASK), "order=priority", &value), -CAUSE_USAGE);
	assert_string_equal(log_last_err(), "there is no 'order' to set: 'scxbench ctl list' names all");
}

static void a_quota_fits_the_machine(void **state)
{
	static const struct {
		const char *text;
		long cpus;
		int err;
	} row[] = { { "2cpu", 2, 0 },
		    { "2.001cpu", 2, -CAUSE_USAGE },
		    { "0.01cpu", 192, 0 },
		    { "100%machine", 2, 0 },
		    { "0.5%machine", 2, 0 },
		    { "0.4%machine", 2, -CAUSE_USAGE },
		    { "0.006%machine", 192, 0 },
		    { "0.0001%machine", 192, -CAUSE_USAGE } };
	__u32 quota;

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(*row); i++) {
		assert_int_equal(quota_parse(row[i].text, &quota), 0);
		assert_int_equal(quota_check(quota, row[i].cpus), row[i].err);
	}
	assert_true(quota_scan("25%machine", &quota));
	assert_float_equal(quota_cpus(quota, 6), 1.5, 1e-9);
	assert_true(quota_scan("1.5cpu", &quota));
	assert_float_equal(quota_cpus(quota, 6), 1.5, 1e-9);
}

static void bad_settings_are_refused(void **state)
{
	static const char *const bad[] = { "weight",	    "weight=",
					   "weight=0",	    "weight=10001",
					   "weight=-1",	    "weight=1x",
					   "priority=40",   "slice_us=99",
					   "quota=25%",	    "quota=101%machine",
					   "quota=nan",	    "quota=25%%machine",
					   "quota=12.5",    "quota=0.009cpu",
					   "quota=8193cpu", "quota=cpu",
					   "quota=machine", "quota=0%machine",
					   "quota=-1cpu",   "quota=1CPU",
					   "quota=1cpus",   "quota_ppm=250000",
					   "nosuch=1",	    "=1",
					   "weigh=1",	    "cpu= 1" };
	__u64 value;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_int_equal(control_parse(control_settings, bad[i], &value), -CAUSE_USAGE);
	assert_int_equal(control_parse(control_params, "layout=socket", &value), -CAUSE_USAGE);
	assert_int_equal(control_parse(control_params, "queues=core", &value), -CAUSE_USAGE);
	assert_int_equal(control_parse(control_params, "queues=3", &value), -CAUSE_USAGE);
}

static void targets_are_read_and_printed(void **state)
{
	static const char *const name[] = { "comm:make", "comm:make*", "comm:a", "comm:123456789012345",
					    "policy" };
	struct target t;
	char *text, me[32];

	(void)state;
	for (size_t i = 0; i < sizeof(name) / sizeof(*name); i++) {
		assert_int_equal(target_parse(name[i], &t), 0);
		text = target_text(&t);
		assert_string_equal(text, name[i]);
		free(text);
	}
	for (int tree = 0; tree < 2; tree++) {
		snprintf(me, sizeof(me), tree ? "tree:%d" : "pid:%d", getpid());
		assert_int_equal(target_parse(me, &t), 0);
		assert_int_equal(t.kind, tree ? TARGET_TREE : TARGET_GROUP);
		assert_int_equal(t.id, getpid());
		assert_true(target_exists(&t));
		text = target_text(&t);
		assert_string_equal(text, me);
		free(text);
	}
}

static void *wait_for_line(void *arg)
{
	int *line = arg;
	char tid[16], c;

	snprintf(tid, sizeof(tid), "%d\n", gettid());
	if (write(line[1], tid, sizeof(tid)) > 0 && read(line[2], &c, 1))
		return NULL;
	return NULL;
}

static void a_thread_is_not_a_process(void **state)
{
	int line[4];
	char tid[16], name[32];
	pthread_t thread;
	struct target t;

	(void)state;
	assert_int_equal(pipe(line) || pipe(line + 2), 0);
	assert_int_equal(pthread_create(&thread, NULL, wait_for_line, line), 0);
	assert_int_equal(read(line[0], tid, sizeof(tid)), sizeof(tid));
	snprintf(name, sizeof(name), "pid:%d", atoi(tid));
	assert_int_equal(target_parse(name, &t), -CAUSE_USAGE);
	snprintf(name, sizeof(name), "tid:%d", atoi(tid));
	assert_int_equal(target_parse(name, &t), 0);
	close(line[3]);
	pthread_join(thread, NULL);
	for (int i = 0; i < 3; i++)
		close(line[i]);
}

static void an_exact_name_fits_no_longer_one(void **state)
{
	struct target exact, prefix;

	(void)state;
	target_parse("comm:make", &exact);
	target_parse("comm:make*", &prefix);
	assert_int_equal(exact.comm.bits, 40);
	assert_int_equal(prefix.comm.bits, 32);
	assert_memory_equal(exact.comm.comm, "make", 5);
}

static void bad_targets_are_refused(void **state)
{
	static const char *const bad[] = { "",	       "tid:",	     "tid:x",
					   "tid:0",    "pid:-1",     "comm:",
					   "comm:*",   "comm:a*b",   "comm:1234567890123456",
					   "nosuch:1", "policy1",    "cgroup:",
					   "cgroup:/", "cgroup:///", "cgroup:/sys/fs/cgroup/." };
	struct target t;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_int_equal(target_parse(bad[i], &t), -CAUSE_USAGE);
	assert_int_equal(target_parse("cgroup:no/such/group", &t), -CAUSE_NOT_FOUND);
	assert_int_equal(target_parse("tid:4194304", &t),
			 -CAUSE_NOT_FOUND); /* above all numbers that there are */
	assert_int_equal(target_parse("cgroup:../../etc", &t), -CAUSE_NOT_FOUND);
}

/* A row holds each group of each layout once, its own L3 group and the machine where they belong. */
static void rows_hold_every_group_once(void **state)
{
	struct topology t;
	uint32_t *rows;
	int nr;

	(void)state;
	assert_int_equal(topology_load("synthetic:numa:2 l3:2 core:2 pu:2", &t), 0);
	nr = near_groups(&t);
	assert_int_equal(nr, 4 + 2 + 1 + 8);
	rows = near_rows(&t);
	for (int l3 = 0; l3 < t.nr_l3; l3++) {
		unsigned seen = 0;

		for (int i = 0; i < nr; i++)
			seen |= 1U << rows[l3 * nr + i];
		assert_int_equal(seen, (1U << nr) - 1);
		assert_int_equal(rows[l3 * nr], l3);
		assert_int_equal(rows[l3 * nr + 4], 4 + l3 / 2);
		assert_int_equal(rows[l3 * nr + 6], 6);
		assert_int_equal(rows[l3 * nr + 7], 7 + 2 * l3);
	}
	free(rows);
	topology_free(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(settings_are_read_and_printed),
		cmocka_unit_test(some_numbers_have_names),
		cmocka_unit_test(a_queue_has_words_of_its_own),
		cmocka_unit_test(a_quota_fits_the_machine),
		cmocka_unit_test(bad_settings_are_refused),
		cmocka_unit_test(targets_are_read_and_printed),
		cmocka_unit_test(a_thread_is_not_a_process),
		cmocka_unit_test(an_exact_name_fits_no_longer_one),
		cmocka_unit_test(bad_targets_are_refused),
		cmocka_unit_test(rows_hold_every_group_once),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("control", tests, NULL, NULL);
}
