/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The effect of a policy: the ratio of its values to the baseline's. Pure: no I/O, no clock, no globals;
 * nothing is trimmed or capped; the same input gives the same digits. What coverage the intervals really
 * have is tabulated in README.md in this directory.
 */
#pragma once
#include <stddef.h>

/*
 * Below 6 pairs no interval of 95 % exists: the two ends of the sorted data hold 1 - 2 / 2^n. So a run of
 * fewer blocks, or boots where these are part of the design, is a demonstration.
 */
#define STATS_MIN_PAIRS 6
/*
 * From so many pairs on p-values are of ranks; below, of Student's t: see location.h. The smallest p of 13
 * ranks, 2 / 2^13, is a tenth of what a family of 20 asks for.
 */
#define STATS_RANKS 13

/* A number that is not known is NAN. Without a pair all are NAN and n is 0. */
struct effect {
	size_t n;	      /* pairs; boots (stats_effect_boots()); for others see stats/unpaired.h */
	double ratio;	      /* x / y */
	double low, high;     /* 95 % interval; NAN under STATS_MIN_PAIRS */
	double low90, high90; /* 90 %, for equivalence: two one-sided tests at 5 %; the same */
	double p;	      /* two-sided, of ratio 1 */
	double cliff;	      /* Cliff's delta, -1 .. 1 */
};

/*
 * Of x to y, paired by position (block). -EINVAL, and all NAN, when a value is not positive and finite:
 * it does not have a ratio. The caller leaves out missing values.
 *
 * ratio: the Hodges-Lehmann estimator on log ratios, exp of the median of the Walsh averages. Intervals:
 * distribution-free, from the order statistics of these averages at the critical values of the Wilcoxon
 * signed-rank statistic (Hollander, Wolfe, Chicken, Nonparametric Statistical Methods, 3rd ed., 3.2, 3.3);
 * with ties they cover at least what they promise.
 *
 * p: the Wilcoxon signed-rank test of the log ratios. Pairs without a difference are left out (Wilcoxon
 * 1945), ties get the mean of their ranks, and the null distribution is that of these very ranks under all
 * signs, so it is exact with ties as well. Beyond STATS_EXACT_PAIRS, where that costs more than it is worth,
 * it is of STATS_RESAMPLES random signs of a fixed seed: p = (1 + as extreme ones) / (1 + all). Two log
 * ratios that differ by less than 1e-12 are tied: that is rounding. p = 1 where all pairs are without a
 * difference. For fewer than STATS_RANKS pairs that differ from each other it is Student's t test of the log
 * ratios.
 *
 * cliff: P(x > y) - P(x < y) over all n * n combinations (Cliff, Psychological Bulletin 114 (1993) 494): how
 * far the two lie apart, whatever the unit; it ignores the pairs.
 */
int stats_effect(const double *x, const double *y, size_t n, struct effect *out);
#define STATS_EXACT_PAIRS 300
#define STATS_RESAMPLES 10000

/*
 * The same where the pairs come from several boots of the machine (boot[i]: any number, the same for
 * pairs of one boot), which differ by more than the pairs of one boot do: the boots, n of them, are then the
 * unit that repeats. Each boot's own Hodges-Lehmann estimate is one value, and ratio, intervals and p are of
 * these as above; cliff is over all pairs. It is exact for however few boots, which a bootstrap of them is
 * not.
 */
int stats_effect_boots(const double *x, const double *y, const unsigned *boot, size_t n, struct effect *out);

/*
 * What repeats: n paired differences as they are, or, with boot, the Hodges-Lehmann estimate of each boot;
 * *nr of them, the caller's to free.
 */
double *stats_units(const double *d, const unsigned *boot, size_t n, size_t *nr);

/*
 * The difference x - y in the metric's own unit, for values that have no ratio: zeros, negative ones. The
 * same estimator, intervals and test as of the ratio, on the differences; boot NULL, or as
 * stats_effect_boots() has it. The caller leaves out what is missing.
 */
struct shift {
	size_t n;
	double value, low, high, low90, high90, p;
};
void stats_shift(const double *x, const double *y, const unsigned *boot, size_t n, struct shift *out);

/*
 * p-values of a family, adjusted for the false discovery rate (Benjamini, Hochberg, J. R. Stat. Soc. B 57
 * (1995) 289): the smallest rate at which each would be a discovery. NAN stays NAN and is not of the family.
 */
void stats_adjust(const double *p, size_t n, double *adjusted);
