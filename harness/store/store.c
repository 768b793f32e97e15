/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Opens a database. If it is not ours, of an unknown version or damaged, it is left unchanged. */
#include "store/store.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "store/journal.h"
#include "store/lock.h"
#include "store/names.h"
#include "store/schema.h"
#include "util/cause.h"
#include "util/fs.h"
#include "util/log.h"
#include "util/mem.h"
#include "util/owner.h"

static int store_empty(const struct store *s)
{
	return log_err(-CAUSE_NOT_FOUND, "%s is empty: take a run first, 'scxbench bench'", s->path);
}

static int store_make(struct store *s)
{
	int err = journal_make(s);

	return err ? err : schema_migrate(s, 0);
}

static int bring_up_to_date(struct store *s, int version)
{
	int err = schema_migrate(s, version);

	if (!err && !schema_has_sums(version))
		log_info("%s is of an earlier version: its runs got their checksums now, as they are",
			 s->path);
	return err;
}

static int check_ours(struct store *s, bool create)
{
	int version, err = schema_version(s, &version);

	if (err)
		return err;
	if (!version)
		return create ? store_make(s) : store_empty(s);
	/* A full check takes time, and a sound database that has not changed since is still sound. */
	if (!db_lock_knows(s->lock))
		err = db_check(s, false);
	if (!err && schema_is_old(version))
		err = bring_up_to_date(s, version);
	return err ? err : names_check(s);
}

static int open_to_write(struct store *s, bool create)
{
	bool is_new = !fs_exists(s->path);
	int err = db_lock_take(s->path, &s->lock);

	if (err)
		return err;
	err = journal_open(s, create);
	if (!err)
		err = check_ours(s, create);
	if (!err)
		journal_keep(s);
	s->damaged |= err != 0;
	if (err && is_new)
		journal_remove(s->path);
	return err;
}

/* A reader does not write, so what is of an older version is brought up to date in memory. */
static int upgrade_copy(struct store *s, int version)
{
	struct store copy = { .path = s->path, .unsummed = !schema_has_sums(version) };
	sqlite3_backup *backup;

	if (sqlite3_open(":memory:", &copy.db) == SQLITE_OK) {
		backup = sqlite3_backup_init(copy.db, "main", s->db, "main");
		if (backup)
			sqlite3_backup_step(backup, -1);
		sqlite3_backup_finish(backup);
	}
	sqlite3_close(s->db);
	s->db = copy.db;
	s->unsummed = copy.unsummed;
	return sqlite3_errcode(s->db) == SQLITE_OK ? schema_migrate(s, version) : db_err(s, "read it");
}

static int open_to_read(struct store *s)
{
	int version, err = journal_open_to_read(s);

	if (!err)
		err = schema_version(s, &version);
	if (!err && !version)
		err = store_empty(s);
	if (!err)
		err = journal_freeze(s);
	if (!err && !db_lock_knew(s->path))
		err = db_check(s, false);
	if (!err && schema_is_old(version))
		err = upgrade_copy(s, version);
	return err ? err : names_check(s);
}

int store_open(const char *path, enum store_access access, struct store **store)
{
	struct store *s;
	struct owner o;
	struct stat st;
	int err;

	if (access != STORE_CREATE && !fs_exists(path))
		return log_err(-CAUSE_NOT_FOUND, "no database at %s: take a run first, 'scxbench bench'",
			       path);
	if (!stat(path, &st) && !S_ISREG(st.st_mode))
		return log_err(-CAUSE_DAMAGED, "%s is not a file: move it away", path);
	s = mem_zalloc(1, sizeof(*s));
	s->path = mem_strdup(path);
	/* The files beside the database that SQLite makes later get the database's owner from it. */
	o = owner_enter(path);
	err = access == STORE_READ ? open_to_read(s) : open_to_write(s, access == STORE_CREATE);
	owner_leave(&o);
	if (err)
		store_close(s);
	else
		*store = s;
	return err;
}

int store_open_in(const char *results, enum store_access access, struct store **store)
{
	char *path = mem_printf("%s/scxbench.db", results);
	int err = access == STORE_CREATE ? owner_make_results(results) : 0;

	err = err ? log_err(-CAUSE_CANT, "%s can't be written: %s: choose another with --results", results,
			    strerror(-err))
		  : store_open(path, access, store);
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
	free(s->said);
	free(s->path);
	free(s);
}
