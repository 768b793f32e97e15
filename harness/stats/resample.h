/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The bootstrap: how often each unit is drawn, and the interval from the statistics of the resamples. */
#pragma once
#include <stddef.h>
#include <gsl/gsl_rng.h>

/* Of a fixed seed; freed with gsl_rng_free(). */
gsl_rng *resample_rng(void);
/* Draws n times one of n with replacement; times[i]: how often it was i. */
void resample_draw(gsl_rng *rng, size_t n, unsigned *times);
/*
 * The expanded percentile p of the nr sorted statistics of resamples of n units: the one at which the normal
 * distribution has z = t(p, n - 1) * sqrt(n / (n - 1)).
 */
double resample_percentile(const double *sorted, size_t nr, size_t n, double p);
