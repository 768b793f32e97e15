/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Axes: how far they reach, in which unit they are read, where they have tics and what stands at these. Data
 * stays in its own unit; only what stands at the tics is in the axis's. Pure.
 */
#pragma once
#include "text/buf.h"

/* Of the values, in their own unit. */
struct span {
	double from, to;
};
/* Room on either side of what is drawn. An axis goes below zero only where a value does. */
struct span span_around(double least, double most, double room);

/* A unit, and how many of it one of the values' own is: "us a run" becomes "ms", " a run" and 0.001. */
struct scale {
	const char *time, *rest; /* time: "" where it does not begin with one */
	double per;
};
/* Of a time the largest unit in which "most" is at least 1, so that 180000 us reads 180 ms; else its own. */
struct scale scale_of(const char *unit, double most);
char *scale_unit(const struct scale *s); /* "ms a run"; the caller's to free */

struct axis {
	const char *name, *unit; /* unit: of the values */
	struct span span;
	/* Characters that fit beside each other, also in a narrow picture; 0: its tics stand above each
	 * other. */
	unsigned wide, narrow;
};

/*
 * In the script: NAME_from and NAME_to; tics as gnuplot takes them, NAME_tics and, for a narrow picture,
 * NAME_few; NAME_long, the length of the longest of NAME_tics. Thousands are in groups. Returns the unit of
 * what stands there, the caller's to free.
 */
char *axis_linear(struct buf *gp, const struct axis *a);
/* On a logarithmic scale, whose span is above 0. Each tic of a time has a unit of its own: "10 us", "1 ms".
 */
void axis_log(struct buf *gp, const struct axis *a);
