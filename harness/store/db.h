/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the files of the store share: SQLite with its errors told once and its statements short to write.
 */
#pragma once
#include <sqlite3.h>
#include <stdint.h>
#include "store/store.h"

struct store {
	sqlite3 *db;
	char *path;
	struct db_lock *lock; /* NULL: a file of runs, not the store */
	bool damaged;	      /* it was seen to be */
};

/* Logs what SQLite says: -CAUSE_BUSY when another program holds the database, -CAUSE_DAMAGED, else -EIO. */
int db_err(struct store *s, const char *doing);
int db_damaged(struct store *s, const char *what); /* logs it, -CAUSE_DAMAGED */
/* Reads all of the database: is it well-formed? thorough: also what each row and index holds. */
int db_check(struct store *s, bool thorough);
int db_exec(struct store *s, const char *sql);
int db_prepare(struct store *s, const char *sql, sqlite3_stmt **stmt);

/*
 * A transaction, or inside of one a part that can be undone alone. db_end() keeps what was done if err is 0,
 * else undoes it; returns err, or why it could not be kept.
 */
int db_begin(struct store *s);
int db_end(struct store *s, int err);

/*
 * Binds the parameters from the first on, one letter of types each: i int64_t, d double, t const char *
 * (NULL is NULL), b const void * and size_t. Memory must live until the statement was run.
 */
void db_bind(sqlite3_stmt *stmt, const char *types, ...);
/* Runs a statement that yields no row, once, so that it can be bound again. */
int db_run(struct store *s, sqlite3_stmt *stmt);
/* 1 a row, 0 no more, or a negative errno. */
int db_row(struct store *s, sqlite3_stmt *stmt);

char *db_text(sqlite3_stmt *stmt, int column);	       /* a copy, NULL for NULL; the caller's to free */
unsigned db_count(sqlite3_stmt *stmt, int column);     /* UINT_MAX for what is none */
enum better db_better(sqlite3_stmt *stmt, int column); /* none for what is no direction */
double db_double(sqlite3_stmt *stmt, int column);      /* NAN for NULL */

/* The number in the only row of a statement; 0 when there is none, or it is no number. */
int db_number(struct store *s, const char *sql, int64_t *value);

/* The row of a run by its id, the latest for NULL. -ENOENT, not logged. */
int db_find_run(struct store *s, const char *id, int64_t *run);
/* The same, but -CAUSE_NOT_FOUND, logged with what to do. */
int db_known_run(struct store *s, const char *id, int64_t *run);
