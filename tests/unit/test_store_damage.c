/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A database in which bits have turned: whatever is read of it is what was stored, or is refused. The time of
 * the file stays, so that no check of its form is made when it is opened.
 */
#include "nights.h"
#include "full_record.h"
#include "store_text.h"

#include <fcntl.h>
#include <math.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "util/cause.h"
#include "util/mem.h"

#define FLIPS 400
#define CUTS 20

static const char *const ids[] = { "a-1", "a-2", "b-1", "c-1" };
#define NR_IDS (sizeof(ids) / sizeof(*ids))

static void take_odd_sample(struct store *s)
{
	struct record r = { .seq = 7, .block = 3, .boot = 1, .policy = "fair", .workload = "quick" };
	struct hist *h;

	metrics_add(&r.metrics, "time", "s", BETTER_LOWER, 1.0 / 3);
	h = metrics_hist(&r.metrics, "latency", "us");
	for (unsigned i = 0; i < 300; i++)
		hist_add(h, i, i + 1, i + 1);
	record_prove(&r, true, PROOF_ATTACHED_STATE, "enabled");
	assert_int_equal(store_take_sample(s, "a-1", &r), 0);
	metrics_free(&r.metrics);
	proof_free(&r.proof[0]);
	free(r.proof);
}

/* With something in every field, and so long that its table has more than one level. */
static void take_full_run(struct store *s)
{
	struct run run = full_run();
	struct record r;

	run.id = "c-1";
	run.tags = "good";
	run.topology_xml = mem_zalloc(20001, 1);
	memset(run.topology_xml, 'x', 20000);
	assert_int_equal(fs_mkdirs(scratch_path("runs/c-1")), 0);
	assert_int_equal(run_write(&run, scratch_path("runs/c-1")), 0);
	full_record(&r);
	assert_int_equal(record_write(&r, scratch_path("runs/c-1")), 0);
	assert_int_equal(store_take_run(s, scratch_path("runs/c-1")), 0);
	record_free(&r);
	free(run.topology_xml);
}

static void fill(void)
{
	struct store *s = night_open();

	night_take(s, "a", 1);
	night_take(s, "a", 2);
	night_take(s, "b", 1);
	take_full_run(s);
	take_odd_sample(s);
	assert_int_equal(store_tag(s, "a-1", "last-good"), 0);
	store_close(s);
}

#define NR_TEXTS (NR_IDS + 3)

/* Everything that is published of the store. false: it can't be opened. */
static bool texts_of_store(char *text[NR_TEXTS])
{
	struct store *s;

	if (store_open(scratch_path("scxbench.db"), STORE_READ, &s))
		return false;
	for (size_t i = 0; i < NR_IDS; i++)
		text[i] = text_of_run(s, ids[i]);
	text[NR_IDS] = text_of_series(s, false, NULL);
	text[NR_IDS + 1] = text_of_series(s, true, NULL);
	text[NR_IDS + 2] = text_of_series(s, false, "a");
	store_close(s);
	return true;
}

static void texts_free(char *text[NR_TEXTS])
{
	for (size_t i = 0; i < NR_TEXTS; i++)
		free(text[i]);
}

/* Writes the file, which seems to be as old as before. */
static void put_file(const char *bytes, size_t len)
{
	const char *path = scratch_path("scxbench.db");
	struct stat st;
	FILE *f;

	assert_int_equal(stat(path, &st), 0);
	f = fopen(path, "w");
	assert_non_null(f);
	assert_int_equal(fwrite(bytes, 1, len, f), len);
	fclose(f);
	assert_int_equal(utimensat(AT_FDCWD, path, (struct timespec[]){ st.st_atim, st.st_mtim }, 0), 0);
}

struct seen {
	unsigned closed, refused, same;
};

/* Reads with what is said in a file. */
static bool texts_and_words(char *text[NR_TEXTS], char **words)
{
	int err = dup(2);
	bool opened;

	assert_non_null(freopen(scratch_path("words"), "w", stderr));
	opened = texts_of_store(text);
	fflush(stderr);
	dup2(err, 2);
	close(err);
	assert_int_equal(fs_read(scratch_path("words"), words, NULL), 0);
	return opened;
}

/* The series may lack runs and values of runs, each of which is named. */
static bool is_less(char *is, const char *was, const char *words)
{
	char *save = NULL;

	for (char *line = strtok_r(is, "\n", &save); line; line = strtok_r(NULL, "\n", &save))
		if (!strstr(was, line) && strcmp(line + strlen(line) - 4, " nan"))
			return false;
	return strstr(words, "is damaged");
}

