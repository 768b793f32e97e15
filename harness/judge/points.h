/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The data points of a comparison, each with the sample that it is. Pure. */
#pragma once
#include "judge/versus.h"

struct point {
	double value;
	const struct record *sample;
	const struct store_run *run;
};

/* Of a cell, in the order of its samples; how many. The array is the caller's to free. */
size_t points_of_cell(const struct compare *c, unsigned work, unsigned policy, struct point **point);
/*
 * What a side of a row rests on: values, or on BASIS_FAIR the ratio of each to the baseline of its own block;
 * of all nights where side A is several. b: of side B. The array is the caller's to free.
 */
size_t points_of_side(const struct versus_spec *s, const struct versus_row *row, bool b,
		      struct point **point);
