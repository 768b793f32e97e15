/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/window.h"

#include <math.h>
#include <string.h>
#include "stats/estimate.h"

/* How many are smaller than x. */
static size_t window_rank(const struct window *w, double x)
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
	size_t i = window_rank(w, x);

	memmove(&w->sorted[i + 1], &w->sorted[i], (w->n++ - i) * sizeof(*w->sorted));
	w->sorted[i] = x;
}

void window_drop(struct window *w, double x)
{
	size_t i = window_rank(w, x);

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

/*
 * How far from the median the k nearest values reach, k > 0. They are neighbours in order: the first of them
 * is found by halving: as it moves up, the lower end comes nearer to the median and the upper one moves away.
 */
static double reach(const struct window *w, double median, size_t k)
{
	size_t low = 0, high = w->n - k;

	while (low < high) {
		size_t first = (low + high) / 2;

		if (median - w->sorted[first] > w->sorted[first + k] - median)
			low = first + 1;
		else
			high = first;
	}
	return fmax(median - w->sorted[low], w->sorted[low + k - 1] - median);
}

double window_scale(const struct window *w)
{
	double median = window_median(w);
	double deviation = (reach(w, median, (w->n + 1) / 2) + reach(w, median, w->n / 2 + 1)) / 2;

	return deviation > 0 ? MAD_TO_SD * deviation : 1.2533 * mean_deviation(w, median);
}
