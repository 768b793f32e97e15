/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Pictures in a cell of a table, drawn in the page itself (plots/report.css: .strip): no other program makes
 * them, they follow the page's colours, and a dot can say which sample it is. Each has a text for who can't
 * see it. Pure.
 */
#pragma once
#include "figures/axis.h"
#include "judge/points.h"
#include "text/buf.h"

/*
 * A ratio with its interval, on a logarithmic axis that reaches over span; the line is 1, the band the margin
 * of equivalence. text: the same in words. Nothing where forest_draws() nothing.
 */
struct strip_bar {
	const struct judgement *judgement;
	struct span span;
	double margin;
	const char *text;
};
void strip_bar(struct buf *b, const struct strip_bar *bar);

/*
 * Values as dots, a lane for each side, the blocks of a lane from top to bottom. A dot says its sample,
 * block, value and log; with more than STRIP_TITLES of them all together are a shape that says nothing.
 */
#define STRIP_TITLES 200
struct strip_dots {
	const struct point *lane[2]; /* the second may be NULL */
	size_t nr[2];
	const char *name[2];	       /* of the lanes, in words; may be NULL */
	struct span span;	       /* what the width is */
	const struct interval *middle; /* of the first lane, as an upright line; NULL: none */
	const char *unit;	       /* of the values */
};
void strip_dots(struct buf *b, const struct strip_dots *d);
/* Their least and most value; no dot: from is above to. */
struct span strip_span(const struct strip_dots *d);
