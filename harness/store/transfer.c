/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Copies runs from store to store in one file, which is a database of the same schema. So it has a version,
 * checks its own form, is read by the code that reads the store, and opens in the sqlite3 shell. An imported
 * file is not trusted. It is read into memory whole, must have our tables to the letter and be sound, and the
 * reader of the files in runs/ must accept each run and sample.
 */
#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "store/schema.h"
#include "store/write.h"
#include "util/cause.h"
#include "util/fs.h"
#include "util/log.h"
#include "util/mem.h"
#include "util/owner.h"

/* 1: the store has that sample; 0: it does not; -CAUSE_EXISTS: it has another one. *at advances with seq. */
static int has_sample(const struct store_run *here, size_t *at, const struct record *r)
{
	while (*at < here->nr && here->sample[*at].seq < r->seq)
		++*at;
	if (*at == here->nr || here->sample[*at].seq != r->seq)
		return 0;
	return record_same(&here->sample[*at], r)
		       ? 1
		       : log_err(-CAUSE_EXISTS,
				 "run %s: sample %u is in the store already with other content: nothing was taken in",
				 here->run.id, r->seq);
}

static int transfer_check(const struct store_run *run, const char *path)
{
	char *where = mem_printf("%s: run %s", path, run->run.id ? run->run.id : "without id");
	int err = run_check(&run->run, where);

	for (size_t i = 0; i < run->nr && !err; i++)
		err = record_check(&run->sample[i], where);
	free(where);
	return err;
}

/* Adds every sample that is missing; *new: how many those were. */
static int add_samples(struct store *to, const struct store_run *run, unsigned *new)
{
	struct store_run here;
	int64_t row;
	size_t at = 0;
	int err = store_load(to, run->run.id, &here);

	if (err)
		return err;
	err = db_find_run(to, run->run.id, &row);
	for (size_t i = 0; i < run->nr && !err; i++) {
		int has = has_sample(&here, &at, &run->sample[i]);

		*new += !has;
		if (has <= 0)
			err = has ? has : write_sample(to, row, &run->sample[i]);
	}
	store_run_free(&here);
	return err;
}

/* Inside the caller's transaction. Increments *taken if anything of the run was new. */
static int copy_run(struct store *from, struct store *to, const char *id, unsigned *taken)
{
	struct store_run run;
	int64_t row;
	unsigned new = 0;
	int err = store_load(from, id, &run);

	if (err)
		return err;
	err = transfer_check(&run, from->path);
	if (!err)
		new = db_find_run(to, run.run.id, &row) == -ENOENT;
	if (!err)
		err = write_run(to, &run.run);
	if (!err)
		err = add_samples(to, &run, &new);
	*taken += !err && new;
	store_run_free(&run);
	return err;
}

/* ids NULL or empty: all, oldest first. All or nothing. */
static int copy_runs(struct store *from, struct store *to, char *const *ids, unsigned *taken)
{
	struct store_line *line;
	size_t nr;
	int err = store_list(from, NULL, &line, &nr);

	if (err)
		return err;
	err = db_begin(to);
	for (size_t i = nr; (!ids || !*ids) && i-- && !err;)
		err = copy_run(from, to, line[i].id, taken);
	for (; ids && *ids && !err; ids++)
		err = copy_run(from, to, *ids, taken);
	store_list_free(line, nr);
	return db_end(to, err);
}

static int sync_file(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC), err = fd < 0 || fsync(fd) ? -errno : 0;

	if (fd >= 0)
		close(fd);
	return err;
}

/* Does not replace a file that was made meanwhile either. */
static int transfer_publish(const char *tmp, const char *path)
{
	int err = sync_file(tmp);

	if (!err && renameat2(AT_FDCWD, tmp, AT_FDCWD, path, RENAME_NOREPLACE))
		err = -errno;
	return err ? log_err(err == -EEXIST ? -CAUSE_EXISTS : cause_of_file(err), "can't write %s: %s", path,
			     strerror(-err))
		   : 0;
}

