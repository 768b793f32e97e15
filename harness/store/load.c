/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reads a run from the database. There is one statement for each table, in the order of the samples, and its
 * rows are given to the samples as they come. So ten thousand samples cost no more statements than one.
 */
#include "store/load.h"

#include <stdlib.h>
#include "store/bins.h"
#include "store/rows.h"
#include "store/totals.h"
#include "util/mem.h"

/* The rows of a table that belong to all samples of a run, by seq, or to one; within a sample by place. */
#define ROWS_OF(columns, table, joins) \
	"SELECT seq, " columns " FROM sample CROSS JOIN " table " USING (sample) " joins " WHERE sample."
#define BY_SAMPLE(...)                                                     \
	{ [LOAD_RUN] = ROWS_OF(__VA_ARGS__) "run = ? ORDER BY seq, place", \
	  [LOAD_SAMPLE] = ROWS_OF(__VA_ARGS__) "sample = ? ORDER BY place" }

/* Written into the arrays directly: metrics_add() would search for the name, and here no name comes twice. */
static void take_metric(struct record *r, sqlite3_stmt *row)
{
	struct metrics *m = &r->metrics;

	m->metric = mem_grow(m->metric, m->nr, sizeof(*m->metric));
	m->metric[m->nr++] = (struct metric){
		.name = db_text(row, 1),
		.unit = db_text(row, 2),
		.better = db_better(row, 3),
		.value = db_double(row, 4),
		.absent = db_text(row, 5),
		.resolution = db_double(row, 6),
	};
}

static void take_hist(struct record *r, sqlite3_stmt *row)
{
	struct hist *h = metrics_hist(&r->metrics, (const char *)sqlite3_column_text(row, 1),
				      (const char *)sqlite3_column_text(row, 2));

	h->overflow = (uint64_t)sqlite3_column_int64(row, 3);
	bins_unpack(h, sqlite3_column_blob(row, 4), (size_t)sqlite3_column_bytes(row, 4));
}

static void take_proof(struct record *r, sqlite3_stmt *row)
{
	record_take_proof(r,
			  proof_named((const char *)sqlite3_column_text(row, 1),
				      (const char *)sqlite3_column_text(row, 2), sqlite3_column_int(row, 3)));
}

static const struct part {
	const char *sql[2];
	void (*take)(struct record *r, sqlite3_stmt *row);
} parts[] = {
	{ BY_SAMPLE("name, unit, better, value, reason.text, resolution", "metric",
		    "JOIN measure USING (measure) "
		    "LEFT JOIN reason ON reason.reason = metric.absent"),
	  take_metric },
	{ BY_SAMPLE("name, unit, overflow, bins", "hist", "JOIN measure USING (measure)"), take_hist },
	{ BY_SAMPLE("what, found, holds", "proof", ""), take_proof },
};

static int load_part(struct store *s, const char *sql, const struct part *part, struct loaded *l)
{
	sqlite3_stmt *stmt;
	size_t i = 0;
	int more, err = db_prepare(s, sql, &stmt);

	if (err)
		return err;
	db_bind(stmt, "i", l->row);
	while ((more = db_row(s, stmt)) > 0) {
		while (i < l->nr && l->sample[i].seq < sqlite3_column_int64(stmt, 0))
			i++;
		if (i == l->nr)
			continue;
		checksum_add(&l->sum[i].running, stmt, 1);
		part->take(&l->sample[i], stmt);
	}
	sqlite3_finalize(stmt);
	return more;
}

static int load_rows(struct store *s, const char *where, struct loaded *l)
{
	sqlite3_stmt *stmt;
	int more, err = row_select(s, &record_fields, where, &stmt);

	if (err)
		return err;
	db_bind(stmt, "i", l->row);
	while ((more = db_row(s, stmt)) > 0) {
		l->sample = mem_grow(l->sample, l->nr, sizeof(*l->sample));
		l->sum = mem_grow(l->sum, l->nr, sizeof(*l->sum));
		l->sample[l->nr] = (struct record){ 0 };
		SHA512_256Init(&l->sum[l->nr].running);
		checksum_add(&l->sum[l->nr].running, stmt, 0);
		row_read(stmt, &record_fields, &l->sample[l->nr++]);
	}
	sqlite3_finalize(stmt);
	return more;
}

/* The rows are those that load_rows() saw, so they are as many. */
static int end_sums(struct store *s, const char *where, struct loaded *l)
{
	char *sql = mem_printf("SELECT checksum FROM sample %s", where);
	sqlite3_stmt *stmt;
	int more, err = db_prepare(s, sql, &stmt);

	free(sql);
	if (err)
		return err;
	db_bind(stmt, "i", l->row);
	for (size_t i = 0; (more = db_row(s, stmt)) > 0 && i < l->nr; i++) {
		l->sum[i].sum = checksum_end(&l->sum[i].running);
		l->sum[i].right = s->unsummed || checksum_is(&l->sum[i].sum, stmt, 0);
	}
	sqlite3_finalize(stmt);
	return more < 0 ? more : 0;
}

int load_samples(struct store *s, enum load_of of, int64_t row, struct loaded *l)
{
	static const char *const where[] = {
		[LOAD_RUN] = "WHERE run = ? ORDER BY seq", [LOAD_SAMPLE] = "WHERE sample = ?"
	};
	int err;

	*l = (struct loaded){ .row = row };
	err = load_rows(s, where[of], l);
	for (size_t i = 0; !err && i < sizeof(parts) / sizeof(*parts); i++)
		err = load_part(s, parts[i].sql[of], &parts[i], l);
	return err ? err : end_sums(s, where[of], l);
}

void loaded_free(struct loaded *l)
{
	for (size_t i = 0; i < l->nr; i++)
		record_free(&l->sample[i]);
	free(l->sample);
	free(l->sum);
	*l = (struct loaded){ 0 };
}

static int sample_differs(struct store *s, const char *id, unsigned seq)
{
	char *what = mem_printf("sample %u is", seq);
	int err = checksum_damaged(s, id, what);

	free(what);
	return err;
}

/* Each sample is what was stored, and they are all that were. */
static int check_samples(struct store *s, const char *id, const struct loaded *l)
{
	uint64_t total = 0;

	for (size_t i = 0; i < l->nr; i++) {
		total += (uint64_t)totals_of(&l->sum[i].sum);
		if (!l->sum[i].right)
			return sample_differs(s, id, l->sample[i].seq);
	}
	return totals_check_list(s, l->row, id, total);
}

int store_load(struct store *s, const char *id, struct store_run *out)
{
	struct loaded l = { 0 };
	int64_t run;
	int err;

	*out = (struct store_run){ 0 };
	err = load_named(s, id, &run, &out->run);
	if (!err)
		err = load_samples(s, LOAD_RUN, run, &l);
	if (!err)
		err = check_samples(s, out->run.id, &l);
	for (size_t i = 0; !err && i < l.nr; i++)
		err = load_sound(s, out->run.id, record_fault(&l.sample[i]));
	if (err) {
		run_free(&out->run);
		loaded_free(&l);
		return err;
	}
	out->sample = l.sample;
	out->nr = l.nr;
	free(l.sum);
	return 0;
}

void store_run_free(struct store_run *r)
{
	for (size_t i = 0; i < r->nr; i++)
		record_free(&r->sample[i]);
	free(r->sample);
	run_free(&r->run);
	*r = (struct store_run){ 0 };
}
