/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Two tables of a history: one with a line per night of each series, one with a line per run and a column per
 * series.
 */
#include "export/history_files.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "text/csv.h"
#include "text/buf.h"
#include "text/utc.h"
#include "util/mem.h"

static void put_night(struct buf *b, const struct history_series *s, const struct history_night *n)
{
	const char *const texts[] = { n->run->id,
				      s->host,
				      emulated_name(history_emulated(s)),
				      s->workload,
				      s->metric,
				      s->policy,
				      s->unit,
				      better_name(s->better),
				      n->policy_hash };
	char time[21];
	bool point = false;

	for (size_t i = 0; i < s->nr_points; i++)
		point |= n == &s->night[s->point[i].change.at];
	utc_time(n->run->started_ns, time);
	buf_put(b, time);
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		buf_put(b, ",");
		csv_text(b, texts[i]);
	}
	buf_put(b, ",");
	csv_number(b, n->ratio);
	buf_put(b, ",");
	csv_number(b, n->median);
	buf_printf(b, ",%u,%u,%u,%d\n", n->values, n->pairs, n->left_out, point);
}

char *history_csv(const struct history *h)
{
	struct buf b = { 0 };

	buf_put(&b,
		"time,run,host,emulated,workload,metric,policy,unit,better,policy_hash,ratio,median,values,pairs,"
		"left_out,change\n");
	for (size_t i = 0; i < h->nr; i++)
		for (size_t k = 0; k < h->series[i].nr; k++)
			put_night(&b, &h->series[i], &h->series[i].night[k]);
	return buf_take(&b);
}

/* Moves on to the run; the value, NAN when the series is not in it. Both are in order of time. */
static double value_at(const struct history_series *s, size_t *next, const struct history_run *run)
{
	if (*next == s->nr || s->night[*next].run != run)
		return NAN;
	return history_value(s, (*next)++);
}

static bool put_run(struct buf *b, const struct history *h, const struct history_run *run, size_t *next)
{
	size_t start = b->len;
	bool whole = true;
	char time[21];

	utc_time(run->started_ns, time);
	buf_printf(b, "%s,", time);
	csv_text(b, run->id);
	for (size_t i = 0; i < h->nr; i++) {
		double value = value_at(&h->series[i], &next[i], run);

		whole &= isfinite(value);
		buf_put(b, ",");
		csv_number(b, value);
	}
	buf_put(b, "\n");
	if (!whole) {
		b->len = start;
		buf_bytes(b, "", 0);
	}
	return whole;
}

char *history_otava(const struct history *h, size_t *left_out)
{
	size_t *next = mem_zalloc(h->nr, sizeof(*next));
	struct buf b = { 0 };

	buf_put(&b, "time,run");
	for (size_t i = 0; i < h->nr; i++) {
		const struct history_series *s = &h->series[i];
		char *name = mem_printf("%s%s.%s.%s", history_emulated(s) ? "emulated." : "", s->workload,
					s->metric, s->policy);

		buf_put(&b, ",");
		csv_text(&b, name);
		free(name);
	}
	buf_put(&b, "\n");
	*left_out = 0;
	for (size_t i = 0; i < h->nr_runs; i++)
		*left_out += !put_run(&b, h, h->run[i], next);
	free(next);
	return buf_take(&b);
}
