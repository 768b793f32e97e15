/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs from store to store: nothing lost, nothing twice, nothing replaced; hostile files are refused whole.
 */
#include "nights.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include "store/sums.h"
#include "util/cause.h"
#include "util/mem.h"

/* Two stores below one scratch directory: ours (scxbench.db) and another machine's. */
static struct store *open_there(void)
{
	struct store *s;

	assert_int_equal(store_open(scratch_path("there.db"), STORE_CREATE, &s), 0);
	return s;
}

static void exported(const char *file, const char *id)
{
	struct store *s = night_open();

	night_take(s, "a", 1);
	night_take(s, "a", 2);
	night_take(s, "b", 1);
	assert_int_equal(store_tag(s, "a-1", "last-good"), 0);
	assert_int_equal(store_export(s, scratch_path(file), (char *[]){ (char *)id, NULL }), 0);
	store_close(s);
}

/* Every run of a store, as text; the caller's to free. */
static char *all_of(struct store *s)
{
	struct store_line *line;
	char *text = mem_strdup("");
	size_t nr;

	assert_int_equal(store_list(s, NULL, &line, &nr), 0);
	for (size_t i = 0; i < nr; i++) {
		char *longer =
			mem_printf("%s%s %s %u/%u/%u %s\n", text, line[i].id, line[i].host, line[i].samples,
				   line[i].planned, line[i].not_ok, line[i].tags ? line[i].tags : "-");

		free(text);
		text = longer;
	}
	store_list_free(line, nr);
	return text;
}

static void holds(struct store *s, const char *wanted)
{
	char *text = all_of(s);

	assert_string_equal(text, wanted);
	free(text);
}

static void same_run(struct store *a, struct store *b, const char *id)
{
	struct store_run x, y;

	assert_int_equal(store_load(a, id, &x), 0);
	assert_int_equal(store_load(b, id, &y), 0);
	assert_true(run_same(&x.run, &y.run));
	assert_int_equal(x.nr, y.nr);
	for (size_t i = 0; i < x.nr; i++)
		assert_true(record_same(&x.sample[i], &y.sample[i]));
	store_run_free(&x);
	store_run_free(&y);
}

static void imports(struct store *s, const char *file, int err, unsigned runs)
{
	unsigned taken = 99;

	assert_int_equal(store_import(s, scratch_path(file), &taken), err);
	if (!err)
		assert_int_equal(taken, runs);
}

static void all_runs_meet_in_one_database(void **state)
{
	struct store *here, *there;

	(void)state;
	exported("all.scxb", NULL);
	there = open_there();
	night_take(there, "c", 7);
	imports(there, "all.scxb", 0, 3);
	holds(there, "b-1 b 6/6/1 -\na-2 a 6/6/0 -\na-1 a 6/6/1 last-good\nc-7 c 6/6/1 -\n");
	here = night_open();
	same_run(here, there, "a-1");
	same_run(here, there, "b-1");
	store_close(here);
	imports(there, "all.scxb", 0, 0);
	holds(there, "b-1 b 6/6/1 -\na-2 a 6/6/0 -\na-1 a 6/6/1 last-good\nc-7 c 6/6/1 -\n");
	store_close(there);
}

static void only_chosen_runs_are_exported(void **state)
{
	struct store *there;

	(void)state;
	exported("one.scxb", "a-2");
	there = open_there();
	imports(there, "one.scxb", 0, 1);
	holds(there, "a-2 a 6/6/0 -\n");
	store_close(there);
}

static void nothing_is_overwritten(void **state)
{
	struct store *s;
	char *text;

	(void)state;
	assert_int_equal(fs_write_durable(scratch_path("all.scxb"), "mine", 4), 0);
	s = night_open();
	assert_int_equal(store_export(s, scratch_path("all.scxb"), NULL), -CAUSE_EXISTS);
	assert_int_equal(store_export(s, scratch_path("none/all.scxb"), NULL), -CAUSE_DISK);
	assert_int_equal(store_export(s, scratch_path("new.scxb"), (char *[]){ "nosuch", NULL }),
			 -CAUSE_NOT_FOUND);
	assert_false(fs_exists(scratch_path("new.scxb")));
	assert_int_equal(fs_read(scratch_path("all.scxb"), &text, NULL), 0);
	assert_string_equal(text, "mine");
	free(text);
	store_close(s);
}

