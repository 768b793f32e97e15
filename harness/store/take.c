/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The files of results/runs/<id>/ into the database. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include "store/write.h"
#include "util/log.h"
#include "util/mem.h"

static bool has_sample(sqlite3_stmt *stmt, int64_t run, unsigned seq)
{
	bool has;

	db_bind(stmt, "ii", run, (int64_t)seq);
	has = sqlite3_step(stmt) == SQLITE_ROW;
	sqlite3_reset(stmt);
	return has;
}

static int take_file(struct store *s, int64_t run, const char *path)
{
	struct record r;
	int err = record_read(path, &r);

	if (err)
		return err;
	err = write_sample(s, run, &r);
	record_free(&r);
	return err;
}

/* The number in "sample-0001.json", or 0 for any other name. */
static unsigned sample_seq(const char *name)
{
	unsigned seq;
	int end = 0;

	return sscanf(name, "sample-%u.json%n", &seq, &end) == 1 && end && !name[end] ? seq : 0;
}

static int is_sample(const struct dirent *entry)
{
	return sample_seq(entry->d_name) > 0;
}

/* A file that can't be read does not keep the others out: all that can be had is taken, then err told. */
static int take_samples(struct store *s, int64_t run, const char *run_dir)
{
	struct dirent **file;
	sqlite3_stmt *stmt;
	int nr, err = db_prepare(s, "SELECT 1 FROM sample WHERE run = ? AND seq = ?", &stmt);

	if (err)
		return err;
	nr = scandir(run_dir, &file, is_sample, versionsort);
	if (nr < 0)
		err = log_err(-errno, "can't list %s: %m", run_dir);
	for (int i = 0; i < nr; i++) {
		char *path = mem_printf("%s/%s", run_dir, file[i]->d_name);
		int failed = 0;

		if (!has_sample(stmt, run, sample_seq(file[i]->d_name)))
			failed = take_file(s, run, path);
		if (failed && !err)
			err = failed;
		free(path);
		free(file[i]);
	}
	if (nr >= 0)
		free(file);
	sqlite3_finalize(stmt);
	return err;
}

int store_take_run(struct store *s, const char *run_dir)
{
	struct run r;
	int64_t run;
	int err = run_read(run_dir, &r);

	if (err)
		return err;
	err = write_run(s, &r);
	if (!err)
		err = db_find_run(s, r.id, &run);
	run_free(&r);
	return err ? err : take_samples(s, run, run_dir);
}

int store_take_sample(struct store *s, const char *run_id, const struct record *r)
{
	int64_t run;
	int err = db_find_run(s, run_id, &run);

	if (err == -ENOENT)
		return log_err(err, "sample %u belongs to run '%s', which %s does not have", r->seq, run_id,
			       s->path);
	return err ? err : write_sample(s, run, r);
}
