/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A struct with a table of fields (record/field.h) as a row of its table in the store. The fields name the
 * columns; the column "run" is added. Other members of the struct have tables of their own.
 */
#pragma once
#include "record/fields.h"
#include "store/db.h"

/*
 * Adds a row. A row that exists already stays, and sqlite3_changes() is then 0. run 0: the row is that of a
 * run.
 */
int row_insert(struct store *s, const struct fields *t, int64_t run, const void *of);
/* Updates all columns that may change in the row of a run. */
int row_update(struct store *s, const struct fields *t, int64_t run, const void *of);

/* Selects all columns; the caller gives the rest of the statement, "WHERE ...". */
int row_select(struct store *s, const struct fields *t, const char *where, sqlite3_stmt **stmt);
/* Reads a row of that statement. of: zeroed. */
void row_read(sqlite3_stmt *stmt, const struct fields *t, void *of);
