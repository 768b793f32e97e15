/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "store/names.h"

#include <stdlib.h>
#include "record/name.h"
#include "util/cause.h"
#include "util/log.h"
#include "util/mem.h"

static int check_column(struct store *s, const char *sql, enum name_kind kind)
{
	sqlite3_stmt *stmt;
	int more, err = db_prepare(s, sql, &stmt);

	if (err)
		return err;
	while ((more = db_row(s, stmt)) > 0) {
		const char *name = (const char *)sqlite3_column_text(stmt, 0);
		const char *rule = name ? name_fault(kind, name) : "a name";
		char *what;

		if (!rule)
			continue;
		what = mem_printf("'%s' can't be the name of a run: %s", name ? name : "", rule);
		more = db_damaged(s, what);
		free(what);
		break;
	}
	sqlite3_finalize(stmt);
	return more;
}

int names_check(struct store *s)
{
	int64_t both = 0;
	int err = check_column(s, "SELECT id FROM run", NAME_RUN);

	if (!err)
		err = check_column(s, "SELECT DISTINCT tag FROM tag", NAME_TAG);
	if (!err)
		err = db_number(s, "SELECT count(*) FROM run WHERE id IN (SELECT tag FROM tag)", &both);
	return !err && both ? db_damaged(s, "the id of a run is a tag as well") : err;
}

int names_free(struct store *s, const struct run *r)
{
	sqlite3_stmt *stmt;
	char *taken = NULL;
	int found =
		db_prepare(s,
			   "SELECT tag FROM tag WHERE tag = ?1 UNION "
			   "SELECT id FROM run WHERE ?2 <> '' AND instr(',' || ?2 || ',', ',' || id || ',')",
			   &stmt);

	if (found)
		return found;
	db_bind(stmt, "tt", r->id, r->tags ? r->tags : "");
	found = db_row(s, stmt);
	if (found > 0)
		taken = db_text(stmt, 0);
	sqlite3_finalize(stmt);
	if (found > 0)
		found = log_err(-CAUSE_EXISTS,
				"run %s: '%s' would be the id of a run and a tag: nothing was taken in",
				r->id, taken);
	free(taken);
	return found;
}
