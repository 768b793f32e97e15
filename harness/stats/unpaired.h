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

/*
 * One night against nr nights before it. A night is one value, the Hodges-Lehmann estimate of its
 * logarithms, so that what varies from night to night counts. The intervals are those of the difference
 * between one more night and the mean of those nights, Student's t with nr - 1 degrees of freedom (the
 * prediction interval for one future observation: Hahn, Meeker, Escobar, Statistical Intervals, 2nd ed.,
 * 4.7.1); they exist from 2 nights on, and p is of the same t. The new night's standard error counts where
 * it is larger than the nights' spread, because it may have fewer blocks than they. out->n is the number of
 * nights; out->cliff is NAN.
 */
int stats_nights(const struct values *night, size_t nr, const struct values *x, struct effect *out);
