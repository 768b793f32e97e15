/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How far runs of one series lie apart although nothing was changed: boot, layout and temperature differ from
 * run to run and not within one, so no number of blocks shows it; the nights of the series do. Pure.
 *
 * Random effects: a night's log ratio is its level, plus what varies from night to night, plus the mean noise
 * of its blocks (Searle, Casella, McCulloch, Variance Components, 1992, 3.6). Levels are those between the
 * change points (change.h), incidents are left out, and all levels give one spread. A night further than
 * NIGHTS_CLIP scaled median absolute deviations from its level's median counts as so far, so that one wild
 * night among few moves little (Huber, Robust Statistics, 1981, 1.7). Intervals are Student's t with the
 * degrees of freedom of the nights.
 */
#pragma once
#include <stdbool.h>
#include "stats/unpaired.h"

#define NIGHTS_CLIP 3
#define NIGHTS_DF 0.75 /* of the degrees of freedom is what clipping leaves, as far as tails go */
/* Nights that a comparison of two runs needs, and those on the level that a run is compared with. */
#define NIGHTS_FOR_SPREAD 6
#define NIGHTS_FOR_LEVEL 5

/* A night by itself: the log of its Hodges-Lehmann ratio, and its standard error by the blocks. */
struct night_ratio {
	double x;
	double error; /* NAN: one block, which has none */
};
struct night_ratio stats_night(const struct values *v); /* x NAN: empty, or a value has no logarithm */

struct night_spread {
	size_t nr;	/* nights that it is of */
	size_t recent;	/* those of them on the present level, and latest as the rule has it */
	double level;	/* the median of these */
	double sd;	/* of a night about its level */
	double between; /* the part of it that the blocks' noise does not explain */
	double error;	/* the blocks' part of a typical night; NAN: not known */
	double df;
};

struct night_rule {
	double smallest; /* change of level, see stats_changes() */
	size_t most;	 /* of the latest nights for the level; 0: all */
};

/* night[0] is the oldest. Without nights all is NAN and 0. */
struct night_spread stats_night_spread(const struct night_ratio *night, size_t nr,
				       const struct night_rule *rule);

/*
 * Two runs, x to y, as stats_unpaired(), whose ratio it has, with intervals and p that hold for runs: NAN for
 * a spread of fewer than NIGHTS_FOR_SPREAD nights.
 */
int stats_two_runs(const struct values *x, const struct values *y, const struct night_spread *s,
		   struct effect *out);

/*
 * One more night against the present level: a prediction interval (Hahn, Meeker, Escobar, Statistical
 * Intervals, 2nd ed., 4.7.1) with the variance of a median, NAN where the level has fewer than
 * NIGHTS_FOR_LEVEL nights. out->n is their number, out->cliff NAN.
 */
int stats_next_night(const struct values *x, const struct night_spread *s, struct effect *out);

/* The same of the two runs' totals: x and y are those of each run to its own baseline (totals.h). */
void stats_two_totals(const struct effect *x, const struct effect *y, const struct night_spread *s,
		      struct effect *out);

/* Most of the interval's variance is from run to run: more blocks would not take it away. */
bool stats_runs_decide(const struct effect *e, const struct night_spread *s);

/* p of "the ratio is outside the margin", by two one-sided tests; NAN without an interval. */
double stats_runs_within(const struct effect *e, double df, double margin);
