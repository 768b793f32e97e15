/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Numbers and histograms of one policy; effect.h and verdict.h compare two. Pure: no I/O, no clock, no
 * globals. Nothing is trimmed or capped. Where chance is used, its seed is fixed: the same input gives the
 * same digits. What coverage the intervals really have is tabulated in README.md in this directory.
 */
#pragma once
#include <stddef.h>
#include "record/metrics.h"

/* A value with its 95 % interval; what is not known is NAN. */
struct interval {
	double value, low, high;
};

/* Median; NAN for n = 0. Leaves x as it is. */
double stats_median(const double *x, size_t n);

/*
 * With the exact interval between two order statistics, the narrowest symmetric one of at least 95 % by the
 * binomial distribution (Hollander, Wolfe, Chicken, Nonparametric Statistical Methods, 3rd ed., 3.6). It
 * exists from n = 6 on.
 */
struct interval stats_median_interval(const double *x, size_t n);

/*
 * Did the values drift while the run went on? Spearman's rank correlation of the values, in order of time,
 * with that order; p two-sided. Ties share the mean of their ranks. p is exact, over all orders, for n < 10,
 * then Student's approximation (Kendall, Stuart, The Advanced Theory of Statistics, 31.19). A warning and
 * not a verdict: blocks are random, so a drift widens the intervals and favours no policy. NAN for n < 3 and
 * where all values are the same.
 */
struct drift {
	double rho, p;
};
struct drift stats_drift(const double *x, size_t n);

/*
 * How far values that should be the same lie apart: standard deviation over mean, and the largest over the
 * smallest. NAN for n < 2 and where a value is not above 0.
 */
struct spread {
	double cv, range;
};
struct spread stats_spread(const double *x, size_t n);

/*
 * Quantile q of a histogram, interpolated within the bin that holds it, as if its values were spread evenly:
 * low + width * (rank - values below the bin) / values in it. NAN when fewer than 10 values lie beyond it or
 * it falls into the overflow.
 */
double stats_hist_quantile(const struct hist *h, double q);
#define STATS_MIN_EXCEED 10
/*
 * How far it may be off because values are not spread evenly: the bin's width, times a quarter of the e-folds
 * by which the density changes to the next bins, 1 at most. A whole width where a neighbour is empty, for the
 * values may then be anywhere in the bin. NAN in the overflow. README.md has the coverage of intervals.
 */
double stats_hist_step(const struct hist *h, double q);

/* Adds b's bins to a, both ascending; bins with the same edges merge. */
void stats_hist_merge(struct hist *a, const struct hist *b);

/*
 * The quantiles stats_tail[] of the histograms of n blocks merged, as above. The interval resamples whole
 * blocks STATS_BANDS times, because latencies of one block are not independent, and takes the expanded
 * percentiles (Hesterberg, American Statistician 69 (2015) 371, 5.3: as wide as Student's interval would be;
 * the plain ones are too narrow with few blocks). Resamples for the upper end have the worst block once more
 * on average (Poisson): where k blocks had an event, up to k + 1 of as many blocks are what the exact limit
 * of a Poisson count has, and k alone is too few. Its ends are NAN for fewer than stats_tail_blocks[] blocks,
 * and where the quantile of any resample falls into the overflow. A block without a histogram is NULL and
 * left out.
 *
 * p99.9 needs 30 blocks: a stall in one block of ten decides it, and 30 blocks have none in 4 % of runs.
 */
#define NR_TAIL 4
#define STATS_BANDS 2000
extern const double stats_tail[NR_TAIL]; /* 0.5, 0.9, 0.99, 0.999 */
extern const size_t stats_tail_blocks[NR_TAIL];
void stats_tail_bands(const struct hist *const *block, size_t n, struct interval out[NR_TAIL]);

/*
 * Quantile shift: how much later, in the histograms' unit, the quantile comes in x than in y (Doksum, Annals
 * of Statistics 2 (1974) 267). Resampled as pairs; a block that lacks either is left out.
 */
void stats_tail_shifts(const struct hist *const *x, const struct hist *const *y, size_t n,
		       struct interval out[NR_TAIL]);
