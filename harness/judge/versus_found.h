/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The parts of a row of versus.h. Only judge/ includes this. */
#pragma once
#include "judge/versus.h"
#include "stats/unpaired.h"

/* The cell of a row in one of the runs, and that of the baseline; NULL: the run has none. */
struct found {
	const struct compare *c;
	const struct cell *cell, *base;
	const struct work *work;
};

struct found versus_find(const struct compare *c, const struct versus_row *row, const char *policy);
/*
 * Its values without gaps, over the baseline's where that is the basis; by boot where the design has them.
 * The caller frees value.
 */
struct values versus_ratios(const struct found *f, enum basis basis);
/* Sets row->judgement; the rest of the row is known. */
void versus_effect_make(const struct versus_spec *s, struct versus_row *row);
