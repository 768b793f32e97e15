/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The turns of a bisection: is a commit like GOOD or like BAD? In each block GOOD, BAD and the commit are
 * measured beside each other. Like BAD is what is nearer to BAD, on a scale of logarithms: the mean of
 * log(commit) - (log(GOOD) + log(BAD)) / 2 lies on BAD's side of 0. So a commit that is neither has a side
 * too, and no size of the regression is assumed. stats/anytime.h has the test. Pure.
 *
 * That the answer is wrong has at most the stated risk, which is shared by all that may go wrong: that GOOD
 * and BAD differ at all, and in which direction, and each of the turns that the commits need at most. Where
 * commits can't be built there may be more turns: these share what the last one may have, each half of the
 * one before.
 */
#pragma once
#include <stddef.h>

#define TURNS_RISK 0.05
#define TURNS_BLOCKS 100 /* the most that a turn may take */

enum turn { TURN_OPEN, TURN_GOOD, TURN_BAD };

/* Turns that lead to one of so many commits. */
unsigned turns_most(unsigned commits);
/* The level of the nth of them, from 1; 0: of the first question, whether GOOD and BAD differ. */
double turns_level(double risk, unsigned most, unsigned nth);

/* The metric of a block: NAN is no data point. */
struct turn_values {
	const double *good, *bad, *mid; /* mid is not needed for the first question */
	size_t nr;
};
/* 1: BAD has more than GOOD, -1: less, 0: not known yet. */
int turns_direction(const struct turn_values *v, double level);
enum turn turns_take(const struct turn_values *v, int direction, double level);
