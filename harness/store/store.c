/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Opens a database. If it is not ours, of an unknown version or damaged, it is left unchanged. */
#include "store/store.h"

#include <stdlib.h>
#include "store/lock.h"
#include "store/schema.h"
#include "util/cause.h"
#include "util/fs.h"
#include "util/log.h"
#include "util/mem.h"

/* WAL: a reader in the sqlite3 shell never blocks us. */
static int store_make(struct store *s)
{
	int64_t mode; /* the statement returns a word */
	int err = db_number(s, "PRAGMA journal_mode = WAL", &mode);

	return err ? err : schema_migrate(s, 0);
}

static int check_ours(struct store *s, bool create)
{
	int version, err = schema_version(s, &version);

	if (err)
		return err;
	if (!version)
		return create ? store_make(s)
			      : log_err(-CAUSE_NOT_FOUND, "%s is empty: take a run first, 'scxbench bench'",
					s->path);
	/* A full check takes time, and a sound database that has not changed since is still sound. */
	if (!db_lock_knows(s->lock))
		err = db_check(s, false);
	return err ? err : schema_migrate(s, version);
}

static int open_locked(struct store *s, bool create)
{
	int flags = SQLITE_OPEN_READWRITE | (create ? SQLITE_OPEN_CREATE : 0);

	if (sqlite3_open_v2(s->path, &s->db, flags, NULL) != SQLITE_OK)
		return db_err(s, "open it");
	sqlite3_busy_timeout(s->db, 5000);
	return check_ours(s, create);
}

int store_open(const char *path, bool create, struct store **store)
{
	struct store *s;
	int err;

	if (!create && !fs_exists(path))
		return log_err(-CAUSE_NOT_FOUND, "no database at %s: take a run first, 'scxbench bench'",
			       path);
	s = mem_zalloc(1, sizeof(*s));
	s->path = mem_strdup(path);
	err = db_lock_take(path, &s->lock);
	if (!err)
		err = open_locked(s, create);
	s->damaged |= err != 0;
	if (err)
		store_close(s);
	else
		*store = s;
	return err;
}

int store_open_in(const char *results, bool create, struct store **store)
{
	char *path = mem_printf("%s/scxbench.db", results);
	int err = create ? fs_mkdirs(results) : 0;

	err = err ? log_err(-CAUSE_CANT, "%s can't be written: choose another with --results", results)
		  : store_open(path, create, store);
	free(path);
	return err;
}

void store_close(struct store *s)
{
	if (!s)
		return;
	sqlite3_close(s->db);
	if (s->lock)
		db_lock_release(s->lock, !s->damaged);
	free(s->path);
	free(s);
}
