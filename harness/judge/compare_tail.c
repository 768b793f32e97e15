/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The tail of all latencies together: what one block in ten does to it counts in full. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "judge/compare_judge.h"
#include "judge/merged.h"
#include "stats/stats.h"

#define TAIL 0.99

/* The workload's own histogram in that unit; best the one that the metric is a quantile of. */
static const char *own_hist(const struct record *r, const struct work *w)
{
	const char *found = NULL;

	for (size_t k = 0; k < r->metrics.nr_hists; k++) {
		const struct hist *h = &r->metrics.hist[k];

		if (strcmp(h->unit, w->unit))
			continue;
		if (!strncmp(h->name, w->metric, strlen(h->name)))
			return h->name;
		if (!found && !strchr(h->name, '.'))
			found = h->name;
	}
	return found;
}

static const char *hist_name(const struct compare *c, const struct work *w)
{
	for (size_t i = 0; i < c->run->nr; i++) {
		const struct record *r = &c->run->sample[i];
		const char *name = compare_counts(r) && !strcmp(r->workload, w->name) ? own_hist(r, w) : NULL;

		if (name)
			return name;
	}
	return NULL;
}

/* Of one policy, or of all arms of the baseline for -1. */
static double tail_of(const struct compare *c, const struct work *w, const char *hist, int policy)
{
	struct hist all = { 0 };
	double value;

	for (unsigned p = 0; p < c->nr_policies; p++) {
		struct merged_want want = { hist, w->name, p };
		struct metrics sum;

		if (policy < 0 ? !compare_is_baseline(c, p) : (int)p != policy)
			continue;
		if (merged_hist(c, &want, &sum))
			stats_hist_merge(&all, sum.hist);
		metrics_free(&sum);
	}
	value = all.overflow > (1 - TAIL) * hist_total(&all) ? INFINITY : stats_hist_quantile(&all, TAIL);
	free(all.bins);
	return value;
}

double compare_tail(const struct compare *c, const struct compare_ends *ends)
{
	const struct work *w = &c->work[ends->work];
	const char *hist = hist_name(c, w);

	return hist ? tail_of(c, w, hist, ends->of) / tail_of(c, w, hist, ends->to) : NAN;
}
