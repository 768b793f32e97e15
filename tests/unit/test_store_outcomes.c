/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What became of the samples of all runs, the missing ones and those that were taken again among them. */
#include "nights.h"

#include <stdio.h>

struct seen {
	char text[2000];
	size_t len;
};

static int see(void *ctx, const struct store_outcome *o)
{
	struct seen *s = ctx;

	s->len += (size_t)snprintf(s->text + s->len, sizeof(s->text) - s->len, "%s %s %s %s %u/%u%s%s\n",
				   o->host, o->workload, o->policy, o->run, o->ok, o->due, o->why ? " " : "",
				   o->why ?: "");
	return 0;
}

static void outcomes_are(struct store *s, struct store_filter filter, const char *wanted)
{
	struct seen seen = { .len = 0 };

	assert_int_equal(store_outcomes(s, &filter, see, &seen), 0);
	assert_string_equal(seen.text, wanted);
}

/* On odd nights a sample of fifo is ejected. */
static void every_policy_has_one_a_run(void **state)
{
	struct store *s = night_open();

	(void)state;
	night_take(s, "b", 1);
	night_take(s, "a", 3);
	night_take(s, "a", 2);
	outcomes_are(s, (struct store_filter){ 0 },
		     "a quick fair a-3 2/2\na quick fair a-2 2/2\na quick fifo a-3 1/2 " NIGHT_STALL
		     "\na quick fifo a-2 2/2\n"
		     "b quick fair b-1 2/2\nb quick fifo b-1 1/2 " NIGHT_STALL "\n");
	outcomes_are(s, (struct store_filter){ .host = "a", .policy = "fifo", .since_ns = 3 * NIGHT_NS },
		     "a quick fifo a-3 1/2 " NIGHT_STALL "\n");
	outcomes_are(s, (struct store_filter){ .workload = "nosuch" }, "");
	store_close(s);
}

/* A run of 5 blocks that has ended or not, of which 2 are there; the first void sample was taken again. */
static void take_part(struct store *s, const char *id, const char *ended)
{
	char *policies[] = { "fair", "never", NULL }, *works[] = { "quick", NULL },
	     *primary[] = { "time", NULL }, dir[300];
	struct run run = { .id = (char *)id,
			   .plan = "nightly",
			   .command = "",
			   .where = "native",
			   .host = "a",
			   .blocks = 5,
			   .planned = 10,
			   .restarts = 1,
			   .ended = (char *)ended,
			   .policies = policies,
			   .workloads = works,
			   .primary = primary };
	struct record r[] = {
		{ .seq = 1, .block = 1, .policy = "fair" },
		{ .seq = 2, .block = 1, .policy = "never", .status = STATUS_VOID, .why = "x" },
		{ .seq = 3, .block = 1, .policy = "never", .retake_of = 2 },
		{ .seq = 4, .block = 2, .policy = "never", .status = STATUS_VOID, .why = "y" }
	};

	snprintf(dir, sizeof(dir), "%s/runs/%s", scratch, id);
	assert_int_equal(fs_mkdirs(dir), 0);
	assert_int_equal(run_write(&run, dir), 0);
	assert_int_equal(store_take_run(s, dir), 0);
	for (size_t i = 0; i < sizeof(r) / sizeof(*r); i++) {
		r[i].boot = 1;
		r[i].workload = "quick";
		assert_int_equal(store_take_sample(s, id, &r[i]), 0);
	}
}

static void what_is_missing_is_due_once_the_run_has_ended(void **state)
{
	struct store *s = night_open();

	(void)state;
	take_part(s, "going-on", NULL);
	take_part(s, "ended", "all blocks are taken: 5");
	outcomes_are(s, (struct store_filter){ 0 },
		     "a quick fair going-on 1/1\na quick fair ended 1/5\n"
		     "a quick never going-on 0/2 x\na quick never ended 0/5 x\n");
	store_close(s);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = { TEST(every_policy_has_one_a_run),
					    TEST(what_is_missing_is_due_once_the_run_has_ended) };

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("store_outcomes", tests, NULL, NULL);
}
