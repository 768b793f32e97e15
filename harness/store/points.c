/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "record/role.h"
#include "store/asked.h"
#include "store/series.h"
#include "util/mem.h"

/*
 * In the order of the points, so they need no sorting. An index that is damaged leaves rows out: of all runs
 * none is used to find them, those of one machine are missed in its sums. A sample whose run is not found is
 * seen.
 */
static const char points_sql[] =
	"SELECT sample.sample, run.host, sample.workload, sample.policy, run.id, run_policy.hash, run.started_ns, "
	"block, CASE WHEN restarts > 1 THEN boot ELSE 0 END, status, run.run "
	"FROM %s LEFT JOIN run USING (run) LEFT JOIN run_policy ON run_policy.run = run.run "
	"AND run_policy.policy = sample.policy "
	"WHERE NOT instrumented AND NOT warmup AND sample.policy IS NOT NULL AND sample.workload IS NOT NULL "
	"AND (run.run IS NULL OR ?1 IS NULL OR run.host = ?1) "
	"AND (?2 IS NULL OR sample.policy IN (?2, '" FAIR_NAME "')) "
	"AND (?3 IS NULL OR sample.workload = ?3) "
	"AND (?4 IS NULL OR (run.plan IS NOT ?4 AND run.plan IS NOT '" RUN_BISECT_PLAN "')) "
	"AND (run.run IS NULL OR run.started_ns >= ?5) "
	"ORDER BY run.host, sample.workload, sample.policy <> '" FAIR_NAME "', sample.policy, run.run, "
	"block, seq";

/*
 * A kept copy of the text in a column. The last copy is reused when it is the same, as in sorted rows it
 * mostly is.
 */
static const char *points_keep(struct points *p, sqlite3_stmt *row, int column, const char *last)
{
	const char *text = (const char *)sqlite3_column_text(row, column);

	if (!text || (last && !strcmp(text, last)))
		return text ? last : NULL;
	p->text = mem_grow(p->text, p->nr_texts, sizeof(*p->text));
	return p->text[p->nr_texts++] = mem_strdup(text);
}

static const char *status_of(sqlite3_stmt *row, int column)
{
	enum status status = STATUS_VOID;

	status_parse((const char *)sqlite3_column_text(row, column), &status);
	return status_name(status);
}

/* Their texts are shared, so equal texts have equal pointers. */
static void take_group(struct points *p, sqlite3_stmt *row)
{
	struct group *last = p->nr_groups ? &p->group[p->nr_groups - 1] : NULL;
	struct group g = { .host = points_keep(p, row, 1, last ? last->host : NULL),
			   .workload = points_keep(p, row, 2, last ? last->workload : NULL),
			   .policy = points_keep(p, row, 3, last ? last->policy : NULL),
			   .first = p->nr };

	if (last && g.host == last->host && g.workload == last->workload && g.policy == last->policy)
		return;
	p->group = mem_grow(p->group, p->nr_groups, sizeof(g));
	p->group[p->nr_groups++] = g;
}

static void take_point(struct points *p, sqlite3_stmt *row)
{
	const struct store_point *last = p->nr ? &p->point[p->nr - 1] : &(struct store_point){ 0 };
	struct store_point point = { .run = points_keep(p, row, 4, last->run),
				     .policy_hash = points_keep(p, row, 5, last->policy_hash),
				     .started_ns = sqlite3_column_int64(row, 6),
				     .block = db_count(row, 7),
				     .boot = db_count(row, 8),
				     .status = status_of(row, 9),
				     .stored = sqlite3_column_int64(row, 10),
				     .value = NAN };

	p->point = mem_grow(p->point, p->nr, sizeof(point));
	p->point[p->nr++] = point;
	p->group[p->nr_groups - 1].nr++;
	p->place[sqlite3_column_int64(row, 0)] = (struct sample_place){ p->nr, p->nr_groups - 1 };
}

int points_load(struct store *s, const struct store_filter *filter, struct points *p)
{
	char *sql = mem_printf(points_sql, ASKED_FROM(filter->host, "sample"));
	sqlite3_stmt *stmt;
	int more, err;

	*p = (struct points){ 0 };
	err = totals_use(s, filter, &p->totals, &p->own);
	if (!err)
		err = db_prepare(s, sql, &stmt);
	free(sql);
	if (err)
		return err;
	p->rows = p->totals->samples + 1;
	p->place = mem_zalloc((size_t)p->rows, sizeof(*p->place));
	db_bind(stmt, "tttti", filter->host, filter->policy, filter->workload,
		filter->comparisons ? RUN_CUSTODY_PLAN : NULL, filter->since_ns);
	while ((more = db_row(s, stmt)) > 0) {
		if (sqlite3_column_type(stmt, 10) == SQLITE_NULL) {
			more = db_damaged(s, "a run is missing");
			break;
		}
		if (p->totals->bad[sqlite3_column_int64(stmt, 10)])
			continue;
		take_group(p, stmt);
		take_point(p, stmt);
	}
	sqlite3_finalize(stmt);
	return more;
}

void points_free(struct points *p)
{
	for (size_t i = 0; i < p->nr_texts; i++)
		free(p->text[i]);
	free(p->text);
	free(p->point);
	free(p->group);
	free(p->place);
	store_checked_free(p->own);
	*p = (struct points){ 0 };
}
