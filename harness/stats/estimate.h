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
/* The middle of n paired differences, n > 0, with its intervals and p: what effects and differences are made
 * of. */
struct shift middle_of(const double *d, size_t n);
/* All of out except cliff, from log ratios; n > 0. */
void effect_of_logs(const double *d, size_t n, struct effect *out);
/* Times the median absolute deviation: the standard deviation, if values are normal. */
#define MAD_TO_SD 1.4826
/* The standard error of a value with such a 95 % interval, if it were Student's with df degrees of freedom;
 * NAN without one. */
double interval_error(double low, double high, double df);
/* Cliff's delta, see struct effect. */
double cliffs_delta(const double *x, size_t nx, const double *y, size_t ny);
/* An effect of which nothing is known. */
struct effect effect_none(void);
