/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the kinds of effect share. */
#pragma once
#include "stats/effect.h"
#include "stats/ranks.h"

/* ln x - ln y by position, the caller's to free; NULL if a value is not positive and finite. */
double *log_ratios(const double *x, const double *y, size_t n);
/* All (d[i] + d[k]) / 2 with i <= k, in no order: n(n+1)/2 of them; the caller's to free. */
double *walsh_averages(const double *d, size_t n);
/* The median of these: the Hodges-Lehmann estimator. */
double hodges_lehmann(const double *d, size_t n);
/* All of out but cliff, from log ratios; n > 0. */
void effect_of_logs(const double *d, size_t n, struct effect *out);
/* The order statistics of the nr averages at which the intervals end; shuffles them. */
void interval_ends(double *value, size_t nr, const struct rank_test *test, struct effect *out);
/* Cliff's delta, see struct effect. */
double cliffs_delta(const double *x, size_t nx, const double *y, size_t ny);
/* Without a value of anything. */
struct effect effect_none(void);