/* Each text is what it was, or refused. */
static void compare_with(char *const was[NR_TEXTS], struct seen *seen, const char *what)
{
	char *is[NR_TEXTS], *words;
	bool refused = false;

	if (!texts_and_words(is, &words)) {
		seen->closed++;
		free(words);
		return;
	}
	for (size_t i = 0; i < NR_TEXTS; i++) {
		if (!strcmp(is[i], was[i]))
			continue;
		refused = true;
		if (strcmp(is[i], "refused") && (i < NR_IDS || !is_less(is[i], was[i], words)))
			fail_msg("%s: text %zu was\n%s\nand is\n%s", what, i, was[i], is[i]);
	}
	texts_free(is);
	free(words);
	*(refused ? &seen->refused : &seen->same) += 1;
}

static void no_bit_changes_what_is_read_and_nothing_is_said(void **state)
{
	char *was[NR_TEXTS], *bytes, what[64];
	struct seen seen = { 0 };
	size_t len;

	(void)state;
	fill();
	assert_true(texts_of_store(was));
	assert_int_equal(fs_read(scratch_path("scxbench.db"), &bytes, &len), 0);
	srandom(1);
	for (unsigned i = 0; i < FLIPS; i++) {
		size_t at = (size_t)random() % len;
		char bit = (char)(1 << random() % 8);

		snprintf(what, sizeof(what), "byte %zu ^ %#x", at, (unsigned)(unsigned char)bit);
		bytes[at] ^= bit;
		put_file(bytes, len);
		compare_with(was, &seen, what);
		bytes[at] ^= bit;
	}
	put_file(bytes, len);
	print_message("# of %u bits: %u not opened, %u refused in part, %u the same\n", FLIPS, seen.closed,
		      seen.refused, seen.same);
	assert_true(seen.refused > FLIPS / 20 && seen.same > FLIPS / 20);
	free(bytes);
	texts_free(was);
}

/* The page of the index over machines, which is small here. */
static size_t find_index(size_t page)
{
	sqlite3_stmt *stmt;
	sqlite3 *db;
	size_t root;

	assert_int_equal(sqlite3_open(scratch_path("scxbench.db"), &db), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db,
					    "SELECT rootpage FROM sqlite_schema WHERE name = 'run_by_host'",
					    -1, &stmt, NULL),
			 SQLITE_OK);
	assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
	root = (size_t)sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	sqlite3_close(db);
	return (root - 1) * page;
}

static void no_bit_of_the_index_over_machines_hides_a_run(void **state)
{
	const size_t page = 4096;
	char *was[NR_TEXTS], *bytes, what[64];
	struct seen seen = { 0 };
	size_t len, first;

	(void)state;
	fill();
	assert_true(texts_of_store(was));
	assert_int_equal(fs_read(scratch_path("scxbench.db"), &bytes, &len), 0);
	first = find_index(page);
	srandom(3);
	for (size_t at = first; at < first + page; at++) {
		char bit = (char)(1 << random() % 8);

		if (!bytes[at])
			continue;
		snprintf(what, sizeof(what), "byte %zu of the index ^ %#x", at - first,
			 (unsigned)(unsigned char)bit);
		bytes[at] ^= bit;
		put_file(bytes, len);
		compare_with(was, &seen, what);
		bytes[at] ^= bit;
	}
	put_file(bytes, len);
	print_message("# the index: %u not opened, %u refused in part, %u the same\n", seen.closed,
		      seen.refused, seen.same);
	assert_true(seen.same > 20);
	free(bytes);
	texts_free(was);
}

static void a_database_that_is_cut_off_is_not_less(void **state)
{
	char *was[NR_TEXTS], *bytes, what[64];
	struct seen seen = { 0 };
	size_t len;

	(void)state;
	fill();
	assert_true(texts_of_store(was));
	assert_int_equal(fs_read(scratch_path("scxbench.db"), &bytes, &len), 0);
	srandom(2);
	for (unsigned i = 0; i < CUTS; i++) {
		size_t cut = i % 2 ? (size_t)random() % len : (size_t)random() % (len / 4096) * 4096;

		snprintf(what, sizeof(what), "%zu bytes of %zu", cut, len);
		put_file(bytes, cut);
		compare_with(was, &seen, what);
	}
	assert_int_equal(seen.same, 0);
	free(bytes);
	texts_free(was);
}

/* What a hand does to rows. */
static const char *const changes[] = {
	"DELETE FROM sample WHERE run = 1 AND seq = 3",
	"DELETE FROM metric WHERE sample = 3",
	"DELETE FROM proof WHERE sample IN (SELECT sample FROM sample WHERE seq = 7)",
	"DELETE FROM env WHERE place = 1",
	"DELETE FROM run_policy WHERE run = 1 AND place = 1",
	"DELETE FROM tag",
	"UPDATE tag SET run = 2",
	"UPDATE sample SET seq = 9 WHERE run = 1 AND seq = 2",
	"UPDATE sample SET run = 2, seq = 8 WHERE run = 1 AND seq = 3",
	"UPDATE metric SET value = value + 1e-9 WHERE sample = 2",
	"UPDATE measure SET unit = 'ms'",
	"UPDATE run SET host = 'b' WHERE id = 'a-1'",
	"UPDATE run SET checksum = NULL",
	"UPDATE sample SET checksum = NULL",
	"DELETE FROM total",
	("INSERT INTO sample SELECT NULL, run, 8, block, policy, workload, instrumented, status, why, "
	 "started_ns, elapsed_s, window_s, violations, exit_kind, exit_code, exit_reason, exit_msg, "
	 "exit_dump, exit_after_s, boot, warmup, retake_of, checksum FROM sample WHERE run = 1 AND seq = 3"),
};

