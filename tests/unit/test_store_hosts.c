/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Machines that earlier versions gave another name, and those that they took for one. */
#include "nights.h"

/* A run without samples. before: the machine's name by earlier versions, or NULL. */
static void take(struct store *s, const char *id, const char *host, const char *before)
{
	char *policies[] = { "fair", NULL }, *works[] = { "quick", NULL }, *primary[] = { "time", NULL },
	     dir[300];
	struct run run = { .id = (char *)id,
			   .plan = "nightly",
			   .command = "",
			   .where = "native",
			   .host = (char *)host,
			   .host_before = (char *)before,
			   .blocks = 1,
			   .planned = 1,
			   .restarts = 1,
			   .started_ns = NIGHT_NS,
			   .policies = policies,
			   .workloads = works,
			   .primary = primary };

	snprintf(dir, sizeof(dir), "%s/runs/%s", scratch, id);
	assert_int_equal(fs_mkdirs(dir), 0);
	assert_int_equal(run_write(&run, dir), 0);
	assert_int_equal(store_take_run(s, dir), 0);
}

static void is_of(struct store *s, const char *id, const char *host)
{
	struct run run;

	assert_int_equal(store_load_run(s, id, &run), 0);
	assert_string_equal(run.host, host);
	run_free(&run);
}

static void earlier_runs_are_of_the_same_machine(void **state)
{
	struct store *s = night_open();
	char *id;

	(void)state;
	take(s, "one", "old", NULL);
	take(s, "other", "another", NULL);
	assert_int_equal(store_tag(s, "one", "last-good"), 0);
	take(s, "two", "new", "old");
	is_of(s, "one", "new");
	is_of(s, "other", "another");
	assert_int_equal(store_find(s, "last-good", "new", &id), 0);
	assert_string_equal(id, "one");
	free(id);
	/* One that comes later, as by an import, and one that is there already. */
	take(s, "late", "old", NULL);
	is_of(s, "late", "new");
	take(s, "one", "old", NULL);
	is_of(s, "one", "new");
	store_close(s);
}

static void clones_stay_two_machines(void **state)
{
	struct store *s = night_open();

	(void)state;
	take(s, "one", "old", NULL);
	take(s, "two", "new", "old");
	take(s, "three", "clone", "old");
	take(s, "four", "new", "old");
	is_of(s, "one", "new");
	is_of(s, "two", "new");
	is_of(s, "three", "clone");
	is_of(s, "four", "new");
	store_close(s);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = { TEST(earlier_runs_are_of_the_same_machine),
					    TEST(clones_stay_two_machines) };

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("store_hosts", tests, NULL, NULL);
}
