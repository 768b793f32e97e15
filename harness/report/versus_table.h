/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rows of two sides as a table of a page: a forest of B / A with the values of both beside it. */
#pragma once
#include "judge/regress.h"
#include "text/buf.h"

struct versus_table {
	const struct versus *v;
	const struct versus_spec *spec;
	const struct regress_row *gate; /* one each of v's; NULL: nothing is gated */
	const char *caption, *head_a, *head_b;
	bool points; /* every data point of both sides is known */
};

void versus_table(struct buf *b, const struct versus_table *t);
/* What became of the samples of both sides, a row for each of the table's: before any ratio. */
void versus_outcomes(struct buf *b, const struct versus *v);
