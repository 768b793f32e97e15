/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdlib.h>
#include "record/env_key.h"
#include "record/role.h"
#include "store/db.h"
#include "util/mem.h"

/*
 * By the criteria of struct store_pick. kernel_nth: the place of a chosen run among those of its kernel,
 * latest first. A run whose kernel is not known counts alone.
 */
static const char list_sql[] =
	"WITH line AS (SELECT run, id, plan, whence, host, planned, started_ns, "
	"(SELECT value FROM env WHERE env.run = run.run AND key = '" ENV_KERNEL "') AS kernel, "
	"(SELECT count(*) FROM sample WHERE sample.run = run.run AND NOT retake_of) AS samples FROM run), "
	"chosen AS (SELECT *, "
	"row_number() OVER (PARTITION BY kernel ORDER BY run DESC) AS kernel_nth "
	"FROM line WHERE (?1 IS NULL OR host = ?1) "
	"AND (?2 IS NULL OR run IN (SELECT run FROM tag WHERE tag = ?2)) "
	"AND (?3 IS NULL OR EXISTS (SELECT 1 FROM run AS it WHERE it.id = ?3 AND line.host IS it.host "
	"AND line.run < it.run)) "
	"AND (?4 IS NULL OR plan = ?4) AND (?5 IS NULL OR (plan IS NOT ?5 AND plan IS NOT '" RUN_BISECT_PLAN
	"')) AND (NOT ?6 OR samples > 0)) "
	"SELECT id, plan, whence, kernel, host, "
	"(SELECT group_concat(tag, ',' ORDER BY tag) FROM tag WHERE tag.run = chosen.run), "
	"planned, started_ns, samples, "
	"(SELECT count(*) FROM sample WHERE sample.run = chosen.run AND status <> 'ok') "
	"FROM chosen WHERE NOT ?7 OR kernel IS NULL OR kernel_nth = 1 "
	"ORDER BY run DESC";

static int select_runs(struct store *s, const struct store_pick *pick, sqlite3_stmt **stmt)
{
	static const struct store_pick all = { 0 };
	const struct store_pick *p = pick ? pick : &all;
	int err = db_prepare(s, list_sql, stmt);

	if (!err)
		db_bind(*stmt, "tttttii", p->host, p->tag, p->before, p->plan,
			p->comparisons ? RUN_CUSTODY_PLAN : NULL, (int64_t)p->sampled,
			(int64_t)p->latest_of_kernel);
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
