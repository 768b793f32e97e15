/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Values that come in steps: a clock that counts whole microseconds can't show what lies between. Pure. */
#pragma once
#include <stdbool.h>
#include "stats/effect.h"

/*
 * The step of a metric, inferred: the coarsest power of ten, from 100 down to 1e-9, of which all values are
 * multiples. NAN without values, and where no such power exists. Values of a clock ten times as fine look
 * like that by chance in one of 10^n cases.
 */
double stats_step(const double *x, size_t n);

/*
 * How much of a step the middle of these values may hide. One value that was rounded down hides up to a step;
 * values that scatter over several steps are rounded up and down alike, and their middle hides less: the step
 * times min(1, step / (2 sd)). README.md has the coverage of the intervals.
 */
double stats_hidden(const double *x, size_t n, double step);

/* All values are the same to the last digit, and there are at least two. */
bool stats_identical(const double *x, size_t n);

/*
 * Widens the intervals of x to y by what steps can hide on either side: with middles a and b, the true ratio
 * lies between a / (b + hidden) and (a + hidden) / b where a / b is seen.
 */
struct hidden {
	double x, y;	   /* the middles */
	double of_x, of_y; /* what is hidden in each */
};
void effect_hide(struct effect *e, const struct hidden *h);
