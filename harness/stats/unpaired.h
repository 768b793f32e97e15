/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Groups that are not paired by block: two runs, or a run against the nights before it. Pure.
 *
 * All values are positive; effects are on their logarithms and given as ratios of x to y, as stats_effect()
 * gives those of pairs. -EINVAL for a value that is not positive and finite: the caller's error.
 */
#pragma once
#include "stats/effect.h"

struct values {
	const double *value;
	size_t n;
};

/*
 * The Hodges-Lehmann shift: exp of the median of all differences log x[i] - log y[k], with the interval and
 * the p-value of the Mann-Whitney statistic (Hollander, Wolfe, Chicken, Nonparametric Statistical Methods,
 * 3rd ed., 4.1 to 4.3): its exact distribution where nothing ties and x.n * y.n is at most 625, the normal
 * one beyond, corrected for ties and continuity. out->n is the smaller group; the intervals exist from 6 in
 * each.
 *
 * What varies from run to run but not within a run is in the ratio and not in its interval: two runs can't
 * show it.
 */
int stats_unpaired(const struct values *x, const struct values *y, struct effect *out);

/* The Hodges-Lehmann estimate of a group by itself; NAN if it is empty or a value has no logarithm. */
double stats_middle(const struct values *v);