/* What a run got since it was exported is added by the next import. */
static void a_run_that_went_on_is_completed(void **state)
{
	struct record more = { .seq = 7, .block = 3, .boot = 1, .policy = "fair", .workload = "quick" };
	struct store *here, *there;

	(void)state;
	exported("first.scxb", "a-1");
	here = night_open();
	assert_int_equal(store_take_sample(here, "a-1", &more), 0);
	assert_int_equal(store_export(here, scratch_path("second.scxb"), (char *[]){ "a-1", NULL }), 0);
	there = open_there();
	imports(there, "first.scxb", 0, 1);
	imports(there, "second.scxb", 0, 1);
	same_run(here, there, "a-1");
	imports(there, "first.scxb", 0, 0);
	same_run(here, there, "a-1");
	store_close(here);
	store_close(there);
}

/* SQL on a file, which must stand; leaves no second file beside it. */
static void alter(const char *file, const char *sql)
{
	sqlite3 *db;
	char *why = NULL;

	assert_int_equal(sqlite3_open(scratch_path(file), &db), SQLITE_OK);
	sqlite3_exec(db, sql, NULL, NULL, &why);
	if (why)
		fail_msg("%s: %s", sql, why);
	sqlite3_close(db);
}

/* The same by someone who knows how the checksums are made. */
static void forge(const char *file, const char *sql)
{
	struct store s = { .path = (char *)file, .transfer = true };

	alter(file, sql);
	assert_int_equal(sqlite3_open(scratch_path(file), &s.db), SQLITE_OK);
	sums_fill(&s);
	sqlite3_close(s.db);
}

static void another_run_of_the_same_id_is_refused(void **state)
{
	static const char *const changes[] = {
		"UPDATE run SET seed = 1",
		"UPDATE run SET started_ns = 1",
		"UPDATE run_policy SET hash = 'other' WHERE place = 0",
		"UPDATE metric SET value = 7 WHERE value = 102",
		"UPDATE sample SET status = 'void' WHERE seq = 3",
		"UPDATE proof SET holds = 0; UPDATE sample SET why = 'x' WHERE seq = 6",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(changes) / sizeof(*changes); i++) {
		struct store *there;

		scratch_setup(NULL);
		exported("mine.scxb", NULL);
		exported("theirs.scxb", NULL);
		forge("theirs.scxb", changes[i]);
		there = open_there();
		/* a-1 is the one they share; what else is in the file must not get in either. */
		imports(there, "mine.scxb", 0, 3);
		assert_int_equal(store_remove(there, "b-1"), 0);
		imports(there, "theirs.scxb", -CAUSE_EXISTS, 0);
		holds(there, "a-2 a 6/6/0 -\na-1 a 6/6/1 last-good\n");
		store_close(there);
		scratch_teardown(NULL);
	}
}

/* A file that is well-formed SQL, but no export of ours. */
static const char *const hostile[] = {
	"CREATE TABLE extra (x)",
	"CREATE TRIGGER t AFTER INSERT ON run BEGIN DELETE FROM sample; END",
	"DROP VIEW number; CREATE VIEW number AS SELECT 1",
	"DROP INDEX metric_by_measure",
	"DROP TABLE proof",
	"PRAGMA application_id = 7",
	"PRAGMA user_version = 1",
	"PRAGMA user_version = -1",
	"UPDATE run SET id = '../../../etc' WHERE id = 'a-1'",
	"UPDATE run SET id = '' WHERE id = 'a-1'",
	"UPDATE run SET id = '.a' WHERE id = 'a-1'",
	"UPDATE run SET plan = NULL",
	"UPDATE run SET blocks = 1000000000",
	"UPDATE run SET blocks = -1",
	"UPDATE sample SET seq = -seq",
	"UPDATE sample SET policy = NULL",
	"UPDATE metric SET value = NULL",
	"UPDATE metric SET absent = 1 WHERE value IS NOT NULL",
	"INSERT INTO hist SELECT sample, 0, 1, 0, x'000000000000f03f000000000000e03f0100000000000000' FROM sample",
	("DELETE FROM run_workload; INSERT INTO run_workload SELECT run, 0, 'quick', NULL FROM run; DELETE FROM "
	 "run_policy; UPDATE run SET command = NULL"),
	"PRAGMA ignore_check_constraints = 1; UPDATE sample SET status = 'fine'",
	"PRAGMA ignore_check_constraints = 1; UPDATE sample SET warmup = 2",
};

static void refused(struct store *s, const char *file)
{
	unsigned taken;
	int err = store_import(s, scratch_path(file), &taken);

	assert_true(err == -CAUSE_DAMAGED || err == -CAUSE_VERSION);
	holds(s, "c-7 c 6/6/1 -\n");
}

