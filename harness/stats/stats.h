/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Medians and histograms; effect.h and verdict.h are the comparison. Pure: no I/O, no clock, no globals.
 * Nothing is trimmed or capped.
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

/* Adds b's bins to a, both ascending; bins with the same edges merge. */
void stats_hist_merge(struct hist *a, const struct hist *b);
