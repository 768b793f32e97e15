/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Values that follow one another in time and depend on each other. Pure.
 *
 * An interval that counts n values as n pieces of information is too narrow where each resembles the one
 * before it. The remedy is that of change.h: the first autocorrelation r, corrected for the bias of few
 * values (Kendall, Biometrika 41 (1954) 403); where it exceeds what independent values show (2 / sqrt(n)),
 * standard errors are sqrt((1 + r) / (1 - r)) times as large (Bartlett, J. R. Stat. Soc. B 8 (1946) 27).
 */
#pragma once
#include "stats/effect.h"

/* 1 where no dependence is shown, and for fewer than 10 values, which can't show any. */
double stats_inflation(const double *d, size_t n);

/*
 * Intervals are widened about the ratio, on its logarithm, or about the difference. p then is Student's, as
 * if the 95 % interval were: the exact p of ranks can't grow with it, and a difference of many times the
 * interval must stay one. Without an interval, or with one of no width, p stays.
 */
void effect_inflate(struct effect *e, double factor);
void shift_inflate(struct shift *s, double factor);
/*
 * The same p, one-sided, of "the ratio is at least margin away from 1" (margin is a logarithm), or the
 * difference from 0; NAN where p stays.
 */
double effect_within(const struct effect *e, double margin);
double shift_within(const struct shift *s, double bound);
