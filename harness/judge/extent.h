/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What too few blocks show instead of a ratio: the least and the most of them. A ratio without an interval
 * reads like a result, and of three blocks that lie far apart it may have the wrong side of 1. Pure.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>

struct extent {
	double least, most; /* both NAN: no range, because an interval is known or there is no block */
	bool one;	    /* it is of a single block, so it has no width to show */
};

struct extent extent_none(void);
struct extent extent_of(const double *x, size_t n);
/* Of all ratios of a value of b to one of a. */
struct extent extent_ratio(const struct extent *b, const struct extent *a);
bool extent_known(const struct extent *r);
/*
 * "0.54 … 11", with few digits, because more would look like a measurement; a single block is "1 block".
 * sign: with a sign, for differences. unit "": none. The caller's to free.
 */
char *extent_text(const struct extent *r, bool sign, const char *unit);
