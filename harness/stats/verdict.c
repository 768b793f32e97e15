/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/verdict.h"

#include <math.h>
#include <stdbool.h>

static bool equivalent(const struct effect *e, double margin)
{
	return e->low90 >= 1 / (1 + margin) && e->high90 <= 1 + margin;
}

enum verdict stats_verdict(const struct effect *e, double adjusted_p, const struct verdict_rule *rule)
{
	if (isnan(e->low) || isnan(e->high))
		return VERDICT_NONE;
	if (equivalent(e, rule->margin))
		return VERDICT_EQUIVALENT;
	if (rule->better == BETTER_NONE)
		return VERDICT_NONE;
	if (!(adjusted_p < rule->alpha) || (e->low <= 1 && e->high >= 1))
		return VERDICT_INCONCLUSIVE;
	return (e->high < 1) == (rule->better == BETTER_LOWER) ? VERDICT_BETTER : VERDICT_WORSE;
}

enum gate stats_noninferior(const struct effect *e, double threshold, enum better better)
{
	bool lower = better == BETTER_LOWER;
	double limit = 1 + threshold, worse = lower ? e->high : 1 / e->low,
	       best = lower ? e->low : 1 / e->high;

	if (better == BETTER_NONE || isnan(worse) || isnan(best))
		return GATE_INCONCLUSIVE;
	return worse <= limit ? GATE_PASS : best > limit ? GATE_REGRESSION : GATE_INCONCLUSIVE;
}
