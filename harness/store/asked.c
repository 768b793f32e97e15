/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "store/asked.h"

#include "store/totals.h"

/* The table is of this connection alone, so a store that is open to read can have it. */
static int asked_clear(struct store *s)
{
	return db_exec(s, "CREATE TEMP TABLE IF NOT EXISTS asked (run INTEGER PRIMARY KEY); "
			  "DELETE FROM temp.asked");
}

int asked_find(struct store *s, const char *host)
{
	sqlite3_stmt *stmt;
	int err;

	if (!host)
		return 0;
	err = asked_clear(s);
	if (!err)
		err = db_prepare(s,
				 "INSERT INTO temp.asked SELECT run FROM run WHERE host = ? UNION "
				 "SELECT run FROM total WHERE measure = ? AND sum = ?",
				 &stmt);
	if (err)
		return err;
	db_bind(stmt, "tii", host, (int64_t)TOTALS_OF_HOST, totals_of_host(host));
	err = db_run(s, stmt);
	sqlite3_finalize(stmt);
	return err;
}
