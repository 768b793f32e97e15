/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A judgement in words. */
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include "record/metric_name.h"
#include "judge/judgement.h"
#include "record/unit.h"
#include "stats/binomial.h"
#include "util/mem.h"

static double percent(double ratio)
{
	return 100 * fabs(ratio - 1);
}

static const char *side(double ratio)
{
	return ratio < 1 ? "less" : "more";
}

/* "4.0 to 8.2 %", or with its sides where it has two: "1.0 % less to 2.0 % more". */
static char *interval(double low, double high)
{
	if (low < 1 && high > 1)
		return mem_printf("%.1f %% less to %.1f %% more", percent(low), percent(high));
	return mem_printf("%.1f to %.1f %%", percent(high < 1 ? high : low), percent(high < 1 ? low : high));
}

/* ", adjusted p 0.004"; a look has none. */
static char *p_value(const struct judgement *j)
{
	double p = j->adjusted;

	if (isnan(p))
		return mem_strdup(j->going_on ? "" : ", no p");
	if (p < 0.0001)
		return mem_strdup(", adjusted p below 0.0001");
	return mem_printf(", adjusted p %.*f", p < 0.001 ? 4 : p < 0.1 ? 3 : 2, p);
}

/* "locality finishes hackbench-pipe in 6.1 % less time than EEVDF" */
static char *claim_of_ratio(const struct judgement *j, const struct verdict_names *n)
{
	const struct effect *e = &j->effect;

	if (!strcmp(n->metric, METRIC_TIME) && unit_is_time(n->unit))
		return mem_printf("%s finishes %s in %.1f %% %s %stime than %s", n->policy, n->workload,
				  percent(e->ratio), side(e->ratio), j->emulated ? "emulated " : "", n->base);
	if (unit_is_exact(n->unit))
		return mem_printf("%s needs %.*f %% %s instructions in %s than %s", n->policy,
				  percent(e->ratio) < 1 ? 2 : 1, percent(e->ratio),
				  e->ratio < 1 ? "fewer" : "more", n->workload, n->base);
	return mem_printf("%s has %.1f %% %s %s in %s than %s", n->policy, percent(e->ratio),
			  e->ratio < 1 ? "lower" : "higher", n->metric, n->workload, n->base);
}

static char *claim(const struct judgement *j, const struct verdict_names *n)
{
	if (j->by == BY_RATIO)
		return claim_of_ratio(j, n);
	return mem_printf("%s has a %s %s by %.4g %s in %s than %s", n->policy,
			  j->shift.value < 0 ? "lower" : "higher", n->metric, fabs(j->shift.value), n->unit,
			  n->workload, n->base);
}

/* Of 95 %, or of 90 % where that is what shows. */
static char *range(const struct judgement *j, bool narrow, const char *unit)
{
	const struct shift *s = &j->shift;

	if (j->by == BY_RATIO)
		return interval(narrow ? j->effect.low90 : j->effect.low,
				narrow ? j->effect.high90 : j->effect.high);
	return mem_printf("%.4g to %.4g %s", narrow ? s->low90 : s->low, narrow ? s->high90 : s->high, unit);
}

static const char *what_repeats(const struct judgement *j)
{
	return j->boots ? "boots" : "blocks";
}

/* Without an interval a ratio says nothing, so only the reason is given. */
static char *without_interval(const struct judgement *j, const struct verdict_names *n)
{
	char *reason = judgement_reason(j), *text;

	if (!judgement_n(j))
		text = mem_printf("%s and %s have no %s in common in %s: %s.", n->policy, n->base,
				  j->boots ? "boot" : "block", n->workload,
				  j->verdict == VERDICT_NONE ? judgement_word(j, n->unit) : reason);
	else
		text = mem_printf("%s against %s in %s: %s: %s.", n->policy, n->base, n->workload,
				  judgement_word(j, n->unit), reason);
	free(reason);
	return text;
}

static char *not_usable(const struct judgement *j, const struct verdict_names *n)
{
	char *why = reliability_why(&j->of), *text;

	if (j->reason == REASON_EJECTED)
		text = mem_printf("%s was ejected by the kernel in %u of %u samples of %s%s: not usable.",
				  n->policy, j->of.taken[STATUS_EJECTED], j->of.planned, n->workload, why);
	else
		text = mem_printf("%u of %u samples of %s under %s failed%s, and none under %s: not usable.",
				  j->of.taken[STATUS_FAILED], j->of.planned, n->workload, n->policy, why,
				  n->base);
	free(why);
	return text;
}

/* Rare events are not excluded: one in fewer blocks than that may not have happened in any. */
static char *equal_remark(const struct judgement *j)
{
	return mem_printf(" within %.3g %%; what happens in fewer than 1 of %.0f %s may not show in %zu",
			  100 * j->margin, ceil(1 / stats_unseen(judgement_n(j))), what_repeats(j),
			  judgement_n(j));
}

/* What follows the verdict's word. */
static char *remark(const struct judgement *j)
{
	char *reason, *text;

	if (j->verdict == VERDICT_EQUIVALENT)
		return equal_remark(j);
	if (!j->reason || (j->reason == REASON_BLOCKS && !j->needed))
		return mem_strdup("");
	reason = judgement_reason(j);
	text = mem_printf(", %s", reason);
	free(reason);
	return text;
}

/* " (in 28 of 30 samples (2 void))": a few are lost, too few to exclude a verdict. */
static char *survivors(const struct judgement *j)
{
	char *samples, *text;

	if (!reliability_lost(&j->of) || j->reason == REASON_SAMPLES)
		return mem_strdup("");
	samples = reliability_text(&j->of);
	text = mem_printf(" in %s", samples);
	free(samples);
	return text;
}

static char *totals_remark(const struct judgement *j)
{
	if (j->reason == REASON_TOTALS || !judgement_totals_differ(j))
		return mem_strdup("");
	if (j->going_on)
		return mem_printf(" Its total is %.3f times the baseline's so far.", j->totals.ratio);
	return mem_printf(" Its total is %.3f times the baseline's (90 %% interval %.3f to %.3f).",
			  j->totals.ratio, j->totals.low90, j->totals.high90);
}

char *judgement_sentence(const struct judgement *j, const struct verdict_names *names)
{
	bool equal = j->verdict == VERDICT_EQUIVALENT;
	char *what, *ends, *p, *rest, *some, *totals, *text;

	if (j->verdict == VERDICT_UNUSABLE)
		return not_usable(j, names);
	if (!judgement_has_interval(j))
		return without_interval(j, names);
	what = claim(j, names);
	ends = range(j, equal, names->unit);
	p = p_value(j);
	some = survivors(j);
	rest = remark(j);
	totals = totals_remark(j);
	text = mem_printf("%s (%s interval %s, %zu %s%s): %s%s%s.%s", what,
			  j->going_on ? "interim"
			  : equal     ? "90 %"
				      : "95 %",
			  ends, judgement_n(j), what_repeats(j), p, judgement_word(j, names->unit), some,
			  rest, totals);
	free(what);
	free(ends);
	free(p);
	free(some);
	free(rest);
	free(totals);
	return text;
}
