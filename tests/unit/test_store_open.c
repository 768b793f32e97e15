/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The store: a database that is not ours, newer or damaged is refused as it is; a long run loads fast. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <sqlite3.h>
#include <string.h>
#include <time.h>
#include "util/cause.h"
#include "store/db.h"
#include "scratch.h"
#include "util/fs.h"

static struct store *open_store(void)
{
	struct store *s;

	assert_int_equal(store_open(scratch_path("scxbench.db"), STORE_CREATE, &s), 0);
	return s;
}

static void take_empty_run(struct store *s)
{
	char *none[] = { NULL };
	struct run run = { .id = "r1",
			   .plan = "demo",
			   .command = "",
			   .where = "lab",
			   .policies = none,
			   .workloads = none,
			   .primary = none };

	assert_int_equal(run_write(&run, scratch), 0);
	assert_int_equal(store_take_run(s, scratch), 0);
}

static void refused(const char *path, int err)
{
	char *before, *after;
	size_t len_before, len_after;
	struct store *s;

	assert_int_equal(fs_read(path, &before, &len_before), 0);
	assert_int_equal(store_open(path, STORE_CREATE, &s), err);
	assert_int_equal(fs_read(path, &after, &len_after), 0);
	assert_int_equal(len_before, len_after);
	assert_memory_equal(before, after, len_before);
	free(before);
	free(after);
}

