/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/window.h"

#include <math.h>
#include <string.h>

/* How many are smaller than x. */
static size_t rank(const struct window *w, double x)
{
	size_t low = 0, high = w->n;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (w->sorted[middle] < x)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

void window_add(struct window *w, double x)
{
	size_t i = rank(w, x);

	memmove(&w->sorted[i + 1], &w->sorted[i], (w->n++ - i) * sizeof(*w->sorted));
	w->sorted[i] = x;
}

void window_drop(struct window *w, double x)
{
	size_t i = rank(w, x);

	memmove(&w->sorted[i], &w->sorted[i + 1], (--w->n - i) * sizeof(*w->sorted));
}

double window_median(const struct window *w)
{
	return (w->sorted[(w->n - 1) / 2] + w->sorted[w->n / 2]) / 2;
}

static double mean_deviation(const struct window *w, double from)
{
	double sum = 0;

	for (size_t i = 0; i < w->n; i++)
		sum += fabs(w->sorted[i] - from);
	return sum / w->n;
}

/* The k-th smallest distance from the median, k from 0: the two sides of it are merged from within. */
double window_scale(const struct window *w)
{
	double median = window_median(w), distance = 0, before = 0;
	size_t right = w->n / 2, left = right;

	for (size_t taken = 0; taken <= w->n / 2; taken++) {
		double below = left ? median - w->sorted[left - 1] : INFINITY;
		double above = right < w->n ? w->sorted[right] - median : INFINITY;

		before = distance;
		if (below <= above)
			left--;
		else
			right++;
		distance = fmin(below, above);
	}
	if (w->n % 2 == 0)
		distance = (before + distance) / 2;
	return distance > 0 ? 1.4826 * distance : 1.2533 * mean_deviation(w, median);
}
