/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What became of the samples of runs, counted by the database; how rows are found is as in points.c. */
#include <stdlib.h>
#include "record/role.h"
#include "store/asked.h"
#include "store/totals.h"
#include "util/mem.h"

/* Columns without an aggregate are of the sample that has the maximum: the first of the worst status. */
static const char outcomes_sql[] =
	"WITH taken AS (SELECT run, workload, policy, sum(status = 'ok') AS ok, count(*) AS nr, "
	"max(CASE status WHEN 'ejected' THEN 3 WHEN 'failed' THEN 2 WHEN 'void' THEN 1 ELSE 0 END * 4294967296 - seq), "
	"status, why, exit_kind, exit_reason FROM %s "
	"WHERE NOT instrumented AND NOT warmup AND NOT retake_of GROUP BY run, workload, policy) "
	"SELECT run.host, w.workload, p.policy, run.id, run.started_ns, coalesce(ok, 0), "
	"max(coalesce(nr, 0), CASE WHEN ended IS NULL THEN 0 ELSE blocks END) AS due, run.run, status, why, exit_kind, exit_reason "
	"FROM %s CROSS JOIN run_workload AS w USING (run) CROSS JOIN run_policy AS p USING (run) "
	"LEFT JOIN taken ON taken.run = run.run AND taken.workload = w.workload AND taken.policy = p.policy "
	"WHERE (?1 IS NULL OR run.host = ?1) AND (?2 IS NULL OR p.policy = ?2) AND (?3 IS NULL OR w.workload = ?3) "
	"AND (?4 IS NULL OR (run.plan IS NOT ?4 AND run.plan IS NOT '" RUN_BISECT_PLAN
	"')) AND run.started_ns >= ?5 AND due > 0 "
	"ORDER BY run.host, w.workload, p.policy <> '" FAIR_NAME "', p.policy, run.run";

static const char *text_of(sqlite3_stmt *row, int column)
{
	return (const char *)sqlite3_column_text(row, column);
}

/* A run of which no sample was taken has none here. */
static void read_worst(sqlite3_stmt *row, struct store_outcome *o)
{
	const char *status = text_of(row, 8);

	if (!status || status_parse(status, &o->worst) || o->worst == STATUS_OK)
		return;
	o->why = text_of(row, 9);
	o->exit_kind = sqlite3_column_int(row, 10);
	o->exit_reason = text_of(row, 11);
}

static struct store_outcome read_outcome(sqlite3_stmt *row)
{
	struct store_outcome o = {
		.host = text_of(row, 0),
		.workload = text_of(row, 1),
		.policy = text_of(row, 2),
		.run = text_of(row, 3),
		.started_ns = sqlite3_column_int64(row, 4),
		.ok = db_count(row, 5),
		.due = db_count(row, 6),
	};

	read_worst(row, &o);
	return o;
}

int store_outcomes(struct store *s, const struct store_filter *filter,
		   int (*each)(void *ctx, const struct store_outcome *outcome), void *ctx)
{
	char *sql =
		mem_printf(outcomes_sql, ASKED_FROM(filter->host, "sample"), ASKED_FROM(filter->host, "run"));
	struct totals *totals, *own;
	sqlite3_stmt *stmt;
	int more, err = totals_use(s, filter, &totals, &own);

	if (!err)
		err = db_prepare(s, sql, &stmt);
	free(sql);
	if (err) {
		store_checked_free(own);
		return err;
	}
	db_bind(stmt, "tttti", filter->host, filter->policy, filter->workload,
		filter->comparisons ? RUN_CUSTODY_PLAN : NULL, filter->since_ns);
	while ((more = db_row(s, stmt)) > 0 && !err) {
		struct store_outcome outcome = read_outcome(stmt);

		if (!totals->bad[sqlite3_column_int64(stmt, 7)])
			err = each(ctx, &outcome);
	}
	sqlite3_finalize(stmt);
	store_checked_free(own);
	return err ? err : more;
}
