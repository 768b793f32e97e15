/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * metrics.prom: the comparison as gauges, in the text format that Prometheus and OpenMetrics share. Only
 * gauges that have a value. Names begin with scxbench_run_, so that a collector may keep those of the history
 * beside them.
 */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include "export/exports.h"
#include "record/loss.h"
#include "text/prom.h"
#include "text/buf.h"

/* Of a policy that is not usable, numbers of the samples that it survived would say the opposite. */
static bool usable(const struct cell *cell)
{
	return cell->judgement.verdict != VERDICT_UNUSABLE;
}

static double ratio(const struct cell *cell)
{
	return cell->judgement.effect.n && usable(cell) ? judgement_ratio(&cell->judgement) : NAN;
}

static double block_least(const struct cell *cell)
{
	return usable(cell) ? cell->judgement.extent.least : NAN;
}

static double block_most(const struct cell *cell)
{
	return usable(cell) ? cell->judgement.extent.most : NAN;
}

static double lost(const struct cell *cell)
{
	return reliability_share(&cell->judgement.of).value;
}

static double lost_low(const struct cell *cell)
{
	return reliability_share(&cell->judgement.of).low;
}

static double lost_high(const struct cell *cell)
{
	return reliability_share(&cell->judgement.of).high;
}

static double unusable(const struct cell *cell)
{
	return !usable(cell);
}

static double low(const struct cell *cell)
{
	return cell_has_interval(cell) && usable(cell) ? cell->judgement.effect.low : NAN;
}

static double high(const struct cell *cell)
{
	return cell_has_interval(cell) && usable(cell) ? cell->judgement.effect.high : NAN;
}

static double median(const struct cell *cell)
{
	return cell->median;
}

static const struct family {
	const char *name, *help;
	double (*value)(const struct cell *cell); /* NAN: none */
} families[] = {
	{ "scxbench_run_ratio", "Ratio to the run's baseline, Hodges-Lehmann over the blocks.", ratio },
	{ "scxbench_run_ratio_low", "Lower end of the ratio's 95 % interval.", low },
	{ "scxbench_run_ratio_high", "Upper end of the ratio's 95 % interval.", high },
	{ "scxbench_run_block_least", "Least of the blocks, where they are too few for a ratio.",
	  block_least },
	{ "scxbench_run_block_most", "Most of these.", block_most },
	{ "scxbench_run_median", "Median over the blocks, in the unit of the label.", median },
	{ "scxbench_run_lost", "Share of the planned samples that are not data points.", lost },
	{ "scxbench_run_lost_low", "Lower end of its exact 95 % interval.", lost_low },
	{ "scxbench_run_lost_high", "Upper end of its exact 95 % interval.", lost_high },
	{ "scxbench_run_unusable", "1 where the policy was ejected, or samples failed under it alone.",
	  unusable },
};

static void put_head(struct buf *b, const char *name, const char *help)
{
	buf_printf(b, "# HELP %s %s\n# TYPE %s gauge\n", name, help, name);
}

/* The run is no label, because each night would then be another set of series. */
static void put_machine(struct buf *b, const struct compare *c)
{
	const char *host = c->run->run.host;

	prom_label(b, "{machine", host ? host : "unknown");
}

static void put_labels(struct buf *b, const struct compare *c, size_t i)
{
	const struct work *work = &c->work[i / c->nr_policies];

	put_machine(b, c);
	prom_label(b, ",emulated", emulated_name(c->run->run.emulated));
	prom_label(b, ",workload", work->name);
	prom_label(b, ",metric", work->metric);
	prom_label(b, ",policy", c->run->run.policies[i % c->nr_policies]);
	prom_label(b, ",unit", work->unit);
	prom_label(b, ",better", better_name(work->better));
}

static void put_family(struct buf *b, const struct compare *c, const struct family *f)
{
	put_head(b, f->name, f->help);
	for (size_t i = 0; i < (size_t)c->nr_works * c->nr_policies; i++) {
		double value = f->value(&c->cell[i]);

		if (!isfinite(value))
			continue;
		buf_put(b, f->name);
		put_labels(b, c, i);
		buf_printf(b, "} %.12g\n", value);
	}
}

static const char *why_word(const struct cell *cell)
{
	const char *word = cell->worst ? loss_word(cell->worst) : NULL;

	if (word)
		return word;
	return reliability_missing(&cell->judgement.of) ? "missing" : "without the metric";
}

/* By its own name, so that a reason that changes does not make another series of the number. */
static void put_whys(struct buf *b, const struct compare *c)
{
	put_head(b, "scxbench_run_unusable_why",
		 "Where that is 1: why, of the first of these samples, in a word that has no numbers.");
	for (size_t i = 0; i < (size_t)c->nr_works * c->nr_policies; i++) {
		if (usable(&c->cell[i]))
			continue;
		buf_put(b, "scxbench_run_unusable_why");
		put_labels(b, c, i);
		prom_label(b, ",why", why_word(&c->cell[i]));
		buf_put(b, "} 1\n");
	}
}

static void put_samples(struct buf *b, const struct compare *c)
{
	put_head(b, "scxbench_run_samples",
		 "Timed samples by status, and missing ones; only those that are ok are data points.");
	for (size_t i = 0; i < (size_t)c->nr_works * c->nr_policies; i++)
		for (int s = 0; s < NR_STATUS; s++) {
			buf_put(b, "scxbench_run_samples");
			put_labels(b, c, i);
			prom_label(b, ",status", status_name((enum status)s));
			buf_printf(b, "} %u\n", c->cell[i].taken[s]);
		}
	for (size_t i = 0; i < (size_t)c->nr_works * c->nr_policies; i++) {
		buf_put(b, "scxbench_run_samples");
		put_labels(b, c, i);
		prom_label(b, ",status", "missing");
		buf_printf(b, "} %u\n", reliability_missing(&c->cell[i].judgement.of));
	}
}

/* Which run it is: the time is in the run's id, too. */
static void put_started(struct buf *b, const struct compare *c)
{
	int64_t seconds = c->run->run.started_ns / 1000000000;

	put_head(b, "scxbench_run_timestamp_seconds", "When the run started.");
	if (seconds <= 0)
		return;
	buf_put(b, "scxbench_run_timestamp_seconds");
	put_machine(b, c);
	buf_printf(b, "} %" PRId64 "\n", seconds);
}

char *export_metrics(const struct compare *c)
{
	struct buf b = { 0 };

	put_started(&b, c);
	for (size_t i = 0; i < sizeof(families) / sizeof(*families); i++)
		put_family(&b, c, &families[i]);
	put_whys(&b, c);
	put_samples(&b, c);
	buf_put(&b, "# EOF\n");
	return buf_take(&b);
}
