/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The Wilcoxon signed-rank statistic; effect.h says what is done with it and where it is from. */
#pragma once
#include <stddef.h>

/*
 * The largest k with P(T < k) <= tail for n pairs without ties, T the sum of the positive ranks: the interval
 * runs from the k-th smallest to the k-th largest Walsh average. 0: there is none. Exact up to
 * STATS_EXACT_PAIRS, then by the normal approximation (Hollander, Wolfe, Chicken, (3.37)), which is off by
 * less than one of the many thousand averages.
 */
size_t signed_rank_critical(size_t n, double tail);

/* Two-sided p of "d is symmetric around 0". NAN for n = 0. */
double signed_rank_p(const double *d, size_t n);
