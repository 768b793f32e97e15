/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "store/db.h"

#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdarg.h>
#include <string.h>
#include "util/cause.h"
#include "util/log.h"
#include "util/mem.h"

int db_damaged(struct store *s, const char *what)
{
	s->damaged = true;
	if (s->transfer)
		return log_err(-CAUSE_DAMAGED,
			       "%s is damaged, cut off, or not a file of 'scxbench export' (%s)", s->path,
			       what);
	return log_err(-CAUSE_DAMAGED,
		       "%s is damaged, or is not a database: move it away; the runs in runs/ are kept, and "
		       "'scxbench store' takes them in again (%s)",
		       s->path, what);
}

/* SQLite then looks for the file without making it, so the system's own word is lost. */
static bool is_not_made(const struct store *s)
{
	return sqlite3_errcode(s->db) == SQLITE_CANTOPEN && sqlite3_system_errno(s->db) == ENOENT;
}

bool db_is_disk(const struct store *s)
{
	int err = sqlite3_system_errno(s->db);

	return is_not_made(s) || cause_of_file(-err) == -CAUSE_DISK;
}

static int db_cause(const struct store *s)
{
	switch (sqlite3_errcode(s->db)) {
	case SQLITE_FULL:
	case SQLITE_IOERR:
		return -CAUSE_DISK;
	case SQLITE_READONLY:
		return -CAUSE_CANT;
	case SQLITE_CANTOPEN:
		return db_is_disk(s) ? -CAUSE_DISK : -CAUSE_CANT;
	default:
		return -EIO;
	}
}

/* In the system's words where it was the system. */
static const char *db_why(const struct store *s)
{
	int code = sqlite3_errcode(s->db), err = sqlite3_system_errno(s->db);

	if (is_not_made(s))
		return "a file of it can't be made: is its folder gone, or the disk full?";
	return err && (code == SQLITE_IOERR || code == SQLITE_CANTOPEN) ? strerror(err)
									: sqlite3_errmsg(s->db);
}

int db_err(struct store *s, const char *doing)
{
	switch (sqlite3_errcode(s->db)) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return log_err(-CAUSE_BUSY,
			       "%s: another program is writing to it: try again when it has ended", s->path);
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return db_damaged(s, sqlite3_errmsg(s->db));
	default:
		return log_err(db_cause(s), "%s: can't %s: %s", s->path, doing, db_why(s));
	}
}

int db_exec(struct store *s, const char *sql)
{
	return sqlite3_exec(s->db, sql, NULL, NULL, NULL) == SQLITE_OK ? 0 : db_err(s, "change it");
}

int db_begin(struct store *s)
{
	return db_exec(s, "SAVEPOINT part");
}

int db_end(struct store *s, int err)
{
	if (!err)
		err = db_exec(s, "RELEASE part");
	if (err)
		sqlite3_exec(s->db, "ROLLBACK TO part; RELEASE part", NULL, NULL, NULL);
	return err;
}

int db_prepare(struct store *s, const char *sql, sqlite3_stmt **stmt)
{
	return sqlite3_prepare_v2(s->db, sql, -1, stmt, NULL) == SQLITE_OK ? 0 : db_err(s, "use it");
}

void db_bind(sqlite3_stmt *stmt, const char *types, ...)
{
	const void *blob;
	va_list ap;

	va_start(ap, types);
	for (int i = 1; types[i - 1]; i++) {
		switch (types[i - 1]) {
		case 'i':
			sqlite3_bind_int64(stmt, i, va_arg(ap, int64_t));
			break;
		case 'd':
			sqlite3_bind_double(stmt, i, va_arg(ap, double));
			break;
		case 't':
			sqlite3_bind_text(stmt, i, va_arg(ap, const char *), -1, SQLITE_STATIC);
			break;
		case 'b':
			blob = va_arg(ap, const void *);
			sqlite3_bind_blob64(stmt, i, blob, va_arg(ap, size_t), SQLITE_STATIC);
			break;
		}
	}
	va_end(ap);
}

int db_run(struct store *s, sqlite3_stmt *stmt)
{
	int err = sqlite3_step(stmt) == SQLITE_DONE ? 0 : db_err(s, "write to it");

	sqlite3_reset(stmt);
	return err;
}

int db_row(struct store *s, sqlite3_stmt *stmt)
{
	switch (sqlite3_step(stmt)) {
	case SQLITE_ROW:
		return 1;
	case SQLITE_DONE:
		return 0;
	default:
		return db_err(s, "read it");
	}
}

char *db_text(sqlite3_stmt *stmt, int column)
{
	return mem_strdup((const char *)sqlite3_column_text(stmt, column));
}

double db_double(sqlite3_stmt *stmt, int column)
{
	return sqlite3_column_type(stmt, column) == SQLITE_NULL ? NAN : sqlite3_column_double(stmt, column);
}

int db_number(struct store *s, const char *sql, int64_t *value)
{
	sqlite3_stmt *stmt;
	int err = db_prepare(s, sql, &stmt);

	if (err)
		return err;
	err = db_row(s, stmt);
	*value = err > 0 ? sqlite3_column_int64(stmt, 0) : 0;
	sqlite3_finalize(stmt);
	return err < 0 ? err : 0;
}

int db_check(struct store *s, bool thorough)
{
	sqlite3_stmt *stmt;
	const char *verdict;
	int err = db_prepare(s, thorough ? "PRAGMA integrity_check(1)" : "PRAGMA quick_check(1)", &stmt);

	if (err)
		return err;
	err = db_row(s, stmt);
	verdict = err > 0 ? (const char *)sqlite3_column_text(stmt, 0) : "ok";
	if (verdict && strrchr(verdict, '\n')) /* the first lines only name the database */
		verdict = strrchr(verdict, '\n') + 1;
	if (err >= 0)
		err = verdict && !strcmp(verdict, "ok")
			      ? 0
			      : db_damaged(s, verdict ? verdict : "it can't be read");
	sqlite3_finalize(stmt);
	return err;
}

unsigned db_count(sqlite3_stmt *stmt, int column)
{
	int64_t n = sqlite3_column_int64(stmt, column);

	return n >= 0 && n < UINT_MAX ? (unsigned)n : UINT_MAX;
}

enum better db_better(sqlite3_stmt *stmt, int column)
{
	int better = sqlite3_column_int(stmt, column);

	return better == BETTER_LOWER || better == BETTER_HIGHER ? (enum better)better : BETTER_NONE;
}

int db_find_run(struct store *s, const char *id, int64_t *run)
{
	sqlite3_stmt *stmt;
	int err = db_prepare(
		s, id ? "SELECT run FROM run WHERE id = ?" : "SELECT run FROM run ORDER BY run DESC LIMIT 1",
		&stmt);

	if (err)
		return err;
	if (id)
		db_bind(stmt, "t", id);
	err = db_row(s, stmt);
	if (err > 0)
		*run = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	return err < 0 ? err : err ? 0 : -ENOENT;
}

int db_known_run(struct store *s, const char *id, int64_t *run)
{
	int err = db_find_run(s, id, run);

	if (err == -ENOENT && id)
		return log_err(-CAUSE_NOT_FOUND, "no run '%s' in %s: see 'scxbench store --list'", id,
			       s->path);
	if (err == -ENOENT)
		return log_err(-CAUSE_NOT_FOUND, "no run in %s yet: take one, 'scxbench bench'", s->path);
	return err;
}
