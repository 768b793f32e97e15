/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "store/totals.h"

#include <endian.h>
#include <stdlib.h>
#include <string.h>
#include "store/asked.h"
#include "util/cause.h"
#include "util/mem.h"

#define OF_LIST 0
#define OF_ROWS (-1)
#define OF_MEASURES (-2) /* of no run: 0 */
/* Far more than any store has: a table of that many is not made. */
#define MOST_ROWS (1 << 28)

/* What points.c and outcomes.c read of a sample. */
#define SAMPLE_ROW \
	"SELECT run, sample, seq, block, boot, policy, workload, instrumented, warmup, retake_of, status FROM "

/* The finalizer of MurmurHash3: each bit of the result hangs on all bits of x. */
static uint64_t mixed(uint64_t x)
{
	x = (x ^ x >> 33) * 0xff51afd7ed558ccd;
	x = (x ^ x >> 33) * 0xc4ceb9fe1a85ec53;
	return x ^ x >> 33;
}

static uint64_t mixed_text(uint64_t x, const unsigned char *text)
{
	for (; text && *text; text++)
		x = mixed(x ^ *text);
	return mixed(x + 1);
}

/* A column that is a text as such, everything else as an integer. */
static uint64_t mixed_columns(uint64_t x, sqlite3_stmt *row, int first, int nr)
{
	for (int i = first; i < first + nr; i++)
		x = sqlite3_column_type(row, i) == SQLITE_TEXT
			    ? mixed_text(x, sqlite3_column_text(row, i))
			    : mixed(x + (uint64_t)sqlite3_column_int64(row, i));
	return x;
}

static int64_t short_of(uint64_t x)
{
	return (int64_t)(x >> 32);
}

static int64_t sum_of_row(sqlite3_stmt *row)
{
	return short_of(mixed_columns(0, row, 1, 10));
}

struct totals_measure totals_measure(int64_t measure, sqlite3_stmt *row, int first)
{
	return (struct totals_measure){ measure, mixed_columns(0, row, first, 3) };
}

static int64_t sum_of_value(const struct totals_measure *m, int64_t sample, double value)
{
	uint64_t bits;

	memcpy(&bits, &value, sizeof(bits));
	return short_of(mixed(mixed(m->seed + (uint64_t)sample) ^ bits));
}

int64_t totals_of(const struct checksum *sum)
{
	uint32_t first;

	memcpy(&first, sum->byte, sizeof(first));
	return le32toh(first);
}

static int add_to(sqlite3_stmt *add, struct store *s, const int64_t key[2], int64_t sum)
{
	db_bind(add, "iii", key[0], key[1], sum);
	return db_run(s, add);
}

static int add_values(sqlite3_stmt *add, struct store *s, int64_t run, int64_t sample)
{
	sqlite3_stmt *stmt;
	int more,
		err = db_prepare(
			s,
			"SELECT measure, name, unit, better, value FROM metric JOIN measure USING (measure) "
			"WHERE sample = ? AND value IS NOT NULL",
			&stmt);

	if (err)
		return err;
	db_bind(stmt, "i", sample);
	while (!err && (more = db_row(s, stmt)) > 0) {
		int64_t measure = sqlite3_column_int64(stmt, 0);
		struct totals_measure m = totals_measure(measure, stmt, 1);

		err = add_to(add, s, (int64_t[]){ measure, run },
			     sum_of_value(&m, sample, sqlite3_column_double(stmt, 4)));
	}
	sqlite3_finalize(stmt);
	return err ? err : more;
}

static int add_row(sqlite3_stmt *add, struct store *s, int64_t run, int64_t sample)
{
	sqlite3_stmt *stmt;
	int err = db_prepare(s, SAMPLE_ROW "sample WHERE sample = ?", &stmt);

	if (err)
		return err;
	db_bind(stmt, "i", sample);
	err = db_row(s, stmt);
	if (err > 0)
		err = add_to(add, s, (int64_t[]){ OF_ROWS, run }, sum_of_row(stmt));
	sqlite3_finalize(stmt);
	return err;
}

int totals_add(struct store *s, int64_t run, int64_t sample, const struct checksum *sum)
{
	sqlite3_stmt *add;
	int err = db_prepare(s,
			     "INSERT INTO total (measure, run, sum) VALUES (?, ?, ?) "
			     "ON CONFLICT DO UPDATE SET sum = sum + excluded.sum",
			     &add);

	if (err)
		return err;
	err = add_to(add, s, (int64_t[]){ OF_LIST, run }, totals_of(sum));
	if (!err)
		err = add_row(add, s, run, sample);
	if (!err)
		err = add_values(add, s, run, sample);
	sqlite3_finalize(add);
	return err;
}

