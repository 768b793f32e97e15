/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * samples.csv: what every sample measured, one line per sample. RFC 4180; a missing value is an empty field.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "text/csv.h"
#include "text/utc.h"
#include "export/exports.h"
#include "judge/instrumented.h"
#include "text/buf.h"
#include "util/mem.h"

/* A column is a metric in a unit. */
struct columns {
	const struct metric **metric;
	size_t nr;
};

/* Samples mostly have the same metrics in the same order, so a search begins where the last one ended. */
static size_t export_samples_find(const struct columns *c, size_t from, const struct metric *m)
{
	for (size_t i = 0; i < c->nr; i++) {
		size_t at = (from + i) % c->nr;

		if (!strcmp(c->metric[at]->name, m->name) && !strcmp(c->metric[at]->unit, m->unit))
			return at;
	}
	return c->nr;
}

static void export_samples_collect(const struct store_run *run, struct columns *c)
{
	for (size_t i = 0; i < run->nr; i++) {
		const struct metrics *m = &run->sample[i].metrics;

		for (size_t k = 0, at = 0; k < m->nr; k++, at++) {
			at = export_samples_find(c, at, &m->metric[k]);
			if (at < c->nr)
				continue;
			c->metric = mem_grow(c->metric, c->nr, sizeof(*c->metric));
			c->metric[c->nr++] = &m->metric[k];
		}
	}
}

static void put_head(struct buf *b, const struct columns *c)
{
	buf_put(b, "sample,block,boot,emulated,policy,workload,kind,status,why,retake_of,started,started_ns,"
		   "elapsed_s,window_s");
	for (size_t i = 0; i < c->nr; i++) {
		char *name = mem_printf("%s (%s)", c->metric[i]->name, c->metric[i]->unit);

		buf_put(b, ",");
		csv_text(b, name);
		free(name);
	}
	buf_put(b, "\n");
}

static const char *kind(const struct record *r)
{
	return r->warmup ? "warm-up" : r->instrumented ? "instrumented" : "timed";
}

static void put_number(struct buf *b, double value)
{
	buf_put(b, ",");
	csv_number(b, value);
}

/* For people and spreadsheets, which lose digits of the nanoseconds. */
static void put_time(struct buf *b, int64_t started_ns)
{
	char text[21];

	utc_time(started_ns, text);
	buf_printf(b, ",%s,%lld", text, (long long)started_ns);
}

static void put_sample(struct buf *b, const struct columns *c, const struct run *run, const struct record *r)
{
	char *refused = r->why ? NULL : instrumented_why(run, r);
	const char *const texts[] = { emulated_name(run->emulated),
				      r->policy,
				      r->workload,
				      kind(r),
				      status_name(r->status),
				      r->why	? r->why
				      : refused ? refused
						: "" };
	double *value = mem_zalloc(c->nr + 1, sizeof(*value));

	for (size_t i = 0; i < c->nr; i++)
		value[i] = NAN;
	for (size_t k = 0, at = 0; k < r->metrics.nr; k++, at++) {
		at = export_samples_find(c, at, &r->metrics.metric[k]);
		value[at] = r->metrics.metric[k].value;
	}
	buf_printf(b, "%u,%u,%u", r->seq, r->block, r->boot);
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		buf_put(b, ",");
		csv_text(b, texts[i]);
	}
	buf_printf(b, ",%u", r->retake_of);
	put_time(b, r->started_ns);
	put_number(b, r->elapsed_s);
	put_number(b, r->window_s);
	for (size_t i = 0; i < c->nr; i++)
		put_number(b, value[i]);
	buf_put(b, "\n");
	free(value);
	free(refused);
}

char *export_samples(const struct compare *c)
{
	struct columns columns = { 0 };
	struct buf b = { 0 };

	export_samples_collect(c->run, &columns);
	put_head(&b, &columns);
	for (size_t i = 0; i < c->run->nr; i++)
		put_sample(&b, &columns, &c->run->run, &c->run->sample[i]);
	free(columns.metric);
	return buf_take(&b);
}
