/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What can be said of an effect (effect.h), and the words for it. Pure. */
#pragma once
#include "stats/effect.h"
#include "record/metrics.h"

enum verdict {
	VERDICT_NONE, /* not possible: fewer than STATS_MIN_PAIRS, or no better direction */
	VERDICT_INCONCLUSIVE,
	VERDICT_BETTER,
	VERDICT_WORSE,
	VERDICT_EQUIVALENT,
	VERDICT_UNUSABLE, /* an outcome ahead of any ratio: the policy was ejected, or the work fails under it
			   */
	NR_VERDICT
};

#define VERDICT_MARGIN 0.02
#define VERDICT_ALPHA 0.05

struct verdict_rule {
	double margin; /* equivalent: a ratio from 1 / (1 + margin) to 1 + margin, so that x/y and y/x agree
			*/
	double alpha;  /* of the adjusted p; the intervals are always 95 % and 90 % */
	enum better better;
	unsigned family; /* comparisons whose p are adjusted together; 0 and 1: only this one */
};

/*
 * Blocks with which a run like this one would give a verdict of difference or of equivalence, whichever
 * needs fewer, with a probability of at least 80 % if the effect is what it looks like now; more than there
 * are; 0: not known, or more than 100,000. In a family of m comparisons p has to be below alpha / m: a bound,
 * for several that differ need less each. From STATS_RANKS pairs on p are of ranks, the smallest 2 / 2^n, so
 * n is 1 + log2(m / alpha) at least.
 *
 * The noise of one pair is read from the width of the interval, which shrinks as 1 / sqrt(n): sd =
 * (ln high - ln low) / 2 * sqrt(n) / t(0.975, n - 1), as if the interval were Student's; then n is the
 * smallest with (t(1 - alpha / 2m) + t(0.8)) * sd / sqrt(n) <= |ln ratio|, or with t(1 - alpha / m) and the
 * distance from the margin (Chow, Shao, Wang, Sample Size Calculations in Clinical Research, 2nd ed., 3.1).
 */
unsigned stats_blocks_needed(const struct effect *e, const struct verdict_rule *rule);

/* The noise of one pair: the standard deviation of its log ratio, as above. NAN without an interval. */
double stats_noise(const struct effect *e);

/*
 * The smallest effect (0.01: 1 %) that n blocks would show in a family of so many comparisons, with a
 * probability of 80 %, given the noise of one pair. INFINITY: so many comparisons can't show any with so few
 * blocks. NAN where the noise is, or n is under STATS_MIN_PAIRS.
 */
double stats_shown_by(double sd, size_t n, unsigned family);
/* The fewest blocks, n at least, that can show any difference at all in such a family. */
unsigned stats_enough_blocks(unsigned n, unsigned family);
/* What n blocks would show by the noise of an A/A arm, an effect of fair to fair. NAN where it has no
 * interval. */
double stats_detectable(const struct effect *aa, size_t n, unsigned family);

/*
 * The regression gate: is the effect at worst a loss of threshold (0.02: 2 %)? PASS: the worse end of the
 * 95 % interval is within it. REGRESSION: even the better end is beyond it. No interval, or no better
 * direction, is inconclusive. A loss of t is a ratio of 1 + t, or of 1 / (1 + t) where higher is better.
 */
enum gate { GATE_INCONCLUSIVE, GATE_PASS, GATE_REGRESSION };
enum gate stats_noninferior(const struct effect *e, double threshold, enum better better);

/*
 * "faster" and "slower" where the metric is a time or a rate (unit "s", "us", "loops/s"), "fewer
 * instructions" and "more instructions" where it counts these, else "better" and "worse"; "equivalent",
 * "inconclusive", "not usable", "no verdict".
 */
const char *verdict_word(enum verdict v, const char *unit);