static void hostile_files_are_refused_whole(void **state)
{
	struct store *there = open_there();

	(void)state;
	night_take(there, "c", 7);
	for (size_t i = 0; i < sizeof(hostile) / sizeof(*hostile); i++) {
		exported("bad.scxb", NULL);
		if (strstr(hostile[i], "UPDATE") || strstr(hostile[i], "INSERT INTO"))
			forge("bad.scxb", hostile[i]);
		else
			alter("bad.scxb", hostile[i]);
		refused(there, "bad.scxb");
		unlink(scratch_path("bad.scxb"));
		unlink(scratch_path("scxbench.db"));
	}
	exported("bad.scxb", NULL);
	alter("bad.scxb", "PRAGMA user_version = 99");
	refused(there, "bad.scxb");
	store_close(there);
}

static void what_is_not_a_database_is_refused(void **state)
{
	struct store *there = open_there();
	unsigned taken;

	(void)state;
	night_take(there, "c", 7);
	assert_int_equal(store_import(there, scratch_path("nosuch"), &taken), -CAUSE_NOT_FOUND);
	assert_int_equal(fs_write_durable(scratch_path("empty"), "", 0), 0);
	refused(there, "empty");
	assert_int_equal(
		fs_write_durable(scratch_path("text"), "no database at all, of no size to speak of", 40), 0);
	refused(there, "text");
	/* A store that is in use: its rows may be in a file beside it. */
	refused(there, "there.db");
	store_close(there);
}

/* Quiet: each refusal is a line. */
static int quiet_setup(void **state)
{
	int null = open("/dev/null", O_WRONLY);

	dup2(null, STDERR_FILENO);
	close(null);
	return scratch_setup(state);
}

static void write_bytes(const char *file, const char *bytes, size_t len)
{
	FILE *f = fopen(scratch_path(file), "w");

	assert_int_equal(fwrite(bytes, 1, len, f), len);
	fclose(f);
}

static void truncated_files_are_refused(void **state)
{
	struct store *there = open_there();
	char *bytes;
	size_t len;

	(void)state;
	night_take(there, "c", 7);
	exported("all.scxb", NULL);
	assert_int_equal(fs_read(scratch_path("all.scxb"), &bytes, &len), 0);
	for (size_t part = 0; part < len; part += 509) {
		write_bytes("part", bytes, part);
		refused(there, "part");
	}
	free(bytes);
	store_close(there);
}

/* Either refused, or what came in is what a file of runs may hold: then all of it loads. */
static void flipped_bytes_never_harm(void **state)
{
	struct store *there = open_there();
	char *bytes;
	size_t len;

	(void)state;
	exported("all.scxb", NULL);
	assert_int_equal(fs_read(scratch_path("all.scxb"), &bytes, &len), 0);
	srandom(4);
	for (int i = 0; i < 300; i++) {
		size_t at = (size_t)random() % len;
		struct store_line *line;
		struct store_run run;
		unsigned taken;
		size_t nr;

		bytes[at] ^= (char)(1 << random() % 8);
		write_bytes("flipped", bytes, len);
		store_import(there, scratch_path("flipped"), &taken);
		assert_int_equal(store_list(there, NULL, &line, &nr), 0);
		for (size_t k = 0; k < nr; k++) {
			assert_int_equal(store_load(there, line[k].id, &run), 0);
			store_run_free(&run);
		}
		store_list_free(line, nr);
		bytes[at] ^= (char)(1 << random() % 8);
	}
	free(bytes);
	store_close(there);
	assert_int_equal(store_open(scratch_path("there.db"), STORE_WRITE, &there), 0);
	store_close(there);
}

/* A file of version 1: it is brought up to date in memory, the file stays. */
static void an_older_file_is_taken(void **state)
{
	struct store *there = open_there();
	char *sql, *before, *after;
	size_t len, len_after;

	(void)state;
	assert_int_equal(fs_read("tests/unit/data/store-v1.sql", &sql, NULL), 0);
	alter("old.scxb", sql);
	free(sql);
	assert_int_equal(fs_read(scratch_path("old.scxb"), &before, &len), 0);
	imports(there, "old.scxb", 0, 2);
	imports(there, "old.scxb", 0, 0);
	assert_int_equal(fs_read(scratch_path("old.scxb"), &after, &len_after), 0);
	assert_int_equal(len, len_after);
	assert_memory_equal(before, after, len);
	free(before);
	free(after);
	store_close(there);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_setup, scratch_teardown)
#define QUIETLY(f) cmocka_unit_test_setup_teardown(f, quiet_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(all_runs_meet_in_one_database),
		TEST(only_chosen_runs_are_exported),
		TEST(nothing_is_overwritten),
		TEST(a_run_that_went_on_is_completed),
		cmocka_unit_test(another_run_of_the_same_id_is_refused),
		TEST(hostile_files_are_refused_whole),
		TEST(what_is_not_a_database_is_refused),
		TEST(an_older_file_is_taken),
		QUIETLY(truncated_files_are_refused),
		QUIETLY(flipped_bytes_never_harm),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
