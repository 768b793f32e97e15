/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Takes the files of results/runs/<id>/ into the database. */
#include <errno.h>
#include "store/write.h"
#include "util/cause.h"
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
	err = write_sample(s, run, &r);
	record_free(&r);
	return err;
}

/*
 * A file that can't be read does not stop the others: all that can be read are taken in, then the error is
 * returned.
 */
static int take_samples(struct store *s, int64_t run, const char *run_dir)
{
	sqlite3_stmt *stmt;
	char **path;
	int err = db_prepare(s, "SELECT 1 FROM sample WHERE run = ? AND seq = ?", &stmt);

	if (err)
		return err;
	err = run_samples(run_dir, &path);
	for (char **p = path; *p; p++) {
		int failed = has_sample(stmt, run, run_sample_seq(*p)) ? 0 : take_file(s, run, *p);

		if (failed && !err)
			err = failed;
	}
	run_samples_free(path);
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
		return log_err(-CAUSE_FAILED, "sample %u belongs to run '%s', which %s does not have", r->seq,
			       run_id, s->path);
	return err ? err : write_sample(s, run, r);
}
