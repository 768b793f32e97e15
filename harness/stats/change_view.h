/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The nights in view of a search for change points (change.h): the statistic of a difference between the
 * first k and the rest, whether it passes, and where it is best put. Every call but the first is O(1) or
 * O(nights).
 */
#pragma once
#include <gsl/gsl_rng.h>
#include <stdbool.h>
#include "stats/change.h"
#include "stats/window.h"

struct view {
	size_t n;
	double middle, scale;	 /* of the nights' values; scale 0: all are alike */
	double z[CHANGE_WINDOW]; /* deviates from the middle, view_permute() deals them out */
	double sum[CHANGE_WINDOW + 1], squares[CHANGE_WINDOW + 1]; /* of the first i */
	double lagged[CHANGE_WINDOW + 1];			   /* of each times the one before it */
};

/* The distance of x from the middle in scales, limited to CHANGE_CLIP. */
double change_deviate(double x, double middle, double scale);
/* x: the nights, in order, that are in the window, at most CHANGE_WINDOW. */
void view_take(struct view *v, const double *x, const struct window *w);

/* Does a difference of the last nights to those before stand out? *nights: how many of them show it most. */
bool view_stands_out(const struct view *v, size_t *nights);
/* p of that, or 1 as soon as it must be above CHANGE_ALPHA. Leaves z in another order. */
double view_permute(struct view *v, gsl_rng *rng, size_t nights);

/* A level before night "at" and another from it on, in deviates. */
struct view_split {
	size_t at, low, high; /* as in struct change, from the first night in view on */
	double before, after;
	double variance; /* of nights about their level, larger where they depend on each other */
};
/* "first": the earliest place; there is never one in the first CHANGE_BEFORE nights. */
void view_split(const struct view *v, size_t first, struct view_split *s);
