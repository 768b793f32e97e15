/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Ledgers as rows of a table. */
#include "report/ledger_rows.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "judge/ledger.h"
#include "record/metric_name.h"
#include "stats/stats.h"
#include "text/buf.h"
#include "util/mem.h"

/* One row: its name, its kind, and how a ledger's cell is put. */
struct row {
	bool strong;
	const char *label;
	union {
		enum custody_group group;
		enum scxb_custody count;
		enum scxb_cause cause;
		enum outside_count outside;
		const char *storm; /* kind */
	};
	void (*put)(struct buf *b, const struct ledger *l, const struct row *row);
};

static void add_row(struct grid *g, const struct ledger *ledger, unsigned nr, const struct row *row)
{
	char **cells = grid_row(g, row->strong, row->label);

	for (unsigned i = 0; i < nr && row->put; i++) {
		struct buf b = { 0 };

		row->put(&b, &ledger[i], row);
		cells[i + 1] = buf_take(&b);
	}
}

static void put_number(struct buf *b, double value)
{
	if (isnan(value))
		buf_put(b, "–");
	else
		buf_number(b, value);
}

static void put_count(struct buf *b, const struct ledger *l, const struct row *row)
{
	put_number(b, ledger_count(l, row->count));
}

static void put_total(struct buf *b, const struct ledger *l, const struct row *row)
{
	put_number(b, ledger_total(l, row->group));
}

static void put_inside(struct buf *b, const struct ledger *l, const struct row *row)
{
	(void)row;
	put_number(b, ledger_inside(l));
}

static void put_state(struct buf *b, const struct ledger *l, const struct row *row)
{
	(void)row;
	buf_put(b, ledger_word(ledger_state(l)));
}

/* In us. */
static void put_quantile(struct buf *b, const struct ledger *l, enum scxb_cause cause, double q)
{
	const struct hist *h = ledger_times(l, cause);
	double ns = h ? stats_hist_quantile(h, q) : NAN;

	if (!h || !hist_total(h))
		buf_put(b, "–");
	else if (isnan(ns))
		buf_put(b, "too few");
	else
		buf_number(b, ns / 1e3);
}

static void put_median(struct buf *b, const struct ledger *l, const struct row *row)
{
	put_quantile(b, l, row->cause, 0.5);
}

static void put_p99(struct buf *b, const struct ledger *l, const struct row *row)
{
	put_quantile(b, l, row->cause, 0.99);
}

/* The sum of a group, then each of its members. */
static void add_group(struct grid *g, const struct ledger *ledger, unsigned nr, enum custody_group group)
{
	static const char *const label[] = { [CUSTODY_ENTRIES] = "entries, by way in",
					     [CUSTODY_EXITS] = "exits, by cause",
					     [CUSTODY_NOTES] = "normal events",
					     [CUSTODY_VIOLATIONS] = "violations" };

	add_row(g, ledger, nr,
		&(struct row){ .strong = true, .label = label[group], .group = group, .put = put_total });
	for (int i = custody_span[group].first; i < custody_span[group].end; i++) {
		char *name = mem_printf("%s: %s", abi_custody[i], abi_custody_words[i]);

		add_row(g, ledger, nr,
			&(struct row){ .label = name, .count = (enum scxb_custody)i, .put = put_count });
		free(name);
	}
}

static void add_times(struct grid *g, const struct ledger *ledger, unsigned nr)
{
	add_row(g, ledger, nr, &(struct row){ .strong = true, .label = "time in custody, µs" });
	for (int i = 0; i < SCXB_NR_CAUSES; i++) {
		char *median = mem_printf("%s, median", abi_cause[i]),
		     *p99 = mem_printf("%s, 99 %%", abi_cause[i]);
		enum scxb_cause cause = (enum scxb_cause)i;

		add_row(g, ledger, nr, &(struct row){ .label = median, .cause = cause, .put = put_median });
		add_row(g, ledger, nr, &(struct row){ .label = p99, .cause = cause, .put = put_p99 });
		free(median);
		free(p99);
	}
}

static void put_outside(struct buf *b, const struct ledger *l, const struct row *row)
{
	put_number(b, ledger_outside(l, row->outside));
}

/* What only an audit knows. */
static void add_outside(struct grid *g, const struct ledger *ledger, unsigned nr)
{
	static const char *const label[] = { [OUTSIDE_told] = "told by ops.dequeue()",
					     [OUTSIDE_owed] = "of exits while that was watched",
					     [OUTSIDE_stale] = "inserts of tasks it did not have" };

	if (!ledger_any_audited(ledger, nr))
		return;
	add_row(g, ledger, nr, &(struct row){ .strong = true, .label = "seen from outside" });
	for (int i = 0; i < OUTSIDE_NR_COUNTS; i++)
		add_row(g, ledger, nr,
			&(struct row){
				.label = label[i], .outside = (enum outside_count)i, .put = put_outside });
}

void ledger_rows(struct grid *g, const struct ledger *ledger, unsigned nr)
{
	add_group(g, ledger, nr, CUSTODY_ENTRIES);
	add_group(g, ledger, nr, CUSTODY_EXITS);
	add_row(g, ledger, nr, &(struct row){ .strong = true, .label = "still inside", .put = put_inside });
	add_group(g, ledger, nr, CUSTODY_VIOLATIONS);
	add_group(g, ledger, nr, CUSTODY_NOTES);
	add_outside(g, ledger, nr);
	add_times(g, ledger, nr);
}

void state_row(struct grid *g, const struct ledger *ledger, unsigned nr)
{
	add_row(g, ledger, nr, &(struct row){ .strong = true, .label = "ledger", .put = put_state });
}

static void put_storm(struct buf *b, const struct ledger *l, const struct row *row)
{
	double done = ledger_storm(l, row->storm, "");

	put_number(b, done);
	if (isnan(done))
		return;
	buf_put(b, " / ");
	put_number(b, ledger_storm(l, row->storm, METRIC_STORM_CAUGHT));
}

/* The kind in "storm.KIND_caught", the caller's to free; NULL for any other name. */
static char *kind_of(const char *metric)
{
	const char *kind = metric_rest(metric, METRIC_STORM);
	size_t len = kind ? strlen(kind) : 0, end = strlen(METRIC_STORM_CAUGHT);

	if (len < end || strcmp(kind + len - end, METRIC_STORM_CAUGHT))
		return NULL;
	return mem_printf("%.*s", (int)(len - end), kind);
}

/* Has one of the first nr ledgers this kind? Then it has its row. */
static bool is_told(const struct ledger *ledger, unsigned nr, const char *metric)
{
	for (unsigned i = 0; i < nr; i++)
		if (metrics_find(&ledger[i].sum, metric))
			return true;
	return false;
}

void storm_rows(struct grid *g, const struct ledger *ledger, unsigned nr)
{
	const unsigned begin = g->rows;

	for (unsigned i = 0; i < nr; i++) {
		for (size_t k = 0; k < ledger[i].sum.nr; k++) {
			const char *metric = ledger[i].sum.metric[k].name;
			char *kind = kind_of(metric);

			if (kind && g->rows == begin)
				add_row(g, ledger, nr,
					&(struct row){ .strong = true, .label = "storm: done / in custody" });
			if (kind && !is_told(ledger, i, metric))
				add_row(g, ledger, nr,
					&(struct row){ .label = kind, .storm = kind, .put = put_storm });
			free(kind);
		}
	}
}