static void run_sql(const char *path, const char *sql)
{
	sqlite3 *db;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

static void what_is_not_ours_is_left_alone(void **state)
{
	struct store *s;

	(void)state;
	assert_int_equal(store_open(scratch_path("none.db"), STORE_WRITE, &s), -CAUSE_NOT_FOUND);
	assert_false(fs_exists(scratch_path("none.db")));
	run_sql(scratch_path("other.db"), "CREATE TABLE t (x)");
	refused(scratch_path("other.db"), -CAUSE_DAMAGED);
	run_sql(scratch_path("other.db"), "PRAGMA application_id = 7; PRAGMA user_version = 1");
	refused(scratch_path("other.db"), -CAUSE_DAMAGED);
	assert_int_equal(
		fs_write_durable(scratch_path("text.db"), "no database, but long enough to look at\n", 40),
		0);
	refused(scratch_path("text.db"), -CAUSE_DAMAGED);
	store_close(open_store());
	run_sql(scratch_path("scxbench.db"), "PRAGMA user_version = 99");
	refused(scratch_path("scxbench.db"), -CAUSE_VERSION);
}

static void a_damaged_database_is_refused(void **state)
{
	struct store *s = open_store();
	FILE *f;

	(void)state;
	store_close(s);
	f = fopen(scratch_path("scxbench.db"), "r+");
	assert_non_null(f);
	fseek(f, 4096, SEEK_SET);
	for (int i = 0; i < 2000; i++)
		fputs("damage", f);
	fclose(f);
	refused(scratch_path("scxbench.db"), -CAUSE_DAMAGED);
}

static void a_database_of_version_1_is_brought_up_to_date(void **state)
{
	const char *path = scratch_path("scxbench.db");
	struct store_run out;
	struct store *s;
	char *sql;

	(void)state;
	assert_int_equal(fs_read("tests/unit/data/store-v1.sql", &sql, NULL), 0);
	run_sql(path, sql);
	free(sql);
	for (int again = 0; again < 2; again++) {
		assert_int_equal(store_open(path, STORE_WRITE, &s), 0);
		assert_int_equal(store_load(s, "20261001-020000-00aa", &out), 0);
		assert_int_equal(out.nr, 5);
		assert_null(out.run.host);
		assert_null(out.run.policy_hash[1]);
		assert_true(!out.run.policy_given[1] && !out.run.slice_ns[1] && !out.run.baseline);
		assert_int_equal(out.run.restarts, 1);
		assert_true(isnan(out.run.margin));
		assert_int_equal(out.sample[2].boot, 1);
		assert_false(out.sample[2].warmup);
		assert_string_equal(out.sample[2].policy, "fifo");
		assert_true(metrics_find(&out.sample[2].metrics, "time")->value == 1.5);
		store_run_free(&out);
		store_close(s);
	}
}

#define TO_VERSION_4                                                                                 \
	"DROP TABLE cell; DROP TABLE cells; DROP INDEX run_by_host; DROP INDEX run_by_host_before; " \
	"PRAGMA user_version = 4"

/* Runs of a version without the sums of their machines' names are found by them as well. */
static void a_database_of_version_6_gets_its_machines(void **state)
{
	const char *path = scratch_path("scxbench.db");
	int64_t rows;
	struct store *s = open_store();

	(void)state;
	take_empty_run(s);
	store_close(s);
	run_sql(path, "DELETE FROM total WHERE measure = -3; PRAGMA user_version = 6");
	assert_int_equal(store_open(path, STORE_WRITE, &s), 0);
	assert_int_equal(db_number(s, "SELECT count(*) FROM total WHERE measure = -3", &rows), 0);
	assert_int_equal(rows, 1);
	store_close(s);
}

/* Its checksums are of today, so what was damaged before is not taken for what was stored. */
static void a_database_of_version_4_keeps_its_checksums(void **state)
{
	const char *path = scratch_path("scxbench.db");
	struct store *s = open_store();
	struct store_run out;

	(void)state;
	take_empty_run(s);
	store_close(s);
	run_sql(path, TO_VERSION_4);
	for (int again = 0; again < 2; again++) {
		assert_int_equal(store_open(path, again ? STORE_WRITE : STORE_READ, &s), 0);
		assert_int_equal(store_load(s, "r1", &out), 0);
		store_run_free(&out);
		store_close(s);
	}
	run_sql(path, "UPDATE run SET seed = seed + 1; " TO_VERSION_4);
	for (int again = 0; again < 2; again++) {
		assert_int_equal(store_open(path, again ? STORE_WRITE : STORE_READ, &s), 0);
		assert_int_equal(store_load(s, "r1", &out), -CAUSE_DAMAGED);
		store_close(s);
	}
}

static void add_many(struct store *s, unsigned nr)
{
	struct record r = { .policy = "fair", .workload = "build" };
	char name[32];

	for (unsigned i = 0; i < 100; i++) {
		snprintf(name, sizeof(name), "perf.%u", i);
		metrics_add(&r.metrics, name, "count", BETTER_NONE, i / 3.0);
	}
	for (unsigned i = 0; i < 200; i++)
		hist_add(i ? &r.metrics.hist[0] : metrics_hist(&r.metrics, "latency", "us"), i, i + 1, i + 1);
	for (r.seq = 1; r.seq <= nr; r.seq++)
		assert_int_equal(store_take_sample(s, "r1", &r), 0);
	metrics_free(&r.metrics);
}

/* A cost per row, not per sample squared: generous, since this may run beside other things. */
static void a_long_run_loads_fast(void **state)
{
	struct store *s = open_store();
	struct timespec t0, t1;
	struct store_run out;

	(void)state;
	take_empty_run(s);
	add_many(s, 1000);
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t0);
	assert_int_equal(store_load(s, "r1", &out), 0);
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t1);
	assert_int_equal(out.nr, 1000);
	assert_true(out.sample[999].metrics.metric[99].value == 33);
	assert_true((double)(t1.tv_sec - t0.tv_sec) + 1e-9 * (double)(t1.tv_nsec - t0.tv_nsec) < 2);
	store_run_free(&out);
	store_close(s);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_is_not_ours_is_left_alone),
		TEST(a_damaged_database_is_refused),
		TEST(a_database_of_version_1_is_brought_up_to_date),
		TEST(a_database_of_version_6_gets_its_machines),
		TEST(a_database_of_version_4_keeps_its_checksums),
		TEST(a_long_run_loads_fast),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
