/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "store/sums.h"

#include <stdlib.h>
#include "store/load.h"

static int set_sample(struct store *s, int64_t sample, const struct checksum *sum)
{
	sqlite3_stmt *stmt;
	int err = db_prepare(s, "UPDATE sample SET checksum = ? WHERE sample = ?", &stmt);

	if (err)
		return err;
	db_bind(stmt, "bi", sum->byte, sizeof(sum->byte), sample);
	err = db_run(s, stmt);
	sqlite3_finalize(stmt);
	return err;
}

int sums_sample(struct store *s, int64_t run, int64_t sample)
{
	struct loaded l;
	int err = load_samples(s, LOAD_SAMPLE, sample, &l);

	if (!err && l.nr)
		err = set_sample(s, sample, &l.sum[0].sum);
	if (!err && l.nr)
		err = totals_add(s, run, sample, &l.sum[0].sum);
	loaded_free(&l);
	return err;
}

/* Calls each() with the two numbers of every row; text: the parameter. */
static int for_rows(struct store *s, const char *sql, const char *text,
		    int (*each)(struct store *s, int64_t a, int64_t b))
{
	sqlite3_stmt *stmt;
	int more, err = db_prepare(s, sql, &stmt);

	if (err)
		return err;
	db_bind(stmt, "t", text);
	while (!err && (more = db_row(s, stmt)) > 0)
		err = each(s, sqlite3_column_int64(stmt, 0), sqlite3_column_int64(stmt, 1));
	sqlite3_finalize(stmt);
	return err ? err : more;
}

static int check_row(struct store *s, int64_t run, int64_t unused)
{
	(void)unused;
	return checksum_check_run(s, run);
}

static int sum_row(struct store *s, int64_t run, int64_t unused)
{
	int err = checksum_run(s, run);

	(void)unused;
	return err ? err : totals_set_host(s, run);
}

static int sum_machine(struct store *s, int64_t run, int64_t unused)
{
	(void)unused;
	return checksum_machine(s, run);
}

static const char of_host[] = "SELECT run, 0 FROM run WHERE host = ?1 ORDER BY run";
static const char of_all[] = "SELECT run, 0 FROM run WHERE ?1 IS NULL ORDER BY run";

int sums_check_host(struct store *s, const char *host)
{
	return for_rows(s, of_host, host, check_row);
}

int sums_host(struct store *s, const char *host)
{
	return for_rows(s, of_host, host, sum_row);
}

int sums_fill(struct store *s)
{
	int err = db_exec(s, "DELETE FROM total");

	if (!err)
		err = totals_of_measures(s);
	if (!err)
		err = for_rows(s, of_all, NULL, sum_row);
	if (!err)
		err = for_rows(s, of_all, NULL, sum_machine);
	return err ? err : for_rows(s, "SELECT run, sample FROM sample WHERE ?1 IS NULL", NULL, sums_sample);
}
