/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which runs a person means: the latest, the one before, the nights, the one with a tag. */
#include "nights.h"
#include "record/role.h"

#include <stdlib.h>

/* kernel and host may be NULL: not known. */
struct made {
	const char *id, *plan, *host, *kernel;
	unsigned night;
	bool sampled;
};

static const struct made made[] = {
	{ "d1", "decide", "a", "6.12", 1, true },	 { "c1", RUN_CUSTODY_PLAN, "a", "6.12", 2, true },
	{ "d2", "decide", "a", "6.12", 3, true },	 { "d3", "decide", "b", "7.3", 4, true },
	{ "n1", "nightly", "a", "7.3", 5, true },	 { "n2", "nightly", "a", "7.3", 6, false },
	{ "o1", "nightly", NULL, NULL, 7, true },	 { "c2", RUN_CUSTODY_PLAN, "a", "7.3", 8, true },
	{ "c3", RUN_CUSTODY_PLAN, "b", "7.3", 9, true }, { "c4", RUN_CUSTODY_PLAN, "b", "6.12", 10, false },
	{ "c5", RUN_CUSTODY_PLAN, "b", NULL, 11, true }, { "c6", RUN_CUSTODY_PLAN, "b", NULL, 12, true },
};

static void take(struct store *s, const struct made *m)
{
	char *policies[] = { "fair", NULL }, *works[] = { "quick", NULL }, *primary[] = { "time", NULL };
	struct pair env = { "kernel", (char *)m->kernel };
	struct run run = { .id = (char *)m->id,
			   .plan = (char *)m->plan,
			   .command = "",
			   .where = "native",
			   .host = (char *)m->host,
			   .blocks = 1,
			   .planned = 1,
			   .restarts = 1,
			   .started_ns = m->night * NIGHT_NS,
			   .policies = policies,
			   .workloads = works,
			   .primary = primary,
			   .env = &env,
			   .nr_env = m->kernel ? 1 : 0 };
	struct record sample = { .seq = 1, .block = 1, .boot = 1, .policy = "fair", .workload = "quick" };
	char dir[300];

	snprintf(dir, sizeof(dir), "%s/runs/%s", scratch, m->id);
	assert_int_equal(fs_mkdirs(dir), 0);
	assert_int_equal(run_write(&run, dir), 0);
	assert_int_equal(store_take_run(s, dir), 0);
	if (m->sampled)
		assert_int_equal(store_take_sample(s, m->id, &sample), 0);
}

static struct store *make_store(void)
{
	struct store *s = night_open();

	for (size_t i = 0; i < sizeof(made) / sizeof(*made); i++)
		take(s, &made[i]);
	return s;
}

/* The ids, newest first, a space between; and store_pick() names the first. */
static void picks(struct store *s, struct store_pick pick, const char *wanted)
{
	struct store_line *line;
	char ids[200] = "", *first;
	size_t nr;

	assert_int_equal(store_list(s, &pick, &line, &nr), 0);
	for (size_t i = 0, at = 0; i < nr; i++)
		at += (size_t)snprintf(ids + at, sizeof(ids) - at, "%s%s", i ? " " : "", line[i].id);
	assert_string_equal(ids, wanted);
	assert_int_equal(store_pick(s, &pick, &first), nr > 0);
	if (nr)
		assert_string_equal(first, line[0].id);
	else
		assert_null(first);
	free(first);
	store_list_free(line, nr);
}

static void without_criteria_all_are_picked(void **state)
{
	struct store *s = make_store();

	(void)state;
	picks(s, (struct store_pick){ 0 }, "c6 c5 c4 c3 c2 o1 n2 n1 d3 d2 c1 d1");
	store_close(s);
}

static void the_latest_comparison_is_not_a_custody_run(void **state)
{
	struct store *s = make_store();

	(void)state;
	picks(s, (struct store_pick){ .comparisons = true }, "o1 n2 n1 d3 d2 d1");
	picks(s, (struct store_pick){ .comparisons = true, .host = "b" }, "d3");
	picks(s, (struct store_pick){ .host = "nosuch" }, "");
	store_close(s);
}

