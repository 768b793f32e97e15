/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What pictures of ratios share, with a row for each judgement: its numbers, and how far their axis reaches.
 */
#pragma once
#include "figures/axis.h"
#include "judge/compare.h"
#include "text/buf.h"

/* What a policy that is not usable survived is not drawn as a result. */
bool forest_draws(const struct judgement *j);
/* Its line: the interval, or the range of blocks that are too few for one; NAN: nothing is drawn. */
struct extent forest_ends(const struct judgement *j);
/* " ratio low high verdict" of a row of the data, NaN where nothing is drawn; low and high: forest_ends(). */
void forest_numbers(struct buf *dat, const struct judgement *j);
/* What those are, for the head of the data; "label" is the baseline. */
void forest_columns(struct buf *dat, const struct compare *c);

/* At first what counts as equivalent; then all that is drawn of those that are added; then some room. */
struct span forest_span(double margin);
void forest_reach(struct span *s, const struct judgement *j);
struct span forest_room(const struct span *s);
