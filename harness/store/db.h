/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside store/ only: SQLite with errors that are logged once, and statements that are short to write. */
#pragma once
#include <sqlite3.h>
#include <stdint.h>
#include "store/store.h"

struct store {
	sqlite3 *db;
	char *path;
	struct db_lock *lock; /* NULL: open to read */
	bool transfer;	      /* a file of runs, not the store */
	bool damaged;	      /* it was found damaged */
	char *said;	      /* what was last said of a run; not said twice */
	bool mending;	      /* what the checksums show is not logged: it is about to be mended */
	bool unsummed;	      /* of a version without checksums, and only read */
};

/* Logs the error of SQLite. -CAUSE_BUSY when another program has the database, -CAUSE_DAMAGED, else -EIO. */
int db_err(struct store *s, const char *doing);
/* Was the last error that of a disk that is full or fails? */
bool db_is_disk(const struct store *s);
int db_damaged(struct store *s, const char *what); /* logs it, -CAUSE_DAMAGED */
/* Reads the whole database and checks its form. thorough: also checks the content of each row and index. */
int db_check(struct store *s, bool thorough);
int db_exec(struct store *s, const char *sql);
int db_prepare(struct store *s, const char *sql, sqlite3_stmt **stmt);

/*
 * A transaction, or inside of one a part that can be undone alone. db_end() commits if err is 0, else undoes
 * everything since db_begin(). It returns err, or the error of the commit.
 */
int db_begin(struct store *s);
int db_end(struct store *s, int err);

/*
 * Binds the parameters from the first on, with one letter of types for each: i int64_t, d double, t const
 * char * (NULL is NULL), b const void * and size_t. The memory must live until the statement has run.
 */
void db_bind(sqlite3_stmt *stmt, const char *types, ...);
/* Runs a statement without result rows once; it can then be bound again. */
int db_run(struct store *s, sqlite3_stmt *stmt);
/* 1: a row, 0: no more rows, or a negative errno. */
int db_row(struct store *s, sqlite3_stmt *stmt);

char *db_text(sqlite3_stmt *stmt, int column);	       /* a copy, NULL for NULL; the caller's to free */
unsigned db_count(sqlite3_stmt *stmt, int column);     /* UINT_MAX for a value that is not a count */
enum better db_better(sqlite3_stmt *stmt, int column); /* BETTER_NONE for an unknown value */
double db_double(sqlite3_stmt *stmt, int column);      /* NAN for NULL */

/* The number in the only row of a statement; 0 when there is no row or no number in it. */
int db_number(struct store *s, const char *sql, int64_t *value);

/* The row of the run with this id; NULL: of the latest run. -ENOENT, not logged. */
int db_find_run(struct store *s, const char *id, int64_t *run);
/* The same, but -CAUSE_NOT_FOUND, logged with a cure. */
int db_known_run(struct store *s, const char *id, int64_t *run);
