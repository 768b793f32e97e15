/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/verdict.h"

#include <math.h>
#include <stdbool.h>

enum gate stats_noninferior(const struct effect *e, double threshold, enum better better)
{
	bool lower = better == BETTER_LOWER;
	double limit = 1 + threshold, worse = lower ? e->high : 1 / e->low,
	       best = lower ? e->low : 1 / e->high;

	if (better == BETTER_NONE || isnan(worse) || isnan(best))
		return GATE_INCONCLUSIVE;
	return worse <= limit ? GATE_PASS : best > limit ? GATE_REGRESSION : GATE_INCONCLUSIVE;
}
