/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The statistics that are shown. Pure: no I/O, no clock, no globals. Nothing is trimmed or capped.
 */
#pragma once
#include <stddef.h>
#include "util/metrics.h"

/* Median; NAN for n = 0. Sorts nothing of the caller's. */
double stats_median(const double *x, size_t n);

/*
 * Quantile q of a histogram, the upper edge of the bin that holds it (so never too small), NAN when
 * fewer than 10 values lie beyond it or it falls into the overflow.
 */
double stats_hist_quantile(const struct hist *h, double q);
#define STATS_MIN_EXCEED 10

/*
 * Ratio of x to y paired by position: the Hodges-Lehmann estimator on log ratios, exp of the median of
 * the Walsh averages, with the distribution-free 95 % interval from the Wilcoxon signed-rank statistic
 * (Hollander, Wolfe, Chicken, Nonparametric Statistical Methods, 3rd ed., 3.2 and 3.3). The interval
 * exists from n = 6 on; low and high are NAN below. Pairs with a value that is not positive are a
 * caller's error: -EINVAL.
 */
struct ratio {
	size_t n;
	double ratio, low, high;
};
int stats_ratio(const double *x, const double *y, size_t n, struct ratio *out);

/* Adds b's bins to a, both ascending; bins with the same edges merge. */
void stats_hist_merge(struct hist *a, const struct hist *b);
