/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "store/cells_rows.h"

#include <stdlib.h>
#include <string.h>
#include "util/cause.h"
#include "util/log.h"
#include "util/mem.h"

/* From the third column on they are what the checksum is of. */
#define ROWS                                                                                               \
	"SELECT run.run, cells.checksum, run.host, run.started_ns, workload, policy, name, unit, better, " \
	"log_ratio, error, cell.blocks, ok, due, worst, why "
#define JOINS                                                            \
	"LEFT JOIN cells ON cells.run = run.run AND cells.version = ?1 " \
	"LEFT JOIN cell ON cell.run = cells.run LEFT JOIN measure USING (measure) "

/* Of the table "run" only the index over machines is read: its rows have topologies. */
static const char all_rows[] = ROWS "FROM run INDEXED BY run_by_host " JOINS "WHERE " CELLS_WANTED
				    "ORDER BY run.host, run.run, cell.place";
static const char run_rows[] = ROWS "FROM run " JOINS "WHERE run.run = ?2 ORDER BY cell.place";

struct reading {
	struct store *s;
	const struct cells_reader *of;
	int64_t run; /* at hand; 0: none */
	char *host;
	int64_t started_ns;
	struct store_cell *cell; /* room for as many as any run had; the texts stay for the next run */
	size_t nr, room;
	SHA2_CTX sum;
	struct checksum kept;
	bool has_kept;
};

/* In neighbouring runs nearly all texts are the same. */
static void take_text(char **text, sqlite3_stmt *row, int column)
{
	const char *is = (const char *)sqlite3_column_text(row, column);

	if (is && *text && !strcmp(is, *text))
		return;
	free(*text);
	*text = mem_strdup(is);
}

static void take_cell(struct reading *r, sqlite3_stmt *row)
{
	struct store_cell *c;

	if (r->nr == r->room) {
		r->cell = mem_grow(r->cell, r->room, sizeof(*r->cell));
		r->cell[r->room++] = (struct store_cell){ 0 };
	}
	c = &r->cell[r->nr++];
	take_text(&c->workload, row, 4);
	take_text(&c->policy, row, 5);
	take_text(&c->metric, row, 6);
	take_text(&c->unit, row, 7);
	c->better = db_better(row, 8);
	c->log_ratio = db_double(row, 9);
	c->error = db_double(row, 10);
	c->blocks = db_count(row, 11);
	c->ok = db_count(row, 12);
	c->due = db_count(row, 13);
	c->worst = STATUS_VOID;
	status_parse((const char *)sqlite3_column_text(row, 14), &c->worst);
	take_text(&c->why, row, 15);
}

static void begin_run(struct reading *r, sqlite3_stmt *row)
{
	const void *kept = sqlite3_column_blob(row, 1);

	r->has_kept = kept && sqlite3_column_bytes(row, 1) == (int)sizeof(r->kept.byte);
	if (r->has_kept)
		memcpy(r->kept.byte, kept, sizeof(r->kept.byte));
	r->run = sqlite3_column_int64(row, 0);
	take_text(&r->host, row, 2);
	r->started_ns = sqlite3_column_int64(row, 3);
	r->nr = 0;
	SHA512_256Init(&r->sum);
}

int cells_id(struct store *s, int64_t run, char **id)
{
	sqlite3_stmt *stmt;
	int found = db_prepare(s, "SELECT id FROM run WHERE run = ?", &stmt);

	*id = NULL;
	if (found)
		return found;
	db_bind(stmt, "i", run);
	found = db_row(s, stmt);
	if (found > 0)
		*id = db_text(stmt, 0);
	sqlite3_finalize(stmt);
	return found > 0 ? 0 : found < 0 ? found : db_damaged(s, "a run is missing");
}

static int load_row(struct store *s, int64_t run, struct store_run *out)
{
	char *id;
	int err = cells_id(s, run, &id);

	if (!err)
		err = store_load(s, id, out);
	free(id);
	return err;
}

static void say_differs(const struct reading *r, const char *id)
{
	log_warn("%s: what was kept in short of run %s is not what was stored: its samples are read",
		 r->s->path, id);
	r->s->damaged = true;
}

static int make_run(struct reading *r)
{
	struct store_run run;
	struct store_cell *cell = NULL;
	int err = load_row(r->s, r->run, &run);

	if (err)
		return err == -CAUSE_DAMAGED ? 0 : err;
	if (r->has_kept)
		say_differs(r, run.run.id);
	if (run.run.host) {
		struct store_cells of = { run.run.host, run.run.started_ns, NULL,
					  r->of->maker->make(&run, &cell) };

		of.cell = cell;
		err = r->of->each(r->of->ctx, &of);
	}
	free(cell);
	store_run_free(&run);
	return err;
}

/* The rows of a run are all read. */
static int end_run(struct reading *r)
{
	const struct store_cells of = { r->host, r->started_ns, r->cell, r->nr };
	struct checksum sum;

	if (!r->run)
		return 0;
	sum = checksum_end(&r->sum);
	if (r->has_kept && !memcmp(sum.byte, r->kept.byte, sizeof(sum.byte)))
		return r->of->each(r->of->ctx, &of);
	return make_run(r);
}

static int read_rows(struct reading *r, sqlite3_stmt *stmt)
{
	int more, err = 0;

	while (!err && (more = db_row(r->s, stmt)) > 0) {
		if (sqlite3_column_int64(stmt, 0) != r->run) {
			err = end_run(r);
			begin_run(r, stmt);
		}
		checksum_add(&r->sum, stmt, 2);
		if (sqlite3_column_type(stmt, 4) != SQLITE_NULL)
			take_cell(r, stmt);
	}
	if (!err)
		err = more ? more : end_run(r);
	return err;
}

static void reading_free(struct reading *r)
{
	for (size_t i = 0; i < r->room; i++) {
		free(r->cell[i].workload);
		free(r->cell[i].policy);
		free(r->cell[i].metric);
		free(r->cell[i].unit);
		free(r->cell[i].why);
	}
	free(r->cell);
	free(r->host);
}

int cells_sum(struct store *s, int version, int64_t run, struct checksum *sum)
{
	SHA2_CTX running;
	sqlite3_stmt *stmt;
	int more, err = db_prepare(s, run_rows, &stmt);

	if (err)
		return err;
	SHA512_256Init(&running);
	db_bind(stmt, "ii", (int64_t)version, run);
	while ((more = db_row(s, stmt)) > 0)
		checksum_add(&running, stmt, 2);
	sqlite3_finalize(stmt);
	*sum = checksum_end(&running);
	return more;
}

static int read_all(struct reading *r, const char *sql, int64_t run)
{
	sqlite3_stmt *stmt;
	int err = db_prepare(r->s, sql, &stmt);

	if (err)
		return err;
	db_bind(stmt, run ? "ii" : "i", (int64_t)r->of->maker->version, run);
	err = read_rows(r, stmt);
	sqlite3_finalize(stmt);
	reading_free(r);
	return err;
}

int cells_read(struct store *s, const struct cells_reader *reader)
{
	struct reading r = { .s = s, .of = reader };

	return read_all(&r, all_rows, 0);
}

int cells_read_run(struct store *s, const struct cells_reader *reader, const char *id)
{
	struct reading r = { .s = s, .of = reader };
	int64_t run;
	int err = db_known_run(s, id, &run);

	return err ? err : read_all(&r, run_rows, run);
}
