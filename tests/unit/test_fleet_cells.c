/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs in short: kept, they are what is made of the samples, and they go when a run changes. */
#include "nights.h"

#include <math.h>
#include <sqlite3.h>
#include <stdlib.h>
#include "judge/fleet_cells.h"
#include "text/buf.h"
#include "util/mem.h"

#define HOSTS 3
#define NIGHTS 4

static void put_double(struct buf *b, double value)
{
	uint64_t bits;

	memcpy(&bits, &value, sizeof(bits));
	buf_printf(b, " %s%llx", isnan(value) ? "nan " : "", isnan(value) ? 0 : (unsigned long long)bits);
}

static int put_cells(void *ctx, const struct store_cells *of)
{
	buf_printf(ctx, "%s %lld\n", of->host, (long long)of->started_ns);
	for (size_t i = 0; i < of->nr; i++) {
		const struct store_cell *c = &of->cell[i];

		buf_printf(ctx, " %s %s %s %s %d %u %u/%u %d %s", c->workload, c->policy, c->metric, c->unit,
			   (int)c->better, c->blocks, c->ok, c->due, (int)c->worst, c->why ? c->why : "-");
		put_double(ctx, c->log_ratio);
		put_double(ctx, c->error);
		buf_put(ctx, "\n");
	}
	return 0;
}

static char *text_of(struct store *s, const struct cells_maker *maker)
{
	struct buf b = { 0 };

	buf_put(&b, "");
	assert_int_equal(cells_read(s, &(struct cells_reader){ maker, put_cells, &b }), 0);
	return buf_take(&b);
}

static char *text_of_run(struct store *s, const char *id)
{
	struct buf b = { 0 };

	assert_int_equal(cells_read_run(s, &(struct cells_reader){ &fleet_cells, put_cells, &b }, id), 0);
	return buf_take(&b);
}

/* Counts, and makes nothing: who is asked has no cells. */
static unsigned asked;

static size_t ask(const struct store_run *run, struct store_cell **cell)
{
	asked++;
	return fleet_cells.make(run, cell);
}

static const struct cells_maker counting = { FLEET_CELLS_VERSION, ask };

/* How many runs have no cells that are read. */
static unsigned missing(struct store *s)
{
	asked = 0;
	free(text_of(s, &counting));
	return asked;
}

static struct store *fill(void)
{
	static const char *const hosts[HOSTS] = { "a", "b", "c" };
	struct store *s = night_open();

	for (unsigned night = 1; night <= NIGHTS; night++)
		for (unsigned h = 0; h < HOSTS; h++)
			night_take(s, hosts[h], night);
	return s;
}

static void do_sql(const char *sql)
{
	char *why = NULL;
	sqlite3 *db;

	assert_int_equal(sqlite3_open(scratch_path("scxbench.db"), &db), SQLITE_OK);
	sqlite3_exec(db, sql, NULL, NULL, &why);
	if (why)
		fail_msg("%s: %s", sql, why);
	sqlite3_close(db);
}

static void what_is_kept_is_what_is_made(void **state)
{
	struct store *s = fill();
	char *made = text_of(s, &fleet_cells), *kept, *one = text_of_run(s, "b-2");

	(void)state;
	assert_int_equal(missing(s), HOSTS * NIGHTS);
	assert_int_equal(cells_keep(s, &fleet_cells), 0);
	assert_int_equal(missing(s), 0);
	kept = text_of(s, &fleet_cells);
	assert_string_equal(kept, made);
	assert_non_null(strstr(kept, one));
	free(one);
	one = text_of_run(s, "b-2");
	assert_non_null(strstr(made, one));
	free(kept);
	free(made);
	free(one);
	store_close(s);
}

static void a_run_that_changes_has_none(void **state)
{
	struct record more = { .seq = 90, .block = 3, .boot = 1, .policy = "fifo", .workload = "quick" };
	struct run run;
	struct store *s = fill();

	(void)state;
	assert_int_equal(cells_keep(s, &fleet_cells), 0);
	assert_int_equal(store_tag(s, "a-1", "good"), 0);
	assert_int_equal(missing(s), 0);
	assert_int_equal(store_take_sample(s, "a-1", &more), 0);
	assert_int_equal(missing(s), 1);
	assert_int_equal(cells_keep(s, &fleet_cells), 0);
	assert_int_equal(run_read(scratch_path("runs/b-1"), &run), 0);
	run.ended = mem_strdup("all 2 blocks are taken");
	assert_int_equal(run_write(&run, scratch_path("runs/b-1")), 0);
	assert_int_equal(store_take_run(s, scratch_path("runs/b-1")), 0);
	assert_int_equal(missing(s), 1);
	assert_int_equal(cells_keep(s, &fleet_cells), 0);
	run_free(&run);
	store_close(s);
}

static void another_name_of_a_machine_is_another_history(void **state)
{
	struct store *s = fill();
	struct run run;
	char *text;

	(void)state;
	assert_int_equal(cells_keep(s, &fleet_cells), 0);
	assert_int_equal(run_read(scratch_path("runs/a-1"), &run), 0);
	free(run.id);
	run.id = mem_strdup("z-9");
	run.host_before = run.host;
	run.host = mem_strdup("z");
	assert_int_equal(fs_mkdirs(scratch_path("runs/z-9")), 0);
	assert_int_equal(run_write(&run, scratch_path("runs/z-9")), 0);
	assert_int_equal(store_take_run(s, scratch_path("runs/z-9")), 0);
	assert_int_equal(missing(s), NIGHTS + 1);
	text = text_of(s, &fleet_cells);
	assert_null(strstr(text, "a 86400000000000"));
	assert_non_null(strstr(text, "z 86400000000000"));
	free(text);
	run_free(&run);
	store_close(s);
}