static int sum_of_measures(struct store *s, int64_t *sum)
{
	sqlite3_stmt *stmt;
	int more, err = db_prepare(s, "SELECT measure, name, unit, better FROM measure", &stmt);

	if (err)
		return err;
	for (*sum = 0; (more = db_row(s, stmt)) > 0;)
		*sum += short_of(mixed_columns(0, stmt, 0, 4));
	sqlite3_finalize(stmt);
	return more;
}

int totals_of_measures(struct store *s)
{
	sqlite3_stmt *stmt;
	int64_t sum;
	int err = sum_of_measures(s, &sum);

	if (!err)
		err = db_prepare(s, "INSERT OR REPLACE INTO total (measure, run, sum) VALUES (?, 0, ?)",
				 &stmt);
	if (err)
		return err;
	db_bind(stmt, "ii", (int64_t)OF_MEASURES, sum);
	err = db_run(s, stmt);
	sqlite3_finalize(stmt);
	return err;
}

int64_t totals_of_host(const char *host)
{
	return short_of(mixed_text(0, (const unsigned char *)host));
}

/* of: a statement of all or one of the runs, with their machines. */
static int set_hosts(struct store *s, sqlite3_stmt *of)
{
	sqlite3_stmt *set;
	int more = 0,
	    err = db_prepare(s, "INSERT OR REPLACE INTO total (measure, run, sum) VALUES (?, ?, ?)", &set);

	while (!err && (more = db_row(s, of)) > 0)
		err = add_to(set, s, (int64_t[]){ TOTALS_OF_HOST, sqlite3_column_int64(of, 0) },
			     totals_of_host((const char *)sqlite3_column_text(of, 1)));
	sqlite3_finalize(set);
	return err ? err : more;
}

int totals_set_host(struct store *s, int64_t run)
{
	sqlite3_stmt *of;
	int err = db_prepare(s, "SELECT run, host FROM run WHERE run = ?", &of);

	if (err)
		return err;
	db_bind(of, "i", run);
	err = set_hosts(s, of);
	sqlite3_finalize(of);
	return err;
}

int totals_set_hosts(struct store *s)
{
	sqlite3_stmt *of;
	int err = db_prepare(s, "SELECT run, host FROM run NOT INDEXED", &of);

	if (!err)
		err = set_hosts(s, of);
	sqlite3_finalize(of);
	return err;
}

static int check_measures(struct store *s)
{
	int64_t stored, sum = 0;
	int err = s->unsummed ? 0 : sum_of_measures(s, &sum);

	if (err || s->unsummed)
		return err;
	err = db_number(s, "SELECT sum FROM total WHERE measure = -2", &stored);
	return !err && stored != sum ? db_damaged(s, "the names of what is measured are not what was stored")
				     : err;
}

static bool is_row(int64_t row, int64_t most)
{
	return row > 0 && row <= most;
}

void totals_count(struct totals *t, const struct totals_measure *m, int64_t sample, double value)
{
	/* What belongs to no sample is not read, and is missed where it belonged. */
	if (is_row(sample, t->samples) && t->run_of[sample])
		t->sum[t->run_of[sample]] += (uint64_t)sum_of_value(m, sample, value);
}

/* Says which sample it is, where the samples show that. */
static int total_differs(struct store *s, int64_t run, const char *what)
{
	struct store_run whole;
	sqlite3_stmt *stmt;
	char *id = NULL;
	int err = db_prepare(s, "SELECT id FROM run WHERE run = ?", &stmt);

	if (err)
		return err;
	db_bind(stmt, "i", run);
	if (db_row(s, stmt) > 0)
		id = db_text(stmt, 0);
	sqlite3_finalize(stmt);
	if (!id)
		return db_damaged(s, "a run is missing");
	err = store_load(s, id, &whole);
	if (!err)
		checksum_damaged(s, id, what);
	store_run_free(&whole);
	free(id);
	return !err || err == -CAUSE_DAMAGED ? 0 : err;
}

/* After the sums of what was stored were taken away, what is left is not right. */
static int find_bad(struct store *s, struct totals *t, const char *what)
{
	int err = t->sum[0] ? db_damaged(s, "a run is missing") : 0;

	for (int64_t run = 1; run <= t->runs && !err; run++)
		if (t->sum[run] && !t->bad[run]) {
			t->bad[run] = true;
			err = total_differs(s, run, what);
		}
	memset(t->sum, 0, ((size_t)t->runs + 1) * sizeof(*t->sum));
	return err;
}

