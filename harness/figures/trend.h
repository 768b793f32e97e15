/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The figure of a history: one machine, workload and metric over time, a line a policy; plots/trend.gp. */
#pragma once
#include "figures/figure.h"
#include "judge/history.h"

/* Series of one group that are all ratios, or all medians: what has one axis. */
struct trend {
	const struct history_series **series;
	size_t nr; /* > 0 */
	bool ratio;
};
/* Its files; a negative errno, logged. */
int trend_add(struct figures *f, const struct trend *t);
