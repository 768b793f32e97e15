/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "store/load.h"

#include <stdlib.h>
#include <string.h>
#include "store/rows.h"
#include "util/mem.h"

static int load_row(struct store *s, int64_t row, struct run *r)
{
	sqlite3_stmt *stmt;
	int err = row_select(s, &run_fields, "WHERE run = ?", &stmt);

	if (err)
		return err;
	db_bind(stmt, "i", row);
	err = db_row(s, stmt);
	if (err > 0)
		row_read(stmt, &run_fields, r);
	sqlite3_finalize(stmt);
	return err < 0 ? err : 0;
}

int load_tags(struct store *s, int64_t row, char **tags)
{
	sqlite3_stmt *stmt;
	int err = db_prepare(s, "SELECT group_concat(tag, ',' ORDER BY tag) FROM tag WHERE run = ?", &stmt);

	if (err)
		return err;
	db_bind(stmt, "i", row);
	err = db_row(s, stmt);
	if (err > 0)
		*tags = db_text(stmt, 0);
	sqlite3_finalize(stmt);
	return err < 0 ? err : 0;
}

/* One column of a table of the run, in order, as a NULL-terminated list. */
static int load_list(struct store *s, const char *sql, int64_t row, char ***list)
{
	sqlite3_stmt *stmt;
	size_t n = 0;
	int more, err = db_prepare(s, sql, &stmt);

	if (err)
		return err;
	db_bind(stmt, "i", row);
	*list = mem_grow(NULL, 0, sizeof(**list));
	while ((more = db_row(s, stmt)) > 0) {
		(*list)[n++] = db_text(stmt, 0);
		*list = mem_grow(*list, n, sizeof(**list));
	}
	(*list)[n] = NULL;
	sqlite3_finalize(stmt);
	return more;
}

static int load_env(struct store *s, int64_t row, struct run *r)
{
	sqlite3_stmt *stmt;
	int more, err = db_prepare(s, "SELECT key, value FROM env WHERE run = ? ORDER BY place", &stmt);

	if (err)
		return err;
	db_bind(stmt, "i", row);
	while ((more = db_row(s, stmt)) > 0) {
		r->env = mem_grow(r->env, r->nr_env, sizeof(*r->env));
		r->env[r->nr_env++] = (struct pair){ db_text(stmt, 0), db_text(stmt, 1) };
	}
	sqlite3_finalize(stmt);
	return more;
}

static int load_lists(struct store *s, int64_t row, struct run *r)
{
	const struct {
		const char *column, *table;
		char ***list;
	} of[] = { { "policy", "run_policy", &r->policies },
		   { "hash", "run_policy", &r->policy_hash },
		   { "given", "run_policy", &r->policy_given },
		   { "slice_ns", "run_policy", &r->slice_ns },
		   { "workload", "run_workload", &r->workloads },
		   { "coalesce(primary_metric, '')", "run_workload", &r->primary } };
	int err = 0;

	for (size_t i = 0; i < sizeof(of) / sizeof(*of) && !err; i++) {
		char *sql = mem_printf("SELECT %s FROM %s WHERE run = ? ORDER BY place", of[i].column,
				       of[i].table);

		err = load_list(s, sql, row, of[i].list);
		free(sql);
	}
	return err;
}

int load_sound(struct store *s, const char *id, char *fault)
{
	char *what;
	int err;

	if (!fault)
		return 0;
	what = mem_printf("run %s: %s", id ? id : "without id", fault);
	err = db_damaged(s, what);
	free(what);
	free(fault);
	return err;
}

int load_run(struct store *s, int64_t row, struct run *r)
{
	int err = checksum_check_run(s, row);

	if (!err)
		err = load_row(s, row, r);
	if (!err)
		err = load_tags(s, row, &r->tags);
	if (!err)
		err = load_lists(s, row, r);
	if (!err)
		err = load_env(s, row, r);
	return err ? err : load_sound(s, r->id, run_fault(r));
}

int load_named(struct store *s, const char *id, int64_t *row, struct run *r)
{
	int err = db_known_run(s, id, row);

	if (!err)
		err = load_run(s, *row, r);
	return !err && id && strcmp(r->id, id) ? db_damaged(s, "an index leads to another run") : err;
}

int store_load_run(struct store *s, const char *id, struct run *run)
{
	int64_t row;
	int err;

	*run = (struct run){ 0 };
	err = load_named(s, id, &row, run);
	if (err)
		run_free(run);
	return err;
}
