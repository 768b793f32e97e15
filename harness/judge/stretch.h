/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A run's part of a stored series, and its ratios to the fair of the same run. Pure. */
#pragma once
#include "judge/pairs.h"
#include "store/store.h"

/* The points of one run, in order of block. */
struct stretch {
	const struct store_point *point;
	size_t nr;
};

struct stretch stretch_at(const struct store_series *s, size_t first);
/* The same run in the series of fair: moves *at on to it. Empty where fair has none of it. */
struct stretch stretch_fair(const struct store_series *fair, size_t *at, const struct store_point *p);
/* By block, boots where these are part of the design. Freed by pairs_free(). */
struct pairs stretch_pairs(const struct stretch *run, const struct stretch *fair);