static void those_of_another_version_are_made_again(void **state)
{
	static const struct cells_maker next = { FLEET_CELLS_VERSION + 1, ask };
	struct store *s = fill();

	(void)state;
	assert_int_equal(cells_keep(s, &fleet_cells), 0);
	asked = 0;
	free(text_of(s, &next));
	assert_int_equal(asked, HOSTS * NIGHTS);
	assert_int_equal(cells_keep(s, &next), 0);
	asked = 0;
	free(text_of(s, &next));
	assert_int_equal(asked, 0);
	assert_int_equal(missing(s), HOSTS * NIGHTS);
	store_close(s);
}

static void they_go_with_their_run(void **state)
{
	struct store *s = fill();
	sqlite3_stmt *stmt;
	sqlite3 *db;

	(void)state;
	assert_int_equal(cells_keep(s, &fleet_cells), 0);
	assert_int_equal(store_remove(s, "b-2"), 0);
	store_close(s);
	assert_int_equal(sqlite3_open(scratch_path("scxbench.db"), &db), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db,
					    "SELECT (SELECT count(*) FROM cells), (SELECT count(*) FROM cell "
					    "WHERE run NOT IN (SELECT run FROM run))",
					    -1, &stmt, NULL),
			 SQLITE_OK);
	assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
	assert_int_equal(sqlite3_column_int(stmt, 0), HOSTS * NIGHTS - 1);
	assert_int_equal(sqlite3_column_int(stmt, 1), 0);
	sqlite3_finalize(stmt);
	sqlite3_close(db);
}

/* What a disk or a hand does to them, and to what they are of. */
static void those_that_are_not_what_was_kept_are_made_again(void **state)
{
	static const char another[] =
		"INSERT INTO cell SELECT run, 7, workload, policy, measure, 0, 0, 1, 1, 1, "
		"'ok', NULL FROM cell WHERE run = 5";
	static const char *const changes[] = {
		"UPDATE cell SET log_ratio = log_ratio + 1e-9 WHERE run = 5",
		"UPDATE cell SET policy = 'vtime' WHERE run = 5",
		"UPDATE cell SET ok = ok + 1 WHERE run = 5",
		"DELETE FROM cell WHERE run = 5",
		another,
		"UPDATE cells SET checksum = NULL WHERE run = 5",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(changes) / sizeof(*changes); i++) {
		struct store *s;
		char *was, *is;

		scratch_setup(NULL);
		s = fill();
		assert_int_equal(cells_keep(s, &fleet_cells), 0);
		was = text_of(s, &fleet_cells);
		store_close(s);
		do_sql(changes[i]);
		assert_int_equal(store_open(scratch_path("scxbench.db"), STORE_READ, &s), 0);
		assert_int_equal(missing(s), 1);
		is = text_of(s, &fleet_cells);
		assert_string_equal(is, was);
		free(is);
		free(was);
		store_close(s);
		scratch_teardown(NULL);
	}
}

static void a_damaged_run_is_left_out_alone(void **state)
{
	struct store *s = fill();
	char *text;

	(void)state;
	store_close(s);
	do_sql("UPDATE metric SET value = value + 1 WHERE sample = 3");
	assert_int_equal(store_open(scratch_path("scxbench.db"), STORE_WRITE, &s), 0);
	assert_int_equal(cells_keep(s, &fleet_cells), 0);
	text = text_of(s, &fleet_cells);
	assert_null(strstr(text, "a 86400000000000\n"));
	assert_non_null(strstr(text, "b 86400000000000\n"));
	free(text);
	store_close(s);
}

static int is_of_version_1(void *ctx, const struct store_cells *of)
{
	const struct store_cell *c = of->cell;

	*(bool *)ctx = true;
	assert_int_equal(of->nr, 1);
	assert_string_equal(c->policy, "fifo");
	assert_true(fabs(c->log_ratio - 0.048435901343899176) < 1e-12);
	assert_true(fabs(c->error - 0.00012006085747960156) < 1e-12);
	assert_int_equal(c->blocks, 2);
	return 0;
}

/* Where this fails because a number is made otherwise, raise FLEET_CELLS_VERSION together with it. */
static void the_numbers_are_those_of_the_version(void **state)
{
	struct store *s = fill();
	bool seen = false;

	(void)state;
	assert_int_equal(FLEET_CELLS_VERSION, 1);
	assert_int_equal(
		cells_read_run(s, &(struct cells_reader){ &fleet_cells, is_of_version_1, &seen }, "a-2"), 0);
	assert_true(seen);
	store_close(s);
}

int main(void)
{
#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_setup, scratch_teardown)
	const struct CMUnitTest tests[] = {
		IN_SCRATCH(what_is_kept_is_what_is_made),
		IN_SCRATCH(a_run_that_changes_has_none),
		IN_SCRATCH(another_name_of_a_machine_is_another_history),
		IN_SCRATCH(those_of_another_version_are_made_again),
		IN_SCRATCH(they_go_with_their_run),
		cmocka_unit_test(those_that_are_not_what_was_kept_are_made_again),
		IN_SCRATCH(a_damaged_run_is_left_out_alone),
		IN_SCRATCH(the_numbers_are_those_of_the_version),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("fleet_cells", tests, NULL, NULL);
}
