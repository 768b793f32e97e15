/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "store/journal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "text/buf.h"
#include "util/cause.h"
#include "util/log.h"
#include "util/mem.h"

/* In DELETE mode a writer waits for the readers. */
#define WAIT_MS 30000

/* Opens a file and reads from it. The error of SQLite; it is in s->db as well. */
static int open_and_look(struct store *s, const char *file, int flags)
{
	int rc;

	sqlite3_close(s->db);
	rc = sqlite3_open_v2(file, &s->db, flags, NULL);
	if (rc != SQLITE_OK)
		return rc;
	sqlite3_busy_timeout(s->db, WAIT_MS);
	return sqlite3_exec(s->db, "SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL);
}

/* What SQLite says where the files of the WAL can't be opened, mapped or locked, or not by this user. */
static bool may_be_the_wal(int rc)
{
	return (rc & 0xff) == SQLITE_IOERR || (rc & 0xff) == SQLITE_CANTOPEN ||
	       (rc & 0xff) == SQLITE_READONLY;
}

/* For a writer, who makes those files: a full disk is another matter. */
static bool must_be_the_wal(const struct store *s, int rc)
{
	return may_be_the_wal(rc) && !db_is_disk(s);
}

/* With exclusive locking SQLite keeps what is shared in its own memory, and can take the WAL back. */
static int open_without_wal(struct store *s)
{
	static const char sql[] = "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = DELETE; "
				  "PRAGMA locking_mode = NORMAL; SELECT count(*) FROM sqlite_schema";

	sqlite3_close(s->db);
	if (sqlite3_open_v2(s->path, &s->db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
		return db_err(s, "open it");
	sqlite3_busy_timeout(s->db, WAIT_MS);
	if (sqlite3_exec(s->db, sql, NULL, NULL, NULL) != SQLITE_OK)
		return db_err(s, "open it");
	log_warn("%s: this file system can't share memory between processes, so SQLite's WAL is not used: "
		 "a reader and a run may wait for each other for moments",
		 s->path);
	return 0;
}

int journal_open(struct store *s, bool create)
{
	int rc = open_and_look(s, s->path, SQLITE_OPEN_READWRITE | (create ? SQLITE_OPEN_CREATE : 0));

	if (rc == SQLITE_OK)
		return 0;
	return must_be_the_wal(s, rc) && !access(s->path, W_OK) ? open_without_wal(s) : db_err(s, "open it");
}

int journal_make(struct store *s)
{
	static const char sql[] = "PRAGMA journal_mode = WAL; SELECT count(*) FROM sqlite_schema";
	int rc = sqlite3_exec(s->db, sql, NULL, NULL, NULL);

	if (rc == SQLITE_OK)
		return 0;
	return must_be_the_wal(s, rc) ? open_without_wal(s) : db_err(s, "make it");
}

void journal_keep(struct store *s)
{
	int yes = 1;

	sqlite3_file_control(s->db, "main", SQLITE_FCNTL_PERSIST_WAL, &yes);
	sqlite3_exec(s->db, "PRAGMA journal_size_limit = 0", NULL, NULL, NULL); /* but empty */
}

void journal_remove(const char *database)
{
	static const char *const of[] = { "", "-wal", "-shm", "-journal" };

	for (size_t i = 0; i < sizeof(of) / sizeof(*of); i++) {
		char *path = mem_printf("%s%s", database, of[i]);

		unlink(path);
		free(path);
	}
}

/* Whether the file that the database has with this ending holds rows. */
static bool holds_rows(const struct store *s, const char *ending)
{
	char *path = mem_printf("%s%s", s->path, ending);
	struct stat st;
	bool holds = !stat(path, &st) && st.st_size;

	free(path);
	return holds;
}

/* "file:PATH?immutable=1", for a file that has all rows in it. Nothing is locked. The caller's to free. */
static char *uri_of(const char *path)
{
	struct buf b = { 0 };

	buf_put(&b, "file:");
	for (; *path; path++)
		buf_printf(&b, strchr("%?#", *path) ? "%%%02x" : "%c", (unsigned char)*path);
	buf_put(&b, "?immutable=1");
	return buf_take(&b);
}

int journal_open_to_read(struct store *s)
{
	int rc = open_and_look(s, s->path, SQLITE_OPEN_READONLY);
	char *uri;

	/* What a killed writer left is completed by SQLite, for a user who may. */
	if (may_be_the_wal(rc) && !access(s->path, W_OK))
		rc = open_and_look(s, s->path, SQLITE_OPEN_READWRITE);
	if (rc == SQLITE_OK)
		return 0;
	if (!may_be_the_wal(rc) || access(s->path, R_OK))
		return db_err(s, "read it");
	if (holds_rows(s, "-wal") || holds_rows(s, "-journal"))
		return log_err(
			-CAUSE_CANT,
			"%s was not closed when its program ended: 'scxbench store --list' by a user who may "
			"write there completes it",
			s->path);
	uri = uri_of(s->path);
	rc = open_and_look(s, uri, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
	free(uri);
	return rc == SQLITE_OK ? 0 : db_err(s, "read it");
}

static int is_wal(void *wal, int nr, char **value, char **name)
{
	(void)nr, (void)name;
	*(bool *)wal = value[0] && !strcmp(value[0], "wal");
	return 0;
}

int journal_freeze(struct store *s)
{
	bool wal = false;

	if (sqlite3_exec(s->db, "PRAGMA journal_mode", is_wal, &wal, NULL) != SQLITE_OK)
		return db_err(s, "read it");
	return wal ? db_exec(s, "BEGIN; SELECT count(*) FROM sqlite_schema") : 0;
}
