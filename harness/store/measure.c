/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writes metrics and histograms. Each name, unit and reason is stored once. */
#include "store/write.h"

#include <stdlib.h>
#include "store/bins.h"
#include "store/totals.h"

#define MEASURE "(SELECT measure FROM measure WHERE name = ?3 AND unit = ?4 AND better = ?5)"

/* Runs one statement over name, unit and better of every metric, or of every histogram. */
static int write_names(struct store *s, const struct metrics *m)
{
	sqlite3_stmt *stmt;
	int before = sqlite3_total_changes(s->db);
	int err = db_prepare(s, "INSERT OR IGNORE INTO measure (name, unit, better) VALUES (?, ?, ?)", &stmt);

	for (size_t i = 0; !err && i < m->nr; i++) {
		db_bind(stmt, "tti", m->metric[i].name, m->metric[i].unit, (int64_t)m->metric[i].better);
		err = db_run(s, stmt);
	}
	for (size_t i = 0; !err && i < m->nr_hists; i++) {
		db_bind(stmt, "tti", m->hist[i].name, m->hist[i].unit, (int64_t)BETTER_NONE);
		err = db_run(s, stmt);
	}
	sqlite3_finalize(stmt);
	return err || sqlite3_total_changes(s->db) == before ? err : totals_of_measures(s);
}

static int write_reasons(struct store *s, const struct metrics *m)
{
	sqlite3_stmt *stmt;
	int err = db_prepare(s, "INSERT OR IGNORE INTO reason (text) VALUES (?)", &stmt);

	for (size_t i = 0; !err && i < m->nr; i++) {
		if (!m->metric[i].absent)
			continue;
		db_bind(stmt, "t", m->metric[i].absent);
		err = db_run(s, stmt);
	}
	sqlite3_finalize(stmt);
	return err;
}

int write_metrics(struct store *s, int64_t sample, const struct metrics *m)
{
	sqlite3_stmt *stmt;
	int err = write_names(s, m);

	if (!err)
		err = write_reasons(s, m);
	if (!err)
		err = db_prepare(s,
				 "INSERT INTO metric VALUES (?1, ?2, " MEASURE ", ?6, "
				 "(SELECT reason FROM reason WHERE text = ?7), ?8)",
				 &stmt);
	if (err)
		return err;
	for (size_t i = 0; !err && i < m->nr; i++) {
		const struct metric *x = &m->metric[i];

		db_bind(stmt, "iittidtd", sample, (int64_t)i, x->name, x->unit, (int64_t)x->better, x->value,
			x->absent, x->resolution);
		err = db_run(s, stmt);
	}
	sqlite3_finalize(stmt);
	return err;
}

int write_hists(struct store *s, int64_t sample, const struct metrics *m)
{
	sqlite3_stmt *stmt;
	int err = db_prepare(s, "INSERT INTO hist VALUES (?1, ?2, " MEASURE ", ?6, ?7)", &stmt);

	for (size_t i = 0; !err && i < m->nr_hists; i++) {
		const struct hist *h = &m->hist[i];
		struct packed_bin *bins = bins_pack(h);

		db_bind(stmt, "iittiib", sample, (int64_t)i, h->name, h->unit, (int64_t)BETTER_NONE,
			(int64_t)h->overflow, bins, h->nr * sizeof(*bins));
		err = db_run(s, stmt);
		free(bins);
	}
	sqlite3_finalize(stmt);
	return err;
}
