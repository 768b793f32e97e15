/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Makes the cells that are missing, and keeps them. */
#include <stdlib.h>
#include "store/cells_rows.h"
#include "util/cause.h"
#include "util/mem.h"

/* A statement without result rows whose only parameter is a run. */
static int run_of(struct store *s, const char *sql, int64_t run)
{
	sqlite3_stmt *stmt;
	int err = db_prepare(s, sql, &stmt);

	if (err)
		return err;
	db_bind(stmt, "i", run);
	err = db_run(s, stmt);
	sqlite3_finalize(stmt);
	return err;
}

int cells_drop(struct store *s, int64_t run)
{
	int err = run_of(s, "DELETE FROM cell WHERE run = ?", run);

	return err ? err : run_of(s, "DELETE FROM cells WHERE run = ?", run);
}

/* Rows of "cell" without one of "cells" are not read, and go when there are new ones. */
int cells_drop_host(struct store *s, const char *host)
{
	sqlite3_stmt *stmt;
	int err = db_prepare(s, "DELETE FROM cells WHERE run IN (SELECT run FROM run WHERE host = ?)", &stmt);

	if (err)
		return err;
	db_bind(stmt, "t", host);
	err = db_run(s, stmt);
	sqlite3_finalize(stmt);
	return err;
}

static int write_cells(struct store *s, int64_t run, const struct store_cell *cell, size_t nr)
{
	sqlite3_stmt *stmt;
	int err = db_prepare(
		s,
		"INSERT INTO cell VALUES (?1, ?2, ?3, ?4, (SELECT measure FROM measure WHERE name = ?5 AND "
		"unit = ?6 AND better = ?7), ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
		&stmt);

	for (size_t i = 0; !err && i < nr; i++) {
		const struct store_cell *c = &cell[i];

		db_bind(stmt, "iittttiddiiitt", run, (int64_t)i, c->workload, c->policy, c->metric, c->unit,
			(int64_t)c->better, c->log_ratio, c->error, (int64_t)c->blocks, (int64_t)c->ok,
			(int64_t)c->due, status_name(c->worst), c->why);
		err = db_run(s, stmt);
	}
	sqlite3_finalize(stmt);
	return err;
}

/* With the checksum of what is read of them. */
static int write_head(struct store *s, int version, int64_t run)
{
	struct checksum sum;
	sqlite3_stmt *stmt;
	int err = db_prepare(s, "INSERT OR REPLACE INTO cells VALUES (?, ?, ?)", &stmt);

	if (err)
		return err;
	db_bind(stmt, "iib", run, (int64_t)version, (const void *)NULL, (size_t)0);
	err = db_run(s, stmt);
	if (!err)
		err = cells_sum(s, version, run, &sum);
	if (!err) {
		db_bind(stmt, "iib", run, (int64_t)version, sum.byte, sizeof(sum.byte));
		err = db_run(s, stmt);
	}
	sqlite3_finalize(stmt);
	return err;
}

static int keep_cells(struct store *s, const struct cells_maker *maker, int64_t row,
		      const struct store_run *run)
{
	struct store_cell *cell = NULL;
	size_t nr = maker->make(run, &cell);
	int err = cells_drop(s, row);

	if (!err)
		err = write_cells(s, row, cell, nr);
	if (!err)
		err = write_head(s, maker->version, row);
	free(cell);
	return err;
}

/* A run that is damaged has none. */
static int keep_run(struct store *s, const struct cells_maker *maker, int64_t row)
{
	struct store_run run;
	char *id;
	int err = cells_id(s, row, &id);

	if (!err)
		err = store_load(s, id, &run);
	free(id);
	if (err)
		return err == -CAUSE_DAMAGED ? 0 : err;
	err = keep_cells(s, maker, row, &run);
	store_run_free(&run);
	return err;
}

/* Rows of the table "run" without cells of that version; the caller frees *row. */
static int find_missing(struct store *s, int version, int64_t **row, size_t *nr)
{
	sqlite3_stmt *stmt;
	int more,
		err = db_prepare(
			s,
			"SELECT run.run FROM run INDEXED BY run_by_host LEFT JOIN cells ON cells.run = run.run AND "
			"cells.version = ? WHERE cells.run IS NULL AND " CELLS_WANTED "ORDER BY run.run",
			&stmt);

	*row = NULL;
	*nr = 0;
	if (err)
		return err;
	db_bind(stmt, "i", (int64_t)version);
	while ((more = db_row(s, stmt)) > 0) {
		*row = mem_grow(*row, *nr, sizeof(**row));
		(*row)[(*nr)++] = sqlite3_column_int64(stmt, 0);
	}
	sqlite3_finalize(stmt);
	return more;
}

int cells_keep(struct store *s, const struct cells_maker *maker)
{
	int64_t *row;
	size_t nr;
	int err = find_missing(s, maker->version, &row, &nr);

	if (!err)
		err = db_begin(s);
	if (!err) {
		for (size_t i = 0; i < nr && !err; i++)
			err = keep_run(s, maker, row[i]);
		err = db_end(s, err);
	}
	free(row);
	return err;
}
