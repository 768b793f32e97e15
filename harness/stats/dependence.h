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

/* The p that a deviate of that p has after it is divided by the factor; NAN stays NAN. */
double stats_inflated_p(double p, double factor);
/* Intervals are widened about the ratio, on its logarithm, and p grows with them. */
void effect_inflate(struct effect *e, double factor);
void shift_inflate(struct shift *s, double factor); /* the same about the difference */
