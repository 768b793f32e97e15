/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "judge/watching.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "util/mem.h"

/* The mean of a policy's instrumented samples; NAN without one. */
static double watched(const struct compare *c, unsigned work, unsigned policy)
{
	const struct work *w = &c->work[work];
	double sum = 0;
	unsigned n = 0;

	for (size_t i = 0; i < c->run->nr; i++) {
		const struct record *r = &c->run->sample[i];
		double value = metrics_value(&r->metrics, w->metric);

		if (!r->instrumented || r->status != STATUS_OK || strcmp(r->workload, w->name) ||
		    compare_policy(c, r->policy) != (int)policy || isnan(value))
			continue;
		sum += value;
		n++;
	}
	return n ? sum / n : NAN;
}

static void take_extent(struct watching *w, const double *x, const double *y)
{
	double *ratio = mem_zalloc(w->effect.n, sizeof(*ratio));

	for (size_t i = 0; i < w->effect.n; i++)
		ratio[i] = x[i] / y[i];
	w->extent = extent_of(ratio, w->effect.n);
	free(ratio);
}

void watching_cost(const struct compare *c, unsigned work, struct watching *w)
{
	double *x = mem_zalloc(c->nr_policies, sizeof(*x)), *y = mem_zalloc(c->nr_policies, sizeof(*y));
	size_t n = 0;

	for (unsigned p = 0; p < c->nr_policies; p++) {
		x[n] = watched(c, work, p);
		y[n] = compare_cell(c, work, p)->median;
		n += x[n] > 0 && y[n] > 0;
	}
	w->extent = extent_none();
	stats_effect(x, y, n, &w->effect);
	if (w->effect.n && w->effect.n < STATS_MIN_PAIRS)
		take_extent(w, x, y);
	free(x);
	free(y);
}
