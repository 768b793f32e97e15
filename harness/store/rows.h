/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A struct with a table of its fields (record/field.h) as a row of its table here: the columns are those that
 * the fields name, and the column "run". What else belongs to the struct has tables of its own.
 */
#pragma once
#include "record/fields.h"
#include "store/db.h"

/* A new row. One that is there already stays: sqlite3_changes() is then 0. run 0: the row is the run's own.
 */
int row_insert(struct store *s, const struct fields *t, int64_t run, const void *of);
/* Sets all that may change, in the row of a run. */
int row_update(struct store *s, const struct fields *t, int64_t run, const void *of);

/* Selects all columns; the rest of the statement, "WHERE ...", is the caller's. */
int row_select(struct store *s, const struct fields *t, const char *where, sqlite3_stmt **stmt);
/* Of a row that this yields; of: zeroed. */
void row_read(sqlite3_stmt *stmt, const struct fields *t, void *of);
