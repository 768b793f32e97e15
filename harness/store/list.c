/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdlib.h>
#include "store/db.h"
#include "util/mem.h"

int store_list(struct store *s, struct store_line **lines, size_t *nr)
{
	sqlite3_stmt *stmt;
	int more, err;

	*lines = NULL;
	*nr = 0;
	err = db_prepare(
		s,
		"SELECT id, plan, whence, (SELECT value FROM env WHERE env.run = run.run AND key = "
		"'kernel'), host, (SELECT group_concat(tag, ',' ORDER BY tag) FROM tag WHERE tag.run = "
		"run.run), planned, started_ns, (SELECT count(*) FROM sample WHERE sample.run = run.run), "
		"(SELECT count(*) FROM sample WHERE sample.run = run.run AND status <> 'ok') "
		"FROM run ORDER BY started_ns DESC, run DESC",
		&stmt);
	if (err)
		return err;
	while ((more = db_row(s, stmt)) > 0) {
		*lines = mem_grow(*lines, *nr, sizeof(**lines));
		(*lines)[(*nr)++] = (struct store_line){
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
	sqlite3_finalize(stmt);
	if (more)
		store_list_free(*lines, *nr);
	return more;
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