/* sql: with "%s" for the rows that are read. */
static int prepare_of(struct store *s, const char *sql, const char *from, sqlite3_stmt **stmt)
{
	char *text = mem_printf(sql, from);
	int err = db_prepare(s, text, stmt);

	free(text);
	return err;
}

int totals_check(struct store *s, struct totals *t, int64_t measure, const char *what)
{
	sqlite3_stmt *stmt;
	int more, err;

	if (s->unsummed)
		return 0;
	err = prepare_of(s, "SELECT run, sum FROM %s WHERE measure = ?", ASKED_FROM(t->host, "total"), &stmt);
	if (err)
		return err;
	db_bind(stmt, "i", measure);
	while ((more = db_row(s, stmt)) > 0) {
		int64_t at = sqlite3_column_int64(stmt, 0);

		t->sum[is_row(at, t->runs) ? at : 0] -= (uint64_t)sqlite3_column_int64(stmt, 1);
	}
	sqlite3_finalize(stmt);
	return more ? more : find_bad(s, t, what);
}

static int read_rows(struct store *s, struct totals *t)
{
	sqlite3_stmt *stmt;
	int more, err = prepare_of(s, SAMPLE_ROW "%s", ASKED_FROM(t->host, "sample"), &stmt);

	if (err)
		return err;
	while ((more = db_row(s, stmt)) > 0) {
		int64_t run = sqlite3_column_int64(stmt, 0), sample = sqlite3_column_int64(stmt, 1);

		if (!is_row(run, t->runs) || !is_row(sample, t->samples))
			run = 0;
		else
			t->run_of[sample] = run;
		t->sum[run] += (uint64_t)sum_of_row(stmt);
	}
	sqlite3_finalize(stmt);
	return more;
}

int totals_open(struct store *s, const char *host, struct totals *t)
{
	int err;

	*t = (struct totals){ .host = host };
	err = db_number(s, "SELECT coalesce(max(run), 0) FROM run", &t->runs);
	if (!err)
		err = db_number(s, "SELECT coalesce(max(sample), 0) FROM sample", &t->samples);
	if (!err && (t->runs > MOST_ROWS || t->samples > MOST_ROWS))
		err = db_damaged(s, "the number of a row is too large");
	if (err)
		return err;
	t->sum = mem_zalloc((size_t)t->runs + 1, sizeof(*t->sum));
	t->bad = mem_zalloc((size_t)t->runs + 1, sizeof(*t->bad));
	t->run_of = mem_zalloc((size_t)t->samples + 1, sizeof(*t->run_of));
	err = asked_find(s, host);
	if (!err)
		err = checksum_check_runs(s, ASKED_WHERE(host), t->bad, t->runs);
	if (!err)
		err = check_measures(s);
	if (!err)
		err = read_rows(s, t);
	return err ? err : totals_check(s, t, OF_ROWS, "what its samples are is");
}

void totals_free(struct totals *t)
{
	free(t->bad);
	free(t->sum);
	free(t->run_of);
	*t = (struct totals){ 0 };
}

int store_checked_make(struct store *s, const char *host, struct totals **checked)
{
	*checked = mem_zalloc(1, sizeof(**checked));
	return totals_open(s, host, *checked);
}

void store_checked_free(struct totals *checked)
{
	if (checked)
		totals_free(checked);
	free(checked);
}

int totals_use(struct store *s, const struct store_filter *filter, struct totals **t, struct totals **own)
{
	int err = 0;

	*own = NULL;
	if (!filter->checked)
		err = store_checked_make(s, filter->host, own);
	*t = filter->checked ? filter->checked : *own;
	return err;
}

int totals_check_list(struct store *s, int64_t run, const char *id, uint64_t sum)
{
	sqlite3_stmt *stmt;
	int err =
		s->unsummed ? 0 : db_prepare(s, "SELECT sum FROM total WHERE measure = 0 AND run = ?", &stmt);

	if (err || s->unsummed)
		return err;
	db_bind(stmt, "i", run);
	err = db_row(s, stmt);
	if (err > 0)
		sum -= (uint64_t)sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	if (err < 0)
		return err;
	return sum ? checksum_damaged(s, id, "the list of its samples is") : 0;
}
