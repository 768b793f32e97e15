/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Why there is no verdict of difference or equivalence, in words. */
#include <math.h>
#include <stdlib.h>
#include "judge/judgement.h"
#include "util/mem.h"

const char *reason_name(enum reason reason)
{
	static const char *const names[NR_REASON] = {
		[REASON_NONE] = "none",
		[REASON_EJECTED] = "ejected",
		[REASON_FAILED] = "failed",
		[REASON_FEW] = "few",
		[REASON_DIRECTION] = "direction",
		[REASON_SAMPLES] = "samples",
		[REASON_BASELINE] = "baseline",
		[REASON_AA] = "aa",
		[REASON_ZEROS] = "zeros",
		[REASON_IDENTICAL] = "identical",
		[REASON_RESOLUTION] = "resolution",
		[REASON_TOTALS] = "totals",
		[REASON_TAIL] = "tail",
		[REASON_GOING_ON] = "going-on",
		[REASON_BLOCKS] = "blocks",
	};

	return names[reason];
}

static char *lost(const char *side, const struct reliability *r)
{
	char *samples = reliability_text(r), *text = mem_printf("%sonly %s are data points", side, samples);

	free(samples);
	return text;
}

static char *totals_open(const struct judgement *j)
{
	char *more = j->needed ? mem_printf(", about %u blocks would decide", j->needed) : mem_strdup("");
	char *text = mem_printf("the ratio of the totals is %.3f [%.3f, %.3f]%s", j->totals.ratio,
				j->totals.low90, j->totals.high90, more);

	free(more);
	return text;
}

static char *far_out(const struct judgement *j)
{
	double far = 2 * j->margin;

	if (j->tail > 1 + far || j->tail < 1 / (1 + far))
		return mem_printf("p99 of all latencies together is %.3f times the baseline's", j->tail);
	return mem_strdup("a few blocks lie far out");
}

/* Of reasons that do not depend on the values. */
static char *outcome(const struct judgement *j)
{
	char *why, *text;

	switch (j->reason) {
	case REASON_EJECTED:
		why = reliability_why(&j->of);
		text = mem_printf("the kernel ejected it in %u of %u samples%s", j->of.taken[STATUS_EJECTED],
				  j->of.planned, why);
		break;
	case REASON_FAILED:
		why = reliability_why(&j->of);
		text = mem_printf("%u of %u samples failed%s, and none under the baseline",
				  j->of.taken[STATUS_FAILED], j->of.planned, why);
		break;
	case REASON_SAMPLES:
		return lost("", &j->of);
	case REASON_BASELINE:
		return lost("of the baseline ", &j->to);
	case REASON_AA:
		return mem_strdup("the baseline differs from itself");
	default:
		return mem_strdup("");
	}
	free(why);
	return text;
}

static char *too_few(const struct judgement *j)
{
	return mem_printf("%zu %s%s; an interval needs %d", judgement_n(j), j->boots ? "boot" : "block",
			  judgement_n(j) == 1 ? "" : "s", STATS_MIN_PAIRS);
}

static char *more_blocks(const struct judgement *j)
{
	if (!isnan(j->between))
		return mem_printf("runs of it differ by %.2g %% although nothing is changed",
				  100 * j->between);
	return j->needed ? mem_printf("about %u blocks would decide", j->needed)
			 : mem_strdup("how many blocks would decide is not known");
}

char *judgement_reason(const struct judgement *j)
{
	switch (j->reason) {
	case REASON_FEW:
		return too_few(j);
	case REASON_DIRECTION:
		return mem_strdup("the metric has no better direction");
	case REASON_ZEROS:
		return mem_printf("%zu pairs do not have a ratio: a value is zero or negative", j->left_out);
	case REASON_IDENTICAL:
		return mem_strdup("all values are the same to the last digit");
	case REASON_RESOLUTION:
		return mem_printf("the metric comes in steps of %.3g %% of its value", 100 * j->resolution);
	case REASON_TOTALS:
		return totals_open(j);
	case REASON_TAIL:
		return far_out(j);
	case REASON_GOING_ON:
		return mem_strdup("the run goes on");
	case REASON_BLOCKS:
		return more_blocks(j);
	default:
		return outcome(j);
	}
}