static void no_row_goes_or_comes_and_nothing_is_said(void **state)
{
	char *was[NR_TEXTS];

	(void)state;
	for (size_t i = 0; i < sizeof(changes) / sizeof(*changes); i++) {
		struct seen seen = { 0 };
		char *why = NULL;
		sqlite3 *db;

		scratch_setup(NULL);
		fill();
		assert_true(texts_of_store(was));
		assert_int_equal(sqlite3_open(scratch_path("scxbench.db"), &db), SQLITE_OK);
		sqlite3_exec(db, changes[i], NULL, NULL, &why);
		if (why)
			fail_msg("%s: %s", changes[i], why);
		sqlite3_close(db);
		compare_with(was, &seen, changes[i]);
		if (!seen.refused)
			fail_msg("nobody saw: %s", changes[i]);
		texts_free(was);
		scratch_teardown(NULL);
	}
}

static void damage(const char *sql)
{
	sqlite3 *db;

	assert_int_equal(sqlite3_open(scratch_path("scxbench.db"), &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

/* Its files are whole but for the sample that take_odd_sample() took into the store only. */
static void a_damaged_run_is_made_again_from_its_files(void **state)
{
	char *was[NR_TEXTS], *is[NR_TEXTS];
	struct store *s = night_open();

	(void)state;
	night_take(s, "a", 1);
	night_take(s, "a", 2);
	night_take(s, "b", 1);
	take_full_run(s);
	assert_int_equal(store_tag(s, "a-1", "last-good"), 0);
	store_close(s);
	assert_true(texts_of_store(was));
	damage("UPDATE metric SET value = 7 WHERE sample = 2; DELETE FROM sample WHERE sample = 4");
	damage("UPDATE run SET blocks = 9 WHERE id = 'a-1'");
	assert_true(texts_of_store(is));
	assert_string_equal(is[0], "refused");
	assert_string_equal(is[1], was[1]);
	assert_string_equal(is[2], was[2]);
	texts_free(is);
	assert_int_equal(store_open(scratch_path("scxbench.db"), STORE_WRITE, &s), 0);
	assert_int_equal(store_tag(s, "a-1", "other"), -CAUSE_DAMAGED);
	assert_int_equal(store_take_run(s, scratch_path("runs/a-1")), 0);
	store_close(s);
	assert_true(texts_of_store(is));
	for (size_t i = 0; i < NR_TEXTS; i++)
		assert_string_equal(is[i], was[i]);
	texts_free(is);
	texts_free(was);
}

static void what_is_sound_and_has_no_file_is_not_lost(void **state)
{
	struct store_run run;
	struct store *s;

	(void)state;
	fill();
	damage("UPDATE metric SET value = 7 WHERE sample = 2");
	assert_int_equal(store_open(scratch_path("scxbench.db"), STORE_WRITE, &s), 0);
	assert_int_equal(store_take_run(s, scratch_path("runs/a-1")), -CAUSE_DAMAGED);
	assert_int_equal(store_load(s, "a-1", &run), -CAUSE_DAMAGED);
	assert_int_equal(store_untag(s, "a-2", "none"), -CAUSE_NOT_FOUND);
	assert_int_equal(store_load(s, "a-2", &run), 0);
	assert_int_equal(run.nr, 6);
	store_run_free(&run);
	assert_int_equal(store_remove(s, "a-1"), -CAUSE_USAGE);
	store_close(s);
	damage("DELETE FROM tag");
	assert_int_equal(store_open(scratch_path("scxbench.db"), STORE_WRITE, &s), 0);
	assert_int_equal(store_remove(s, "a-1"), 0);
	assert_int_equal(store_load(s, "a-1", &run), -CAUSE_NOT_FOUND);
	store_close(s);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(no_bit_changes_what_is_read_and_nothing_is_said),
		TEST(no_bit_of_the_index_over_machines_hides_a_run),
		TEST(a_database_that_is_cut_off_is_not_less),
		cmocka_unit_test(no_row_goes_or_comes_and_nothing_is_said),
		TEST(a_damaged_run_is_made_again_from_its_files),
		TEST(what_is_sound_and_has_no_file_is_not_lost),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
