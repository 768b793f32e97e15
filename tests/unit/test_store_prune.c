/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What goes and what stays: never a tagged run, never the latest of a machine, never a row or a file too
 * much. */
#include "nights.h"

#include "util/cause.h"

struct removed {
	char text[512];
};

static void note(void *ctx, const char *id)
{
	struct removed *r = ctx;
	size_t len = strlen(r->text);

	snprintf(r->text + len, sizeof(r->text) - len, "%s ", id);
}

static void prunes(struct store *s, struct store_keep keep, const char *wanted)
{
	struct removed r = { "" };

	assert_int_equal(store_prune(s, &keep, note, &r), 0);
	assert_string_equal(r.text, wanted);
}

static bool has_files(const char *id)
{
	char name[64];

	snprintf(name, sizeof(name), "runs/%s", id);
	return fs_exists(scratch_path(name));
}

static void old_runs_go(void **state)
{
	struct store_keep keep = { .age_ns = NIGHT_NS * 3 / 2, .now_ns = NIGHT_NS * 11 / 2 };
	struct store *s = night_open();

	(void)state;
	for (unsigned night = 1; night <= 5; night++)
		night_take(s, "a", night);
	night_take(s, "b", 1);
	assert_int_equal(store_tag(s, "a-2", "last-good"), 0);
	prunes(s, (struct store_keep){ 0 }, "");
	keep.unsynchronised = true;
	prunes(s, keep, "");
	keep.unsynchronised = false;
	prunes(s, keep, "a-1 a-3 ");
	assert_false(has_files("a-1"));
	assert_true(has_files("a-2") && has_files("b-1"));
	prunes(s, keep, "");
	keep.now_ns = 400 * NIGHT_NS; /* the clock is ahead */
	prunes(s, keep, "");
	keep.now_ns = 4 * NIGHT_NS; /* a-5 is of tomorrow */
	prunes(s, keep, "");
	keep.now_ns = 6 * NIGHT_NS;
	keep.age_ns = 1;
	prunes(s, keep, "a-4 ");
	store_close(s);
}

static void the_oldest_runs_go_until_the_rest_fits(void **state)
{
	struct store *s = night_open();

	(void)state;
	for (unsigned night = 1; night <= 6; night++)
		night_take(s, "a", night);
	prunes(s, (struct store_keep){ .bytes = UINT64_MAX }, "");
	prunes(s, (struct store_keep){ .bytes = 1 }, "a-1 a-2 a-3 a-4 a-5 ");
	assert_true(has_files("a-6"));
	store_close(s);
}

/* A file of known size in one run: what is above the limit goes, what then fits stays. */
static void bytes_are_those_of_the_files_too(void **state)
{
	static char big[1 << 20];
	struct store *s = night_open();

	(void)state;
	for (unsigned night = 1; night <= 4; night++)
		night_take(s, "a", night);
	assert_int_equal(fs_write_durable(scratch_path("runs/a-2/big.log"), big, sizeof(big)), 0);
	prunes(s, (struct store_keep){ .bytes = 1 << 20 }, "a-1 a-2 ");
	store_close(s);
}

static void count(struct store *s, const char *id, int wanted)
{
	struct store_run run;

	assert_int_equal(store_load(s, id, &run), 0);
	assert_int_equal(run.nr, wanted);
	store_run_free(&run);
}

static void a_tagged_run_is_not_removed(void **state)
{
	struct store *s = night_open();
	struct store_run run;

	(void)state;
	night_take(s, "a", 1);
	night_take(s, "a", 2);
	assert_int_equal(store_tag(s, "a-1", "good"), 0);
	assert_int_equal(store_remove(s, "a-1"), -CAUSE_USAGE);
	assert_int_equal(store_remove(s, "nosuch"), -CAUSE_NOT_FOUND);
	assert_true(has_files("a-1"));
	count(s, "a-1", 6);
	assert_int_equal(store_untag(s, "a-1", "good"), 0);
	assert_int_equal(store_remove(s, "a-1"), 0);
	assert_false(has_files("a-1"));
	assert_int_equal(store_load(s, "a-1", &run), -CAUSE_NOT_FOUND);
	count(s, "a-2", 6);
	/* Nothing of it is left that a new run of that id could meet. */
	night_take(s, "a", 1);
	count(s, "a-1", 6);
	store_close(s);
}

/* Files gone, rows not: a removal that was cut off. The next one ends it. */
static void a_removal_that_was_cut_off_is_ended_by_the_next(void **state)
{
	struct store *s = night_open();

	(void)state;
	night_take(s, "a", 1);
	night_take(s, "a", 2);
	assert_int_equal(nftw(scratch_path("runs/a-1"), scratch_remove, 16, FTW_DEPTH | FTW_PHYS), 0);
	prunes(s, (struct store_keep){ .age_ns = NIGHT_NS / 2, .now_ns = 2 * NIGHT_NS }, "a-1 ");
	store_close(s);
}

/* A link in the run's directory is removed, not what it leads to. */
static void links_are_not_followed(void **state)
{
	struct store *s = night_open();

	(void)state;
	night_take(s, "a", 1);
	night_take(s, "a", 2);
	assert_int_equal(fs_mkdirs(scratch_path("precious")), 0);
	assert_int_equal(fs_write_durable(scratch_path("precious/file"), "x", 1), 0);
	assert_int_equal(symlink("../../precious", scratch_path("runs/a-1/link")), 0);
	assert_int_equal(store_remove(s, "a-1"), 0);
	assert_true(fs_exists(scratch_path("precious/file")));
	store_close(s);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(old_runs_go),
		TEST(the_oldest_runs_go_until_the_rest_fits),
		TEST(bytes_are_those_of_the_files_too),
		TEST(a_tagged_run_is_not_removed),
		TEST(a_removal_that_was_cut_off_is_ended_by_the_next),
		TEST(links_are_not_followed),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
