/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Wilcoxon's signed-rank test; effect.h says what it is used for, and its source. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

struct rank_test {
	double p; /* two-sided */
	/*
	 * The largest k with P(statistic < k) <= 2.5 and 5 %, as if there were no ties: the 95 and the 90 %
	 * interval run from the k-th smallest to the k-th largest Walsh average. 0: no interval exists.
	 */
	size_t k95, k90;
};

/*
 * Of "d is symmetric around 0"; n > 0. Beyond STATS_EXACT_PAIRS the k are from the normal
 * approximation (Hollander, Wolfe, Chicken, (3.37)), off by less than one of the many thousand averages.
 */
struct rank_test signed_rank(const double *d, size_t n);
/* The k of any other level: the largest with P(statistic < k) <= tail, n > 0; 0: there is none. */
size_t signed_rank_critical(size_t n, double tail);

/* One-sided, small where d lies below 0: of "d is symmetric around 0 or more"; n > 0. 1: no value differs
 * from 0. */
double signed_rank_below(const double *d, size_t n);

#define RANKS_ROUNDING 1e-12 /* logs that are nearer to each other than this are tied */
/* Twice the rank of each value, so that ties, which share the mean of theirs, have whole ones; to be freed.
 */
unsigned *doubled_ranks(const double *x, size_t n, bool *tied);
