/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs in the store: what goes in comes out. */
#include "begun.h"

#include <string.h>
#include "util/cause.h"
#include "util/mem.h"

/* As full_run() has them. */
static void check_policies(const struct run *run)
{
	const struct run wanted = full_run();

	assert_string_equal(run->policies[1], wanted.policies[1]);
	assert_null(run->policies[2]);
	assert_null(run->policy_hash[0]);
	assert_string_equal(run->policy_hash[1], wanted.policy_hash[1]);
	assert_null(run->policy_given[0]);
	assert_string_equal(run->policy_given[1], wanted.policy_given[1]);
	assert_string_equal(run->slice_ns[0], wanted.slice_ns[0]);
	assert_null(run->slice_ns[1]);
	assert_string_equal(run->host_before, wanted.host_before);
	assert_string_equal(run->baseline, wanted.baseline);
}

static void a_run_comes_out_as_it_went_in(void **state)
{
	struct store *s = open_store();
	struct store_run out;
	struct run in;
	const char *path = write_run("r1", 5);

	(void)state;
	assert_int_equal(run_read(path, &in), 0);
	assert_int_equal(store_take_run(s, path), 0);
	assert_int_equal(store_load(s, "r1", &out), 0);
	assert_string_equal(out.run.id, "r1");
	assert_string_equal(out.run.plan, in.plan);
	assert_string_equal(out.run.command, in.command);
	assert_string_equal(out.run.where, in.where);
	assert_true(out.run.emulated);
	assert_true(out.run.seed == UINT64_MAX);
	assert_int_equal(out.run.blocks, in.blocks);
	assert_int_equal(out.run.planned, in.planned);
	assert_int_equal(out.run.started_ns, 5);
	assert_string_equal(out.run.topology_xml, in.topology_xml);
	check_policies(&out.run);
	assert_string_equal(out.run.host, in.host);
	assert_int_equal(out.run.restarts, in.restarts);
	assert_true(out.run.margin == in.margin);
	assert_null(out.run.ended);
	assert_null(out.run.tags);
	assert_string_equal(out.run.workloads[0], in.workloads[0]);
	assert_string_equal(out.run.primary[0], "time");
	assert_null(out.run.primary[1]);
	assert_string_equal(run_env(&out.run, "cmdline"), run_env(&in, "cmdline"));
	assert_int_equal(out.nr, 0);
	store_run_free(&out);
	run_free(&in);
	store_close(s);
}

/* Taken in when it began; when it has ended the store learns that, once. */
static void how_a_run_ended_is_taken_in_later(void **state)
{
	struct store *s = open_store();
	const char *path = write_run("ended", 5);
	struct store_run out;
	struct run run;

	(void)state;
	assert_int_equal(store_take_run(s, path), 0);
	assert_int_equal(run_read(path, &run), 0);
	run.ended = strdup("the time budget is used up");
	run.blocks = 2;
	run.planned = 7;
	assert_int_equal(run_write(&run, path), 0);
	assert_int_equal(store_take_run(s, path), 0);
	run.ended[0] = 'T';
	assert_int_equal(run_write(&run, path), 0);
	assert_int_equal(store_take_run(s, path), 0);
	assert_int_equal(store_load(s, "ended", &out), 0);
	assert_string_equal(out.run.ended, "the time budget is used up");
	assert_int_equal(out.run.blocks, 2);
	assert_int_equal(out.run.planned, 7);
	store_run_free(&out);
	run_free(&run);
	store_close(s);
}

/* A disk that is full when the run begins leaves its row, and no one knows of which end. */
static void a_run_that_never_began_makes_room(void **state)
{
	struct record r = { .seq = 1, .policy = "fair", .workload = "build", .status = STATUS_OK };
	struct store *s = open_store();
	struct store_run out;

	(void)state;
	assert_int_equal(store_take_run(s, write_run("r1", 5)), 0);
	assert_int_equal(store_take_run(s, write_run("r1", 6)), 0);
	assert_int_equal(store_load(s, "r1", &out), 0);
	assert_int_equal(out.run.started_ns, 6);
	store_run_free(&out);
	assert_int_equal(store_take_sample(s, "r1", &r), 0);
	assert_int_equal(store_take_run(s, write_run("r1", 7)), -CAUSE_EXISTS);
	assert_int_equal(store_load(s, "r1", &out), 0);
	assert_int_equal(out.run.started_ns, 6);
	assert_int_equal(out.nr, 1);
	store_run_free(&out);
	store_close(s);
}

/* Nor is one replaced that ended before its first sample. */
static void a_run_that_ended_stays(void **state)
{
	struct store *s = open_store();
	const char *path = write_run("r1", 5);
	struct run run;

	(void)state;
	assert_int_equal(run_read(path, &run), 0);
	run.ended = mem_strdup("the time budget is used up");
	assert_int_equal(run_write(&run, path), 0);
	assert_int_equal(store_take_run(s, path), 0);
	assert_int_equal(store_take_run(s, write_run("r1", 6)), -CAUSE_EXISTS);
	run_free(&run);
	store_close(s);
}

/* The latest is the one that was stored last, whatever the clock said. */
static void the_latest_run_is_listed_first(void **state)
{
	struct record r = {
		.seq = 1, .policy = "fair", .workload = "build", .status = STATUS_VOID, .why = "x"
	};
	struct store *s = open_store();
	struct store_run out;
	struct store_line *lines;
	size_t nr;

	(void)state;
	assert_int_equal(store_load(s, NULL, &out), -CAUSE_NOT_FOUND);
	assert_int_equal(store_take_sample(s, "r1", &r), -CAUSE_FAILED);
	assert_int_equal(store_take_run(s, write_run("old", 9)), 0);
	assert_int_equal(store_take_run(s, write_run("new", 5)), 0);
	assert_int_equal(store_take_sample(s, "new", &r), 0);
	assert_int_equal(store_load(s, "none", &out), -CAUSE_NOT_FOUND);
	assert_int_equal(store_load(s, NULL, &out), 0);
	assert_string_equal(out.run.id, "new");
	store_run_free(&out);
	assert_int_equal(store_list(s, NULL, &lines, &nr), 0);
	assert_int_equal(nr, 2);
	assert_string_equal(lines[0].id, "new");
	assert_string_equal(lines[0].kernel, "7.3.4");
	assert_int_equal(lines[0].samples, 1);
	assert_int_equal(lines[0].not_ok, 1);
	assert_int_equal(lines[1].samples, 0);
	store_list_free(lines, nr);
	store_close(s);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_run_comes_out_as_it_went_in),	 TEST(how_a_run_ended_is_taken_in_later),
		TEST(a_run_that_never_began_makes_room), TEST(a_run_that_ended_stays),
		TEST(the_latest_run_is_listed_first),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