static void the_ones_before_are_of_the_same_machine(void **state)
{
	struct store *s = make_store();

	(void)state;
	picks(s, (struct store_pick){ .before = "n1", .comparisons = true }, "d2 d1");
	picks(s, (struct store_pick){ .before = "c2", .plan = "nightly" }, "n2 n1");
	picks(s, (struct store_pick){ .before = "c2", .plan = "nightly", .sampled = true }, "n1");
	picks(s, (struct store_pick){ .before = "d1" }, "");
	picks(s, (struct store_pick){ .before = "nosuch" }, "");
	store_close(s);
}

static void runs_that_began_at_once_are_in_the_order_of_the_list(void **state)
{
	struct store *s = night_open();

	(void)state;
	take(s, &(struct made){ "x1", "nightly", "a", NULL, 1, true });
	take(s, &(struct made){ "x2", "nightly", "a", NULL, 1, true });
	picks(s, (struct store_pick){ 0 }, "x2 x1");
	picks(s, (struct store_pick){ .before = "x2" }, "x1");
	picks(s, (struct store_pick){ .before = "x1" }, "");
	store_close(s);
}

static void a_tag_picks_what_has_it(void **state)
{
	struct store *s = make_store();

	(void)state;
	assert_int_equal(store_tag(s, "d1", "last-good"), 0);
	assert_int_equal(store_tag(s, "d1", "last"), 0);
	assert_int_equal(store_tag(s, "d3", "last-good"), 0);
	picks(s, (struct store_pick){ .tag = "last-good" }, "d3 d1");
	picks(s, (struct store_pick){ .tag = "last-good", .host = "a" }, "d1");
	picks(s, (struct store_pick){ .tag = "last", .host = "b" }, "");
	store_close(s);
}

static void of_each_kernel_the_newest_is_picked(void **state)
{
	struct store *s = make_store();

	(void)state;
	picks(s, (struct store_pick){ .plan = RUN_CUSTODY_PLAN, .sampled = true, .latest_of_kernel = true },
	      "c6 c5 c3 c1");
	store_close(s);
}

static void of_each_machine_the_newest_is_picked(void **state)
{
	struct store *s = make_store();

	(void)state;
	picks(s, (struct store_pick){ .latest_of_host = true }, "c6 c2");
	picks(s, (struct store_pick){ .comparisons = true, .latest_of_host = true }, "n2 d3");
	picks(s, (struct store_pick){ .comparisons = true, .sampled = true, .latest_of_host = true },
	      "n1 d3");
	picks(s, (struct store_pick){ .plan = "decide", .latest_of_host = true }, "d3 d2");
	assert_int_equal(store_tag(s, "d1", "good"), 0);
	picks(s, (struct store_pick){ .tag = "good", .latest_of_host = true }, "d1");
	store_close(s);
}

static void what_counts_instructions_is_not_timed(void **state)
{
	struct store *s = make_store();

	(void)state;
	take(s, &(struct made){ "e1", RUN_EXACT_PLAN, "a", "7.3", 13, true });
	picks(s, (struct store_pick){ .host = "a", .comparisons = true, .latest_of_host = true }, "e1");
	picks(s,
	      (struct store_pick){ .host = "a", .comparisons = true, .timed = true, .latest_of_host = true },
	      "n2");
	store_close(s);
}

int main(void)
{
#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_setup, scratch_teardown)
	const struct CMUnitTest tests[] = {
		IN_SCRATCH(without_criteria_all_are_picked),
		IN_SCRATCH(the_latest_comparison_is_not_a_custody_run),
		IN_SCRATCH(the_ones_before_are_of_the_same_machine),
		IN_SCRATCH(runs_that_began_at_once_are_in_the_order_of_the_list),
		IN_SCRATCH(a_tag_picks_what_has_it),
		IN_SCRATCH(of_each_kernel_the_newest_is_picked),
		IN_SCRATCH(of_each_machine_the_newest_is_picked),
		IN_SCRATCH(what_counts_instructions_is_not_timed),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("store_pick", tests, NULL, NULL);
}
