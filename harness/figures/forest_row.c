/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "figures/forest_row.h"

#include <math.h>

bool forest_draws(const struct judgement *j)
{
	return j->effect.n && j->verdict != VERDICT_UNUSABLE;
}

struct extent forest_ends(const struct judgement *j)
{
	if (!forest_draws(j))
		return extent_none();
	return extent_known(&j->extent) ? j->extent : (struct extent){ j->effect.low, j->effect.high, false };
}

static void put_number(struct buf *b, double value)
{
	if (isnan(value))
		buf_put(b, " NaN");
	else
		buf_printf(b, " %.9g", value);
}

/* The verdict; an emulated difference is neither good nor bad. */
static int mark_of(const struct judgement *j)
{
	return j->emulated && judgement_is_difference(j) ? NR_VERDICT : (int)j->verdict;
}

void forest_numbers(struct buf *dat, const struct judgement *j)
{
	put_number(dat, forest_draws(j) ? judgement_ratio(j) : NAN);
	put_number(dat, forest_ends(j).least);
	put_number(dat, forest_ends(j).most);
	buf_printf(dat, " %d\n", mark_of(j));
}

void forest_columns(struct buf *dat, const struct compare *c)
{
	buf_printf(
		dat,
		"# row, ratio to %s, low, high (%s; without a ratio the range of too few blocks), verdict: "
		"0 none, 1 inconclusive, 2 better, 3 worse, "
		"4 equivalent, 5 not usable, 6 different under emulation\n",
		compare_baseline_label(c), compare_interval_name(c));
}

struct span forest_span(double margin)
{
	double band = 1 + 2 * margin;

	return (struct span){ 1 / band, band };
}

void forest_reach(struct span *s, const struct judgement *j)
{
	double ratio = judgement_ratio(j);
	struct extent ends = forest_ends(j);

	if (!forest_draws(j))
		return;
	s->from = fmin(fmin(s->from, ratio), ends.least); /* fmin() passes NAN by */
	s->to = fmax(fmax(s->to, ratio), ends.most);
}

struct span forest_room(const struct span *s)
{
	double room = pow(s->to / s->from, 0.04);

	return (struct span){ s->from / room, s->to * room };
}
