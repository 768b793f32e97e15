/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The latest night of every series as gauges, in the text format that Prometheus and OpenMetrics share:
 * without time stamps, which node_exporter refuses, without units, which would have to be part of a name, and
 * with the end marked.
 */
#include "export/history_files.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "stats/effect.h"
#include "text/buf.h"
#include "text/prom.h"
static double seconds(const struct history_run *run)
{
	int64_t whole = run->started_ns / 1000000000;

	return (double)whole;
}

static double ratio(const struct history_series *s, const struct history_night *n)
{
	(void)s;
	return n->pairs < STATS_MIN_PAIRS ? NAN : n->ratio;
}

static double median(const struct history_series *s, const struct history_night *n)
{
	(void)s;
	return n->median;
}

static double level(const struct history_series *s, const struct history_night *n)
{
	(void)n;
	return history_level(s);
}

static double night(const struct history_series *s, const struct history_night *n)
{
	(void)s;
	return seconds(n->run);
}

static double changes(const struct history_series *s, const struct history_night *n)
{
	(void)n;
	return s->nr_points;
}

static double change_rise(const struct history_series *s, const struct history_night *n)
{
	(void)n;
	return s->nr_points ? history_rise(&s->point[s->nr_points - 1]) : NAN;
}

static double change_night(const struct history_series *s, const struct history_night *n)
{
	(void)n;
	return s->nr_points ? seconds(s->night[s->point[s->nr_points - 1].change.at].run) : NAN;
}

static double anchor_rise(const struct history_series *s, const struct history_night *n)
{
	(void)n;
	return expm1(history_leak(s).rise);
}

/* The rise first: without it there are too few nights for an alarm. */
static double leak_alarm(const struct history_series *s, const struct history_night *n)
{
	struct leak leak = history_leak(s);

	(void)n;
	return isnan(leak.rise) ? NAN : leak.alarm;
}

static double gate_passed(const struct history_series *s, const struct history_night *n)
{
	const struct run *run = n->run->loaded;

	(void)s;
	return run && run->gate ? !strcmp(run->gate, RUN_PASSED) : NAN;
}

static const struct family {
	const char *name, *help;
	double (*value)(const struct history_series *s,
			const struct history_night *latest); /* NAN: no value */
} families[] = {
	{ "scxbench_ratio", "Ratio to fair in the latest night, Hodges-Lehmann over at least 6 blocks.",
	  ratio },
	{ "scxbench_median", "Median over the blocks of the latest night, in the unit of the label.",
	  median },
	{ "scxbench_level", "Median of the nights since the last change, of ratios or else of medians.",
	  level },
	{ "scxbench_night_timestamp_seconds", "When the run of the latest night started.", night },
	{ "scxbench_changes", "Change points in the stored history.", changes },
	{ "scxbench_last_change_rise", "Rise of the level at the last change, 0.05 is 5 %.", change_rise },
	{ "scxbench_last_change_timestamp_seconds", "When the first run on the new level started.",
	  change_night },
	{ "scxbench_anchor_rise",
	  "Loss of the last 7 nights since the first 14 from the anchor on, 0.05 is 5 %.", anchor_rise },
	{ "scxbench_leak", "1: the sum of the nights since the anchor is an alarm.", leak_alarm },
	{ "scxbench_gate_passed", "Whether the gate passed the run of the latest night, if it judged it.",
	  gate_passed },
};

static void put_sample(struct buf *b, const struct family *f, const struct history_series *s)
{
	const struct history_night *latest = history_latest(s);
	double value = latest ? f->value(s, latest) : NAN;

	if (!isfinite(value))
		return;
	buf_printf(b, "%s{", f->name);
	prom_label(b, "machine", history_host(s));
	prom_label(b, ",emulated", emulated_name(history_emulated(s)));
	prom_label(b, ",workload", s->workload);
	prom_label(b, ",metric", s->metric);
	prom_label(b, ",policy", s->policy);
	prom_label(b, ",unit", s->unit);
	prom_label(b, ",better", better_name(s->better));
	buf_printf(b, "} %.17g\n", value);
}

static double loss_changes(const struct history_loss *l)
{
	return (double)l->nr_changes;
}

static double loss_rise(const struct history_loss *l)
{
	const struct count_change *last = l->nr_changes ? &l->change[l->nr_changes - 1] : NULL;

	return last ? last->after - last->before : NAN;
}

static const struct loss_family {
	const char *name, *help;
	double (*value)(const struct history_loss *l); /* NAN: no value */
} loss_families[] = {
	{ "scxbench_lost", "Share of the latest night's timed samples that are not ok, or missing.",
	  history_loss_latest },
	{ "scxbench_lost_level", "The same share of all nights since it last changed.", history_loss_level },
	{ "scxbench_lost_changes", "Changes of that share in the stored history.", loss_changes },
	{ "scxbench_lost_last_change_rise", "By how much it rose at its last change, 0.05 is from 0 to 5 %.",
	  loss_rise },
};

/* A machine is emulated or not as a whole. */
static bool is_emulated(const struct history *h, const struct history_loss *l)
{
	for (size_t i = 0; i < h->nr; i++)
		if (history_same(h->series[i].host, l->host))
			return history_emulated(&h->series[i]);
	return false;
}

static void put_loss(struct buf *b, const struct loss_family *f, const struct history_loss *l, bool emulated)
{
	double value = f->value(l);

	if (!isfinite(value))
		return;
	buf_printf(b, "%s{", f->name);
	prom_label(b, "machine", l->host ? l->host : "unknown");
	prom_label(b, ",emulated", emulated_name(emulated));
	prom_label(b, ",workload", l->workload);
	prom_label(b, ",policy", l->policy);
	buf_printf(b, "} %.17g\n", value);
}

static void put_losses(struct buf *b, const struct history *h)
{
	const struct history_losses *l = &h->losses;

	for (size_t i = 0; i < sizeof(loss_families) / sizeof(*loss_families); i++) {
		buf_printf(b, "# HELP %s %s\n# TYPE %s gauge\n", loss_families[i].name, loss_families[i].help,
			   loss_families[i].name);
		for (size_t k = 0; k < l->nr; k++)
			put_loss(b, &loss_families[i], &l->loss[k], is_emulated(h, &l->loss[k]));
	}
}

char *history_openmetrics(const struct history *h)
{
	struct buf b = { 0 };

	for (size_t i = 0; i < sizeof(families) / sizeof(*families); i++) {
		buf_printf(&b, "# HELP %s %s\n# TYPE %s gauge\n", families[i].name, families[i].help,
			   families[i].name);
		for (size_t k = 0; k < h->nr; k++)
			put_sample(&b, &families[i], &h->series[k]);
	}
	put_losses(&b, h);
	buf_put(&b, "# EOF\n");
	return buf_take(&b);
}
