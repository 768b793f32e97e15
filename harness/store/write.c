/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writes one run or one sample to the database, each in one transaction. */
#include "store/write.h"

#include <errno.h>
#include <stdlib.h>
#include "store/cells_rows.h"
#include "store/load.h"
#include "store/names.h"
#include "store/rows.h"
#include "store/sums.h"
#include "util/cause.h"
#include "util/log.h"

/* The i-th text of a list that may have NULLs or be NULL. */
static const char *text_at(char **list, int64_t i)
{
	return list ? list[i] : NULL;
}

static int write_policies(struct store *s, const struct run *r, int64_t run)
{
	sqlite3_stmt *stmt;
	int err = db_prepare(s, "INSERT INTO run_policy VALUES (?, ?, ?, ?, ?, ?)", &stmt);

	for (int64_t i = 0; !err && text_at(r->policies, i); i++) {
		db_bind(stmt, "iitttt", run, i, r->policies[i], text_at(r->policy_hash, i),
			text_at(r->policy_given, i), text_at(r->slice_ns, i));
		err = db_run(s, stmt);
	}
	sqlite3_finalize(stmt);
	return err;
}

static int write_workloads(struct store *s, const struct run *r, int64_t run)
{
	sqlite3_stmt *stmt;
	int err = db_prepare(s, "INSERT INTO run_workload VALUES (?, ?, ?, ?)", &stmt);

	for (int64_t i = 0; !err && text_at(r->workloads, i); i++) {
		db_bind(stmt, "iitt", run, i, r->workloads[i], text_at(r->primary, i));
		err = db_run(s, stmt);
	}
	sqlite3_finalize(stmt);
	return err;
}

static int write_env(struct store *s, const struct run *r, int64_t run)
{
	sqlite3_stmt *stmt;
	int err = db_prepare(s, "INSERT INTO env VALUES (?, ?, ?, ?)", &stmt);

	for (size_t i = 0; !err && i < r->nr_env; i++) {
		db_bind(stmt, "iitt", run, (int64_t)i, r->env[i].key, r->env[i].value);
		err = db_run(s, stmt);
	}
	sqlite3_finalize(stmt);
	return err;
}

/* Earlier versions gave this machine another name: their runs are of it. */
static int adopt_runs(struct store *s, const struct run *r)
{
	sqlite3_stmt *stmt;
	int err = sums_check_host(s, r->host_before);

	if (!err)
		err = cells_drop_host(s, r->host_before);
	if (!err)
		err = db_prepare(s, "UPDATE run SET host = ?1 WHERE host = ?2", &stmt);
	if (err)
		return err;
	db_bind(stmt, "tt", r->host, r->host_before);
	err = db_run(s, stmt);
	sqlite3_finalize(stmt);
	return err || !sqlite3_changes(s->db) ? err : sums_host(s, r->host);
}

/* The present name of a machine, from a run that has both; the caller's to free. NULL: it is its name. */
static int present_host(struct store *s, const struct run *r, char **host)
{
	sqlite3_stmt *stmt;
	int found = db_prepare(s, "SELECT host FROM run WHERE host_before = ? ORDER BY run LIMIT 1", &stmt);

	*host = NULL;
	if (found)
		return found;
	db_bind(stmt, "t", r->host);
	found = db_row(s, stmt);
	if (found > 0)
		*host = db_text(stmt, 0);
	sqlite3_finalize(stmt);
	return found < 0 ? found : 0;
}

/* The row of a run; of one of an earlier version, with the present name of its machine. row 0: a new one. */
static int write_row(struct store *s, const struct run *r, int64_t row)
{
	struct run as = *r;
	char *host = NULL;
	int err = r->host_before ? adopt_runs(s, r) : present_host(s, r, &host);

	if (host)
		as.host = host;
	if (!err)
		err = row_insert(s, &run_fields, row, &as);
	free(host);
	return err;
}