int store_export(struct store *s, const char *path, char *const *ids)
{
	struct store to = { .path = mem_printf("%s.tmp.%d", path, (int)getpid()), .transfer = true };
	struct owner o = owner_enter(path);
	unsigned taken = 0;
	int err = 0;

	if (fs_exists(path))
		err = log_err(-CAUSE_EXISTS, "%s exists and is not overwritten: name another file", path);
	else if (sqlite3_open(to.path, &to.db) != SQLITE_OK)
		err = db_err(&to, "make it");
	/* No other process sees the file before it is whole. */
	if (!err)
		err = db_exec(&to, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF");
	if (!err)
		err = schema_migrate(&to, 0);
	if (!err)
		err = copy_runs(s, &to, ids, &taken);
	if (sqlite3_close(to.db) != SQLITE_OK && !err)
		err = -EIO;
	if (!err)
		err = transfer_publish(to.path, path);
	unlink(to.path);
	owner_leave(&o);
	free(to.path);
	return err;
}

/*
 * Bytes 18 and 19 of the header are 2 in a database with WAL: its latest rows may be in another file beside
 * it.
 */
static bool is_live(const char *bytes, size_t len)
{
	return len > 19 && (bytes[18] == 2 || bytes[19] == 2);
}

/*
 * By its header it has another length. SQLite takes what lacks of the last page for zeros, and where that is
 * the page of an empty table it finds nothing wrong.
 */
static bool is_cut(const char *bytes, size_t len)
{
	uint16_t size;
	uint32_t pages;

	if (len < 100)
		return false;
	memcpy(&size, bytes + 16, sizeof(size));
	memcpy(&pages, bytes + 28, sizeof(pages));
	return be16toh(size) > 1 && (uint64_t)be32toh(pages) * be16toh(size) != len;
}

/* It is read into memory. */
#define IMPORT_MAX_MB ((size_t)1024)

static int open_bytes(struct store *from)
{
	unsigned flags = SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE;
	unsigned char *copy;
	char *bytes;
	size_t len;
	int err = fs_read_most(from->path, IMPORT_MAX_MB << 20, &bytes, &len);

	if (err == -EFBIG)
		return log_err(-CAUSE_DAMAGED,
			       "%s is not a file of 'scxbench export', or larger than %zu MiB", from->path,
			       IMPORT_MAX_MB);
	if (err)
		return fs_unread(from->path, err);
	if (is_live(bytes, len)) {
		free(bytes);
		return log_err(-CAUSE_DAMAGED,
			       "%s is a store, not a file of 'scxbench export': export it first", from->path);
	}
	if (is_cut(bytes, len)) {
		free(bytes);
		return db_damaged(from, "it is not as long as it says");
	}
	copy = sqlite3_malloc64(len + 1);
	if (copy)
		memcpy(copy, bytes, len);
	free(bytes);
	if (!copy || sqlite3_open(":memory:", &from->db) != SQLITE_OK)
		return log_err(-ENOMEM, "%s is too large for this machine's memory", from->path);
	if (sqlite3_deserialize(from->db, "main", copy, (sqlite3_int64)len, (sqlite3_int64)len, flags) !=
	    SQLITE_OK)
		return db_damaged(from, "it can't be opened");
	return 0;
}

static int transfer_judge(struct store *from)
{
	int version, err;

	sqlite3_db_config(from->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(from->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	err = db_exec(from, "PRAGMA cell_size_check = ON");
	if (!err)
		err = db_check(from, true);
	if (!err)
		err = schema_version(from, &version);
	if (!err && !version)
		err = db_damaged(from, "it is empty");
	if (!err)
		err = schema_check(from, version);
	return err ? err : schema_migrate(from, version);
}

/* Its runs are ready to be copied; close_file() in any case. */
static int open_file(struct store *from, const char *path)
{
	int err;

	*from = (struct store){ .path = mem_strdup(path), .transfer = true };
	err = open_bytes(from);
	return err ? err : transfer_judge(from);
}

static void close_file(struct store *from)
{
	sqlite3_close(from->db);
	free(from->said);
	free(from->path);
}

int store_import(struct store *s, const char *path, unsigned *taken)
{
	struct store from;
	int err = open_file(&from, path);

	*taken = 0;
	if (!err)
		err = copy_runs(&from, s, NULL, taken);
	close_file(&from);
	return err;
}

int store_import_check(const char *path)
{
	struct store from;
	int err = open_file(&from, path);

	close_file(&from);
	return err;
}
