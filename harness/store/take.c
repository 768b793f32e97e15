/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Takes the files of results/runs/<id>/ into the database. */
#include <errno.h>
#include <stdlib.h>
#include "store/load.h"
#include "store/write.h"
#include "util/cause.h"
#include "util/fs.h"
#include "util/log.h"

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
	if (r.seq == run_sample_seq(path))
		err = write_sample(s, run, &r);
	else
		err = log_err(-CAUSE_DAMAGED, "%s is damaged: it is sample %u", path, r.seq);
	record_free(&r);
	return err;
}

/*
 * A file that can't be read does not stop the others: all that can be read are taken in, then the error is
 * returned. A disk that is full does.
 */
static int take_samples(struct store *s, int64_t run, const char *run_dir)
{
	sqlite3_stmt *stmt;
	char **path;
	int err = db_prepare(s, "SELECT 1 FROM sample WHERE run = ? AND seq = ?", &stmt);

	if (err)
		return err;
	err = run_samples(run_dir, &path);
	for (char **p = path; *p && err != -CAUSE_DISK; p++) {
		int failed = has_sample(stmt, run, run_sample_seq(*p)) ? 0 : take_file(s, run, *p);

		if (failed && !err)
			err = failed;
	}
	run_samples_free(path);
	sqlite3_finalize(stmt);
	return err;
}

/* 1: what the store has of a run is what was stored; 0: it is not; or a negative errno. */
static int is_sound(struct store *s, const char *id)
{
	struct store_run run;
	int err;

	s->mending = true;
	err = store_load(s, id, &run);
	s->mending = false;
	if (!err)
		store_run_free(&run);
	return err ? err == -CAUSE_DAMAGED ? 0 : err : 1;
}

/* What is sound here and has no file would be lost. */
static int check_files(struct store *s, int64_t run, const char *run_dir)
{
	struct loaded l;
	int err = load_samples(s, LOAD_RUN, run, &l);

	for (size_t i = 0; i < l.nr && !err; i++) {
		char *path = run_sample_path(run_dir, l.sample[i].seq);

		if (l.sum[i].right && !fs_exists(path))
			err = log_err(-CAUSE_DAMAGED, "there is no %s: nothing was taken in", path);
		free(path);
	}
	loaded_free(&l);
	return err;
}

/* Where rows of samples are gone, what hung on them is of nothing. */
static const char remove_orphans[] = "DELETE FROM proof WHERE sample NOT IN (SELECT sample FROM sample);"
				     "DELETE FROM hist WHERE sample NOT IN (SELECT sample FROM sample);"
				     "DELETE FROM metric WHERE sample NOT IN (SELECT sample FROM sample)";

/* A run that is damaged here is made again from its files, in its place in the order of storing. */
static int take_again(struct store *s, const struct run *r, int64_t run, const char *run_dir)
{
	int err = db_begin(s);

	if (err)
		return err;
	err = check_files(s, run, run_dir);
	if (!err)
		err = write_nothing(s, run);
	if (!err)
		err = db_exec(s, remove_orphans);
	if (!err)
		err = write_run_at(s, r, run);
	if (!err)
		err = take_samples(s, run, run_dir);
	err = db_end(s, err);
	if (!err)
		log_warn("run %s was damaged in %s, and is there again as its files are", r->id, s->path);
	return err;
}

static int take_run(struct store *s, const struct run *r, const char *run_dir)
{
	int64_t run;
	int err = db_find_run(s, r->id, &run);

	if (!err)
		err = is_sound(s, r->id);
	if (!err)
		return take_again(s, r, run, run_dir);
	if (err < 0 && err != -ENOENT)
		return err;
	err = write_run(s, r);
	if (!err)
		err = db_find_run(s, r->id, &run);
	return err ? err : take_samples(s, run, run_dir);
}

int store_take_run(struct store *s, const char *run_dir)
{
	struct run r;
	int err = run_read(run_dir, &r);

	if (err)
		return err;
	err = take_run(s, &r, run_dir);
	run_free(&r);
	return err;
}

int store_take_sample(struct store *s, const char *run_id, const struct record *r)
{
	int64_t run;
	int err = db_find_run(s, run_id, &run);

	if (err == -ENOENT)
		return log_err(-CAUSE_FAILED, "sample %u belongs to run '%s', which %s does not have", r->seq,
			       run_id, s->path);
	return err ? err : write_sample(s, run, r);
}
