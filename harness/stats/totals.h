/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The ratio of what x and y need together: sum x / sum y over pairs. Pure.
 *
 * The ratio of effect.h rests on ranks: what happens in a minority of the blocks can't move it. A user pays
 * the total, where one sample that stalls counts in full, so both are shown.
 *
 * Interval and p are from the jackknife of the logarithm (Tukey; Efron, Tibshirani, An Introduction to the
 * Bootstrap, 11): one pair is left out at a time, or one boot where these are what repeats (boot not NULL;
 * see stats_effect_boots()), and the ends are those of Student's t with that many minus one. cliff is NAN.
 * All NAN where a sum is not positive; the interval and p also for fewer than STATS_MIN_PAIRS of what
 * repeats.
 */
#pragma once
#include "stats/effect.h"

void stats_totals(const double *x, const double *y, const unsigned *boot, size_t n, struct effect *out);
