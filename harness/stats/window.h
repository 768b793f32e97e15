/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The last values of a series, kept sorted: their median and scale at any time, without sorting again. */
#pragma once
#include <stddef.h>

struct window {
	double *sorted; /* room for as many as are in at once, the owner's */
	size_t n;
};

void window_add(struct window *w, double x);
void window_drop(struct window *w, double x); /* it was added before */
double window_median(const struct window *w); /* n > 0 */
/*
 * The median absolute deviation from the median, times 1.4826 to be the standard deviation of normal values;
 * where more than half are alike, the mean absolute deviation times 1.2533 in its stead. 0: all are alike.
 */
double window_scale(const struct window *w);
