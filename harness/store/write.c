/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One run or one sample into the database, each in one transaction. */
#include "store/write.h"

#include <errno.h>
#include "store/load.h"
#include "util/cause.h"
#include "util/log.h"

static int write_run_row(struct store *s, const struct run *r)
{
	sqlite3_stmt *stmt;
	int err = db_prepare(s,
			     "INSERT INTO run (id, plan, command, whence, emulated, seed, blocks, planned, "
			     "started_ns, topology_xml, host, restarts, margin, ended) "
			     "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
			     &stmt);

	if (err)
		return err;
	db_bind(stmt, "ttttiiiiittidt", r->id, r->plan, r->command, r->where, (int64_t)r->emulated,
		(int64_t)r->seed, (int64_t)r->blocks, (int64_t)r->planned, r->started_ns, r->topology_xml,
		r->host, (int64_t)r->restarts, r->margin, r->ended);
	err = db_run(s, stmt);
	sqlite3_finalize(stmt);
	return err;
}

static int write_policies(struct store *s, const struct run *r, int64_t run)
{
	sqlite3_stmt *stmt;
	int err = db_prepare(s, "INSERT INTO run_policy VALUES (?, ?, ?, ?)", &stmt);

	for (int64_t i = 0; !err && r->policies && r->policies[i]; i++) {
		db_bind(stmt, "iitt", run, i, r->policies[i], r->policy_hash ? r->policy_hash[i] : NULL);
		err = db_run(s, stmt);
	}
	sqlite3_finalize(stmt);
	return err;
}

static int write_workloads(struct store *s, const struct run *r, int64_t run)
{
	sqlite3_stmt *stmt;
	int err = db_prepare(s, "INSERT INTO run_workload VALUES (?, ?, ?, ?)", &stmt);

	for (int64_t i = 0; !err && r->workloads && r->workloads[i]; i++) {
		db_bind(stmt, "iitt", run, i, r->workloads[i], r->primary ? r->primary[i] : NULL);
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

/* A run was taken in when it began: how it ended is all that it can have become since. */
static int write_end(struct store *s, const struct run *r, int64_t run)
{
	sqlite3_stmt *stmt;
	int err = r->ended ? db_prepare(s,
					"UPDATE run SET ended = ?, blocks = ?, planned = ? "
					"WHERE run = ? AND ended IS NULL",
					&stmt)
			   : 0;

	if (err || !r->ended)
		return err;
	db_bind(stmt, "tiii", r->ended, (int64_t)r->blocks, (int64_t)r->planned, run);
	err = db_run(s, stmt);
	sqlite3_finalize(stmt);
	return err;
}

/* The run is there already. Another of the same id is refused: what was measured is never lost to it. */
static int write_again(struct store *s, const struct run *r, int64_t run)
{
	struct run here = { 0 };
	int err = load_run(s, run, &here);

	if (!err && !run_same(&here, r))
		err = log_err(-CAUSE_EXISTS, "another run %s is in %s already and stays: nothing was taken",
			      r->id, s->path);
	run_free(&here);
	return err ? err : write_end(s, r, run);
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
	err = write_run_row(s, r);
	run = sqlite3_last_insert_rowid(s->db);
	if (!err)
		err = write_policies(s, r, run);
	if (!err)
		err = write_workloads(s, r, run);
	if (!err)
		err = write_env(s, r, run);
	if (!err)
		err = write_tags(s, run, r->tags);
	return db_end(s, err);
}

static int write_sample_row(struct store *s, int64_t run, const struct record *r)
{
	const struct ejection *e = &r->ejection;
	sqlite3_stmt *stmt;
	int err = db_prepare(
		s,
		"INSERT INTO sample (run, seq, block, policy, workload, instrumented, status, why, "
		"started_ns, elapsed_s, window_s, violations, exit_kind, exit_code, exit_reason, exit_msg, "
		"exit_dump, exit_after_s, boot, warmup) "
		"VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
		"ON CONFLICT (run, seq) DO NOTHING",
		&stmt);

	if (err)
		return err;
	db_bind(stmt, "iiittittiddtiitttdii", run, (int64_t)r->seq, (int64_t)r->block, r->policy, r->workload,
		(int64_t)r->instrumented, status_name(r->status), r->why, r->started_ns, r->elapsed_s,
		r->window_s, r->violations, (int64_t)e->kind, e->code, e->reason, e->msg, e->dump, e->after_s,
		(int64_t)r->boot, (int64_t)r->warmup);
	err = db_run(s, stmt);
	sqlite3_finalize(stmt);
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
	err = write_sample_row(s, run, r);
	if (err || !sqlite3_changes(s->db)) /* it was taken in before */
		return db_end(s, err);
	sample = sqlite3_last_insert_rowid(s->db);
	err = write_proofs(s, sample, r);
	if (!err)
		err = write_metrics(s, sample, &r->metrics);
	if (!err)
		err = write_hists(s, sample, &r->metrics);
	return db_end(s, err);
}
