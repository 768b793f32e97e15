/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Opening: a database is ours, of a version we know and sound, or it is left as it is. */
#include "store/store.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "store/schema.h"
#include "util/fs.h"
#include "util/log.h"
#include "util/mem.h"

static int check_sound(struct store *s)
{
	sqlite3_stmt *stmt;
	const char *verdict;
	int err = db_prepare(s, "PRAGMA quick_check(1)", &stmt);

	if (err)
		return err;
	err = db_row(s, stmt);
	if (err > 0) {
		verdict = (const char *)sqlite3_column_text(stmt, 0);
		err = verdict && !strcmp(verdict, "ok") ? 0
							: log_err(-EBADMSG,
								  "%s is damaged: move it away, the runs in "
								  "runs/ are kept and are taken in "
								  "again",
								  s->path);
	}
	sqlite3_finalize(stmt);
	return err;
}

/* WAL: a person with the sqlite3 shell is never in our way. */
static int make(struct store *s)
{
	int64_t mode; /* it answers with a word */
	int err = db_number(s, "PRAGMA journal_mode = WAL", &mode);

	return err ? err : schema_migrate(s, 0);
}

static int check_ours(struct store *s, bool create)
{
	int64_t app, version, objects;
	int err;

	err = db_number(s, "PRAGMA application_id", &app);
	if (!err)
		err = db_number(s, "PRAGMA user_version", &version);
	if (!err)
		err = db_number(s, "SELECT count(*) FROM sqlite_schema", &objects);
	if (err)
		return err;
	if (!objects && !app && !version)
		return create ? make(s)
			      : log_err(-ENOENT, "%s is empty: take a run first, 'scxbench bench'", s->path);
	if (app != SCHEMA_APPLICATION_ID)
		return log_err(-EBADMSG, "%s is a database of another program: name another file", s->path);
	if (version > SCHEMA_VERSION)
		return log_err(-EPROTONOSUPPORT,
			       "%s was written by a newer scxbench (schema %lld, this one knows %d): "
			       "use that one",
			       s->path, (long long)version, SCHEMA_VERSION);
	err = check_sound(s);
	return err ? err : schema_migrate(s, (int)version);
}

int store_open(const char *path, bool create, struct store **store)
{
	int flags = SQLITE_OPEN_READWRITE | (create ? SQLITE_OPEN_CREATE : 0);
	struct store *s;
	int err;

	if (!create && !fs_exists(path))
		return log_err(-ENOENT, "no database at %s: take a run first, 'scxbench bench'", path);
	s = mem_zalloc(1, sizeof(*s));
	s->path = mem_strdup(path);
	err = sqlite3_open_v2(path, &s->db, flags, NULL) == SQLITE_OK ? 0 : db_err(s, "open it");
	if (!err) {
		sqlite3_busy_timeout(s->db, 5000);
		err = check_ours(s, create);
	}
	if (err) {
		store_close(s);
		return err;
	}
	*store = s;
	return 0;
}

void store_close(struct store *s)
{
	if (!s)
		return;
	sqlite3_close(s->db);
	free(s->path);
	free(s);
}
