/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Series over runs: every point where it belongs, and nothing else. */
#include "nights.h"
#include "record/role.h"

#include <errno.h>
#include <math.h>
#include <string.h>

#include "util/cause.h"

/* What a callback saw, as text a line each. */
struct seen {
	char text[8192];
	size_t len;
};

#define SEE(seen, ...)  \
	((seen)->len += \
	 (size_t)snprintf((seen)->text + (seen)->len, sizeof((seen)->text) - (seen)->len, __VA_ARGS__))

static int see(void *ctx, const struct store_family *f)
{
	struct seen *seen = ctx;

	SEE(seen, "%s %s %s %s%s\n", f->host ? f->host : "?", f->workload, f->metric, f->unit,
	    f->primary ? " primary" : "");
	for (size_t i = 0; i < f->nr; i++)
		for (size_t k = 0; k < f->series[i].nr; k++) {
			const struct store_point *p = &f->series[i].point[k];

			SEE(seen, " %s %s %s %u %s %g\n", f->series[i].policy, p->run,
			    p->policy_hash ? p->policy_hash : "-", p->block, p->status, p->value);
		}
	return 0;
}

static void series_are(struct store *s, const struct store_filter *filter, const char *wanted)
{
	struct seen seen = { .len = 0 };

	assert_int_equal(store_series(s, filter, see, &seen), 0);
	assert_string_equal(seen.text, wanted);
}

static void every_point_is_where_it_belongs(void **state)
{
	struct store *s = night_open();

	(void)state;
	night_take(s, "b", 1);
	night_take(s, "a", 3); /* by a clock that was ahead: order is that of storing */
	night_take(s, "a", 2);
	series_are(s, &(struct store_filter){ 0 },
		   "a quick time s primary\n"
		   " fair a-3 - 1 ok 301\n fair a-3 - 2 ok 302\n fair a-2 - 1 ok 201\n fair a-2 - 2 ok 202\n"
		   " fifo a-3 new 1 ok 311\n fifo a-3 new 2 ejected nan\n"
		   " fifo a-2 old 1 ok 211\n fifo a-2 old 2 ok 212\n"
		   "b quick time s primary\n"
		   " fair b-1 - 1 ok 101\n fair b-1 - 2 ok 102\n"
		   " fifo b-1 old 1 ok 111\n fifo b-1 old 2 ejected nan\n");
	store_close(s);
}

static void a_filter_leaves_out_the_others(void **state)
{
	static const struct {
		struct store_filter filter;
		const char *wanted;
	} cases[] = {
		{ { .host = "b" },
		  "b quick time s primary\n fair b-1 - 1 ok 101\n fair b-1 - 2 ok 102\n"
		  " fifo b-1 old 1 ok 111\n fifo b-1 old 2 ejected nan\n" },
		{ { .policy = "none", .host = "b" },
		  "b quick time s primary\n fair b-1 - 1 ok 101\n fair b-1 - 2 ok 102\n" },
		{ { .since_ns = 2 * NIGHT_NS, .policy = "fair", .comparisons = true },
		  "a quick time s primary\n fair a-2 - 1 ok 201\n fair a-2 - 2 ok 202\n" },
		{ { .metric = "perf.cycles" }, "" },
		{ { .metric = "nosuch" }, "" },
		{ { .workload = "nosuch" }, "" },
		{ { .host = "c", .policy = "fair" },
		  "c quick time s primary\n fair c-2 - 1 ok 201\n fair c-2 - 2 ok 202\n" },
		{ { .host = "c", .comparisons = true }, "" },
		{ { .host = "nosuch", .primary_only = true }, "" },
	};
	struct store *s = night_open();

	(void)state;
	night_take(s, "b", 1);
	night_take(s, "a", 2);
	night_take_of(s, RUN_CUSTODY_PLAN, "c", 2);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		series_are(s, &cases[i].filter, cases[i].wanted);
	store_close(s);
}

static int give_up(void *ctx, const struct store_family *f)
{
	(void)f;
	++*(int *)ctx;
	return -ECANCELED;
}

static void the_caller_can_end_it(void **state)
{
	struct store *s = night_open();
	int calls = 0;

	(void)state;
	night_take(s, "a", 1);
	night_take(s, "b", 1);
	assert_int_equal(store_series(s, &(struct store_filter){ 0 }, give_up, &calls), -ECANCELED);
	assert_int_equal(calls, 1);
	store_close(s);
}

static void found(struct store *s, const char *name, const char *host, const char *wanted)
{
	char *id = NULL;

	assert_int_equal(store_find(s, name, host, &id), wanted ? 0 : -CAUSE_NOT_FOUND);
	if (wanted)
		assert_string_equal(id, wanted);
	free(id);
}

static char *tags_of(const char *id)
{
	struct run run;
	char *tags, dir[300];

	snprintf(dir, sizeof(dir), "%s/runs/%s", scratch, id);
	assert_int_equal(run_read(dir, &run), 0);
	tags = run.tags;
	run.tags = NULL;
	run_free(&run);
	return tags;
}

static void a_tag_is_one_run_of_a_machine(void **state)
{
	struct store *s = night_open();
	char *tags;

	(void)state;
	night_take(s, "a", 1);
	night_take(s, "a", 2);
	night_take(s, "b", 1);
	assert_int_equal(store_tag(s, "a-1", "last-good"), 0);
	assert_int_equal(store_tag(s, "b-1", "last-good"), 0);
	assert_int_equal(store_tag(s, "a-1", "before"), 0);
	found(s, "last-good", "a", "a-1");
	assert_int_equal(store_tag(s, "a-2", "last-good"), 0);
	found(s, "last-good", "a", "a-2");
	found(s, "last-good", "b", "b-1");
	found(s, "last-good", NULL, "b-1");
	found(s, "latest", NULL, "b-1");
	found(s, "latest", "b", "b-1");
	found(s, "a-1", NULL, "a-1");
	found(s, "nosuch", NULL, NULL);
	found(s, "a-1", "b", NULL);
	/* The files know them too, so that a new database does. */
	tags = tags_of("a-1");
	assert_string_equal(tags, "before");
	free(tags);
	tags = tags_of("a-2");
	assert_string_equal(tags, "last-good");
	free(tags);
	assert_int_equal(store_untag(s, "a-2", "last-good"), 0);
	assert_int_equal(store_untag(s, "a-2", "last-good"), -CAUSE_NOT_FOUND);
	assert_null(tags_of("a-2"));
	store_close(s);
}

static void bad_tags_are_refused(void **state)
{
	static const char *const bad[] = { "", "latest", "a b", "a,b", "-x", "a-1", "../x", "\xc3\xa4" };
	struct store *s = night_open();

	(void)state;
	night_take(s, "a", 1);
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_int_equal(store_tag(s, "a-1", bad[i]), -CAUSE_USAGE);
	assert_int_equal(store_tag(s, "nosuch", "good"), -CAUSE_NOT_FOUND);
	store_close(s);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_point_is_where_it_belongs),
		TEST(a_filter_leaves_out_the_others),
		TEST(the_caller_can_end_it),
		TEST(a_tag_is_one_run_of_a_machine),
		TEST(bad_tags_are_refused),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
