/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Series over all runs. The samples are read once, in the order of their points. Then each metric's values
 * are read from the index over metrics and given to the samples, so the cost is one step for each value. Of
 * one machine no sample and no value of another one is read.
 */
#include "store/series.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "util/mem.h"

static const char values_of_all[] =
	"SELECT sample, value FROM metric WHERE measure = ? AND value IS NOT NULL";
static const char values_of_asked[] =
	"SELECT sample, value FROM temp.asked CROSS JOIN sample USING (run) CROSS JOIN metric USING (sample) "
	"WHERE measure = ? AND value IS NOT NULL";

struct reading {
	struct store *s;
	struct points points;
	bool primary_only;
	sqlite3_stmt *values, *primary;
	struct store_series *series; /* room for one series of every group */
	int (*each)(void *ctx, const struct store_family *family);
	void *ctx;
};

static void series_clear(struct points *p)
{
	for (size_t i = 0; i < p->nr; i++)
		p->point[i].value = NAN;
	for (size_t i = 0; i < p->nr_groups; i++)
		p->group[i].values = 0;
}

/* The metrics of a sample that is not a data point are not values. */
static void series_deal(struct points *p, int64_t sample, double value)
{
	const struct sample_place *place = sample < p->rows ? &p->place[sample] : NULL;

	if (!place || !place->point || p->point[place->point - 1].status != status_name(STATUS_OK))
		return;
	p->point[place->point - 1].value = value;
	p->group[place->group].values++;
}

/* Values of a run that is not what was stored are none. */
static void leave_out_bad(struct points *p)
{
	for (size_t g = 0; g < p->nr_groups; g++)
		for (size_t i = p->group[g].first; i < p->group[g].first + p->group[g].nr; i++) {
			if (!p->totals->bad[p->point[i].stored] || isnan(p->point[i].value))
				continue;
			p->point[i].value = NAN;
			p->group[g].values--;
		}
}

static int read_values(struct reading *r, const struct totals_measure *m, const char *name)
{
	char *what;
	int more;

	series_clear(&r->points);
	db_bind(r->values, "i", m->measure);
	while ((more = db_row(r->s, r->values)) > 0) {
		int64_t sample = sqlite3_column_int64(r->values, 0);
		double value = sqlite3_column_double(r->values, 1);

		totals_count(r->points.totals, m, sample, value);
		series_deal(&r->points, sample, value);
	}
	sqlite3_reset(r->values);
	if (more)
		return more;
	what = mem_printf("a value of %s is", name);
	more = totals_check(r->s, r->points.totals, m->measure, what);
	free(what);
	leave_out_bad(&r->points);
	return more;
}

static int is_primary(struct reading *r, const char *workload, const char *metric)
{
	int found;

	db_bind(r->primary, "tt", workload, metric);
	found = db_row(r->s, r->primary);
	sqlite3_reset(r->primary);
	return found;
}

/* Collects the groups of one machine and workload, from first on. Returns the first group of another. */
static size_t gather_family(struct reading *r, size_t first, struct store_family *f)
{
	const struct group *from = &r->points.group[first];
	size_t i;

	f->host = from->host;
	f->workload = from->workload;
	f->series = r->series;
	f->nr = 0;
	for (i = first; i < r->points.nr_groups; i++) {
		const struct group *g = &r->points.group[i];

		if (g->host != from->host || g->workload != from->workload)
			break;
		if (g->values)
			r->series[f->nr++] =
				(struct store_series){ g->policy, &r->points.point[g->first], g->nr };
	}
	return i;
}

static int series_show(struct reading *r, struct store_family *f)
{
	int primary = is_primary(r, f->workload, f->metric);

	f->primary = primary > 0;
	if (primary < 0 || (r->primary_only && !primary))
		return primary;
	return r->each(r->ctx, f);
}

static int read_measure(struct reading *r, sqlite3_stmt *row)
{
	struct store_family f = { .metric = (const char *)sqlite3_column_text(row, 1),
				  .unit = (const char *)sqlite3_column_text(row, 2),
				  .better = db_better(row, 3) };
	struct totals_measure m = totals_measure(sqlite3_column_int64(row, 0), row, 1);
	int err = read_values(r, &m, f.metric);

	for (size_t i = 0; !err && i < r->points.nr_groups;) {
		i = gather_family(r, i, &f);
		if (f.nr)
			err = series_show(r, &f);
	}
	return err;
}

static int read_measures(struct reading *r, const struct store_filter *filter)
{
	sqlite3_stmt *stmt;
	int more, err = db_prepare(
			  r->s,
			  "SELECT measure, name, unit, better FROM measure WHERE (?1 IS NULL OR name = ?1) "
			  "AND (NOT ?2 OR name IN (SELECT primary_metric FROM run_workload)) "
			  "ORDER BY name, unit, better",
			  &stmt);

	if (err)
		return err;
	db_bind(stmt, "ti", filter->metric, (int64_t)filter->primary_only);
	while ((more = db_row(r->s, stmt)) > 0 && !err)
		err = read_measure(r, stmt);
	sqlite3_finalize(stmt);
	return err ? err : more;
}

int store_series(struct store *s, const struct store_filter *filter,
		 int (*each)(void *ctx, const struct store_family *family), void *ctx)
{
	struct reading r = { .s = s, .primary_only = filter->primary_only, .each = each, .ctx = ctx };
	int err = points_load(s, filter, &r.points);

	if (!err)
		err = db_prepare(s, filter->host ? values_of_asked : values_of_all, &r.values);
	if (!err)
		err = db_prepare(
			s, "SELECT 1 FROM run_workload WHERE workload = ? AND primary_metric = ? LIMIT 1",
			&r.primary);
	r.series = mem_zalloc(r.points.nr_groups + 1, sizeof(*r.series));
	if (!err)
		err = read_measures(&r, filter);
	sqlite3_finalize(r.values);
	sqlite3_finalize(r.primary);
	free(r.series);
	points_free(&r.points);
	return err;
}
