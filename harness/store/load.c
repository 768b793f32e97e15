/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reads a run from the database. There is one statement for each table, in the order of the samples, and its
 * rows are given to the samples as they come. So ten thousand samples cost no more statements than one.
 */
#include "store/load.h"

#include <stdlib.h>
#include "store/bins.h"
#include "store/rows.h"
#include "util/mem.h"

/* The rows of all samples in a table, by seq, and within a sample by place. */
#define BY_SAMPLE(columns, table, joins)                                                 \
	"SELECT seq, " columns " FROM sample CROSS JOIN " table " USING (sample) " joins \
	" WHERE sample.run = ? ORDER BY seq, place"

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
	const char *sql;
	void (*take)(struct record *r, sqlite3_stmt *row);
} parts[] = {
	{ BY_SAMPLE("name, unit, better, value, reason.text, resolution", "metric",
		    "JOIN measure USING (measure) "
		    "LEFT JOIN reason ON reason.reason = metric.absent"),
	  take_metric },
	{ BY_SAMPLE("name, unit, overflow, bins", "hist", "JOIN measure USING (measure)"), take_hist },
	{ BY_SAMPLE("what, found, holds", "proof", ""), take_proof },
};

static int load_part(struct store *s, int64_t run, const struct part *part, struct store_run *out)
{
	sqlite3_stmt *stmt;
	size_t i = 0;
	int more, err = db_prepare(s, part->sql, &stmt);

	if (err)
		return err;
	db_bind(stmt, "i", run);
	while ((more = db_row(s, stmt)) > 0) {
		while (i < out->nr && out->sample[i].seq < sqlite3_column_int64(stmt, 0))
			i++;
		if (i < out->nr)
			part->take(&out->sample[i], stmt);
	}
	sqlite3_finalize(stmt);
	return more;
}

static int load_samples(struct store *s, int64_t run, struct store_run *out)
{
	sqlite3_stmt *stmt;
	int more, err = row_select(s, &record_fields, "WHERE run = ? ORDER BY seq", &stmt);

	if (err)
		return err;
	db_bind(stmt, "i", run);
	while ((more = db_row(s, stmt)) > 0) {
		out->sample = mem_grow(out->sample, out->nr, sizeof(*out->sample));
		out->sample[out->nr] = (struct record){ 0 };
		row_read(stmt, &record_fields, &out->sample[out->nr++]);
	}
	sqlite3_finalize(stmt);
	return more;
}

int store_load(struct store *s, const char *id, struct store_run *out)
{
	int64_t run;
	int err = db_known_run(s, id, &run);

	*out = (struct store_run){ 0 };
	if (!err)
		err = load_run(s, run, &out->run);
	if (!err)
		err = load_samples(s, run, out);
	for (size_t i = 0; !err && i < sizeof(parts) / sizeof(*parts); i++)
		err = load_part(s, run, &parts[i], out);
	for (size_t i = 0; !err && i < out->nr; i++)
		err = load_sound(s, out->run.id, record_fault(&out->sample[i]));
	if (err)
		store_run_free(out);
	return err;
}

void store_run_free(struct store_run *r)
{
	for (size_t i = 0; i < r->nr; i++)
		record_free(&r->sample[i]);
	free(r->sample);
	run_free(&r->run);
	*r = (struct store_run){ 0 };
}
