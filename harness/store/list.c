/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdlib.h>
#include "record/env_key.h"
#include "record/role.h"
#include "store/db.h"
#include "util/mem.h"

/* The criteria of struct store_pick but the last two, of a row of the table "run". */
#define CRITERIA                                                                                             \
	"(?1 IS NULL OR run.host = ?1) AND (?2 IS NULL OR run.run IN (SELECT run FROM tag WHERE tag = ?2)) " \
	"AND (?3 IS NULL OR EXISTS (SELECT 1 FROM run AS it WHERE it.id = ?3 AND run.host IS it.host "       \
	"AND run.run < it.run)) "                                                                            \
	"AND (?4 IS NULL OR run.plan = ?4) AND (?5 IS NULL OR (run.plan IS NOT ?5 "                          \
	"AND run.plan IS NOT '" RUN_BISECT_PLAN "')) "                                                       \
	"AND (NOT ?6 OR EXISTS (SELECT 1 FROM sample WHERE sample.run = run.run AND NOT retake_of)) "        \
	"AND (NOT ?7 OR run.plan IS NOT '" RUN_EXACT_PLAN "') "
#define KERNEL "(SELECT value FROM env WHERE env.run = run.run AND key = '" ENV_KERNEL "')"

static const char list_sql[] =
	"SELECT id, plan, whence, " KERNEL ", host, "
	"(SELECT group_concat(tag, ',' ORDER BY tag) FROM tag WHERE tag.run = run.run), planned, started_ns, "
	"(SELECT count(*) FROM sample WHERE sample.run = run.run AND NOT retake_of), "
	"(SELECT count(*) FROM sample WHERE sample.run = run.run AND status <> 'ok') "
	"FROM run %s WHERE " CRITERIA "%s ORDER BY run DESC";

/* A run whose kernel is not known counts alone. */
static const char of_kernels[] =
	"AND run IN (SELECT run FROM (SELECT run, kernel, row_number() OVER (PARTITION BY kernel "
	"ORDER BY run DESC) AS nth FROM (SELECT run, " KERNEL " AS kernel FROM run WHERE " CRITERIA
	")) WHERE kernel IS NULL OR nth = 1)";

/* By the index over machines: it takes as long as there are machines, however many runs these have. */
static const char of_hosts[] =
	"AND run IN (WITH RECURSIVE machine (name) AS (SELECT min(host) FROM run UNION ALL "
	"SELECT (SELECT min(host) FROM run WHERE host > name) FROM machine WHERE name IS NOT NULL) "
	"SELECT (SELECT run FROM run WHERE host = name AND " CRITERIA "ORDER BY run DESC LIMIT 1) "
	"FROM machine WHERE name IS NOT NULL)";

static int select_runs(struct store *s, const struct store_pick *pick, sqlite3_stmt **stmt)
{
	static const struct store_pick all = { 0 };
	const struct store_pick *p = pick ? pick : &all;
	char *sql = mem_printf(list_sql, p->latest_of_host ? "" : "NOT INDEXED",
			       p->latest_of_host     ? of_hosts
			       : p->latest_of_kernel ? of_kernels
						     : "");
	int err = db_prepare(s, sql, stmt);

	free(sql);
	if (!err)
		db_bind(*stmt, "tttttii", p->host, p->tag, p->before, p->plan,
			p->comparisons ? RUN_CUSTODY_PLAN : NULL, (int64_t)p->sampled, (int64_t)p->timed);
	return err;
}

static struct store_line read_line(sqlite3_stmt *stmt)
{
	return (struct store_line){
		.id = db_text(stmt, 0),
		.plan = db_text(stmt, 1),
		.where = db_text(stmt, 2),
		.kernel = db_text(stmt, 3),
		.host = db_text(stmt, 4),
		.tags = db_text(stmt, 5),
		.planned = db_count(stmt, 6),
		.started_ns = sqlite3_column_int64(stmt, 7),
		.samples = db_count(stmt, 8),
		.not_ok = db_count(stmt, 9),
	};
}

int store_list(struct store *s, const struct store_pick *pick, struct store_line **lines, size_t *nr)
{
	sqlite3_stmt *stmt;
	int more, err;

	*lines = NULL;
	*nr = 0;
	err = select_runs(s, pick, &stmt);
	if (err)
		return err;
	while ((more = db_row(s, stmt)) > 0) {
		*lines = mem_grow(*lines, *nr, sizeof(**lines));
		(*lines)[(*nr)++] = read_line(stmt);
	}
	sqlite3_finalize(stmt);
	if (more)
		store_list_free(*lines, *nr);
	return more;
}

int store_pick(struct store *s, const struct store_pick *pick, char **id)
{
	sqlite3_stmt *stmt;
	int found = select_runs(s, pick, &stmt);

	*id = NULL;
	if (found)
		return found;
	found = db_row(s, stmt);
	if (found > 0)
		*id = db_text(stmt, 0);
	sqlite3_finalize(stmt);
	return found;
}

void store_list_free(struct store_line *lines, size_t nr)
{
	for (size_t i = 0; i < nr; i++) {
		free(lines[i].id);
		free(lines[i].plan);
		free(lines[i].where);
		free(lines[i].kernel);
		free(lines[i].host);
		free(lines[i].tags);
	}
	free(lines);
}
