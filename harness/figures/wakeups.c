/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "figures/wakeups.h"
#include <math.h>
#include "record/metric_name.h"

#define UNACCOUNTED 0.01

/* 0: there is no such value. */
static double count_of(const struct metrics *m, const char *name)
{
	const struct metric *metric = metrics_find(m, name);

	return metric && !isnan(metric->value) ? metric->value : 0;
}

void wakeups_add(struct wakeups *w, const struct metrics *of)
{
	double expected = count_of(of, METRIC_CYCLES_EXPECTED), missed = count_of(of, METRIC_CYCLES_MISSED);

	w->expected += expected;
	w->missed += missed;
	w->early += count_of(of, METRIC_CYCLES_EARLY);
	/* Samples of before this was counted have the sum over all threads only. */
	w->unaccounted += metrics_find(of, METRIC_CYCLES_UNACCOUNTED)
				  ? count_of(of, METRIC_CYCLES_UNACCOUNTED)
				  : fabs(count_of(of, METRIC_CYCLES_ACTUAL) + missed - expected);
}

void wakeups_put(struct buf *b, const struct wakeups *w, double total)
{
	if (w->expected <= 0)
		return;
	buf_put(b, "<small>");
	buf_number(b, total - w->missed);
	buf_put(b, " measured, ");
	buf_number(b, w->missed);
	buf_put(b, " put back</small>");
	if (w->early > 0) {
		buf_put(b, "<small>");
		buf_number(b, w->early);
		buf_put(b, " early, left out</small>");
	}
	if (w->unaccounted > UNACCOUNTED * w->expected)
		buf_printf(b,
			   "<small class=\"status\">%.1f %% unaccounted for: the tails are not known</small>",
			   100 * w->unaccounted / w->expected);
}