/* 1: a run without an end or a sample, as one leaves that could not begin, because the disk was full. */
static int is_empty(struct store *s, int64_t run, const struct run *here)
{
	sqlite3_stmt *stmt;
	int found = db_prepare(s, "SELECT 1 FROM sample WHERE run = ? LIMIT 1", &stmt);

	if (found)
		return found;
	db_bind(stmt, "i", run);
	found = db_row(s, stmt);
	sqlite3_finalize(stmt);
	return found < 0 ? found : !found && !here->ended;
}

/* Another run of the same id. No measured data is ever replaced. */
static int write_other(struct store *s, const struct run *r, int64_t run, const struct run *here)
{
	int empty = is_empty(s, run, here);
	int err = empty < 0 ? empty : 0;

	if (!empty)
		err = log_err(-CAUSE_EXISTS,
			      "another run %s is in %s already and stays: nothing was taken in", r->id,
			      s->path);
	if (!err)
		err = write_nothing(s, run);
	return err ? err : write_run_at(s, r, 0);
}

/* The run is in the store already. */
static int write_more(struct store *s, const struct run *r, int64_t run, const struct run *here)
{
	int err = 0;

	/* It was taken in when it began. Since then only its end can be new. */
	if (r->ended && !here->ended)
		err = row_update(s, &run_fields, run, r);
	if (!err && r->ended && !here->ended)
		err = cells_drop(s, run);
	return err ? err : checksum_run(s, run);
}

static int write_again(struct store *s, const struct run *r, int64_t run)
{
	struct run here = { 0 }, as = *r;
	int err = load_run(s, run, &here);

	as.host = here.host; /* see write_row() */
	if (!err)
		err = run_same(&here, &as) ? write_more(s, r, run, &here) : write_other(s, r, run, &here);
	run_free(&here);
	return err;
}

int write_run(struct store *s, const struct run *r)
{
	int64_t run;
	int err = db_begin(s);

	if (err)
		return err;
	err = db_find_run(s, r->id, &run);
	if (err != -ENOENT)
		return db_end(s, err ? err : write_again(s, r, run));
	return db_end(s, write_run_at(s, r, 0));
}

int write_run_at(struct store *s, const struct run *r, int64_t row)
{
	int64_t run;
	int err = names_free(s, r);

	if (!err)
		err = write_row(s, r, row);
	run = sqlite3_last_insert_rowid(s->db);
	if (!err)
		err = write_policies(s, r, run);
	if (!err)
		err = write_workloads(s, r, run);
	if (!err)
		err = write_env(s, r, run);
	if (!err)
		err = write_tags(s, run, r->tags);
	if (!err)
		err = totals_set_host(s, run);
	if (!err)
		err = checksum_run(s, run);
	if (!err)
		err = checksum_machine(s, run);
	return err;
}

static int write_proofs(struct store *s, int64_t sample, const struct record *r)
{
	sqlite3_stmt *stmt;
	int err = db_prepare(s, "INSERT INTO proof VALUES (?, ?, ?, ?, ?)", &stmt);

	for (size_t i = 0; !err && i < r->nr_proofs; i++) {
		const struct proof *p = &r->proof[i];

		db_bind(stmt, "iitti", sample, (int64_t)i, proof_name(p), p->found, (int64_t)p->holds);
		err = db_run(s, stmt);
	}
	sqlite3_finalize(stmt);
	return err;
}

int write_sample(struct store *s, int64_t run, const struct record *r)
{
	int64_t sample;
	int err = db_begin(s);

	if (err)
		return err;
	err = row_insert(s, &record_fields, run, r);
	if (err || !sqlite3_changes(s->db)) /* it is in the store already */
		return db_end(s, err);
	sample = sqlite3_last_insert_rowid(s->db);
	err = write_proofs(s, sample, r);
	if (!err)
		err = cells_drop(s, run);
	if (!err)
		err = write_metrics(s, sample, &r->metrics);
	if (!err)
		err = write_hists(s, sample, &r->metrics);
	if (!err)
		err = sums_sample(s, run, sample);
	return db_end(s, err);
}
