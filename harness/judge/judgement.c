/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "judge/judgement.h"

#include <math.h>
#include <stdlib.h>
#include "stats/effect.h"
#include "util/mem.h"

/* The ends of an interval, and a tail, may leave 1 by so many times the margin. */
#define FAR_OUT 2

struct judgement judgement_none(void)
{
	const struct effect none = { 0, NAN, NAN, NAN, NAN, NAN, NAN, NAN };

	return (struct judgement){ .effect = none,
				   .shift = { 0, NAN, NAN, NAN, NAN, NAN, NAN },
				   .extent = extent_none(),
				   .totals = none,
				   .tail = NAN,
				   .adjusted = NAN,
				   .equal = NAN,
				   .equal_adjusted = NAN,
				   .margin = NAN,
				   .bound = NAN,
				   .step = NAN,
				   .resolution = NAN,
				   .between = NAN,
				   .inflation = 1,
				   .carried = 1 };
}

double judgement_p(const struct judgement *j)
{
	return j->by == BY_RATIO ? j->effect.p : j->shift.p;
}

double judgement_ratio(const struct judgement *j)
{
	return extent_known(&j->extent) ? NAN : j->effect.ratio;
}

void judgement_take_extent(struct judgement *j, const double *each, size_t n)
{
	if (n < STATS_MIN_PAIRS && !judgement_has_interval(j))
		j->extent = extent_of(each, n);
}

bool judgement_has_interval(const struct judgement *j)
{
	return j->by == BY_RATIO ? !isnan(j->effect.low) && !isnan(j->effect.high) : !isnan(j->shift.low);
}

size_t judgement_n(const struct judgement *j)
{
	return j->by == BY_RATIO ? j->effect.n : j->shift.n;
}

void judgement_adjust(struct judgement *const *family, size_t n)
{
	double *p = mem_zalloc(n, sizeof(*p)), *adjusted = mem_zalloc(n, sizeof(*adjusted));

	for (size_t i = 0; i < n; i++)
		p[i] = judgement_p(family[i]);
	stats_adjust(p, n, adjusted);
	for (size_t i = 0; i < n; i++) {
		family[i]->adjusted = adjusted[i];
		p[i] = family[i]->equal;
	}
	stats_adjust(p, n, adjusted);
	for (size_t i = 0; i < n; i++)
		family[i]->equal_adjusted = adjusted[i];
	free(p);
	free(adjusted);
}

static bool within(double low, double high, double margin)
{
	return low >= 1 / (1 + margin) && high <= 1 + margin;
}

static bool ranks_are_equal(const struct judgement *j, double alpha)
{
	if (j->equal_adjusted >= alpha)
		return false;
	if (j->by == BY_RATIO)
		return within(j->effect.low90, j->effect.high90, j->margin);
	return j->shift.low90 >= -j->bound && j->shift.high90 <= j->bound;
}

/* -1: lower than the baseline, 1: higher, 0: no difference is shown. */
static int side_shown(const struct judgement *j, double alpha)
{
	bool ratio = j->by == BY_RATIO;
	double low = ratio ? log(j->effect.low) : j->shift.low,
	       high = ratio ? log(j->effect.high) : j->shift.high;

	if (!(j->adjusted < alpha))
		return 0;
	return high < 0 ? -1 : low > 0 ? 1 : 0;
}

bool judgement_differs(const struct judgement *j, double alpha)
{
	return side_shown(j, alpha);
}

/* The totals are within the margin, or not known, as where all values are zero. */
static bool totals_are_equal(const struct judgement *j)
{
	return isnan(j->totals.ratio) || (within(j->totals.ratio, j->totals.ratio, j->margin) &&
					  within(j->totals.low90, j->totals.high90, j->margin));
}

static bool nothing_lies_far_out(const struct judgement *j)
{
	double far = FAR_OUT * j->margin;
	bool interval = j->by == BY_RATIO
				? within(j->effect.low, j->effect.high, far)
				: j->shift.low >= -FAR_OUT * j->bound && j->shift.high <= FAR_OUT * j->bound;

	return interval && (isnan(j->tail) || within(j->tail, j->tail, far));
}

static bool totals_say_the_opposite(const struct judgement *j, int side)
{
	return side < 0 ? j->totals.ratio > 1 : j->totals.ratio < 1;
}

static enum reason not_usable(const struct judgement *j)
{
	if (j->of.taken[STATUS_EJECTED])
		return REASON_EJECTED;
	return j->of.taken[STATUS_FAILED] && !j->to.taken[STATUS_FAILED] ? REASON_FAILED : REASON_NONE;
}

/* What excludes any verdict. */
static enum reason not_shown(const struct judgement *j, bool vetoed)
{
	if (j->of.planned && j->of.planned < STATS_MIN_PAIRS)
		return REASON_FEW;
	if (!reliability_suffices(&j->of))
		return REASON_SAMPLES;
	if (!reliability_suffices(&j->to))
		return REASON_BASELINE;
	if (vetoed)
		return REASON_AA;
	if (j->by == BY_RATIO && j->left_out > 1)
		return REASON_ZEROS;
	if (!judgement_has_interval(j))
		return REASON_FEW;
	return j->going_on ? REASON_GOING_ON : REASON_NONE;
}

/* What contradicts equality that ranks show. */
static enum reason not_equal(const struct judgement *j)
{
	if (!totals_are_equal(j))
		return REASON_TOTALS;
	return nothing_lies_far_out(j) ? REASON_NONE : REASON_TAIL;
}

/* What excludes equality, whatever the ranks say. */
static enum reason not_measured(const struct judgement *j)
{
	if (j->identical)
		return REASON_IDENTICAL;
	return j->resolution > j->margin ? REASON_RESOLUTION : REASON_NONE;
}

static void decide_verdict(struct judgement *j, enum verdict verdict, enum reason reason)
{
	j->verdict = verdict;
	j->reason = reason;
}

static void decide_difference(struct judgement *j, int side, enum better better)
{
	if (better == BETTER_NONE)
		decide_verdict(j, VERDICT_NONE, REASON_DIRECTION);
	else if (totals_say_the_opposite(j, side))
		decide_verdict(j, VERDICT_INCONCLUSIVE, REASON_TOTALS);
	else
		decide_verdict(j, (side < 0) == (better == BETTER_LOWER) ? VERDICT_BETTER : VERDICT_WORSE,
			       REASON_NONE);
}

static void decide_by_evidence(struct judgement *j, const struct verdict_rule *rule)
{
	enum reason coarse = not_measured(j);
	int side = side_shown(j, rule->alpha);

	if (!coarse && ranks_are_equal(j, rule->alpha)) {
		enum reason reason = not_equal(j);

		decide_verdict(j, reason ? VERDICT_INCONCLUSIVE : VERDICT_EQUIVALENT, reason);
	} else if (side) {
		decide_difference(j, side, rule->better);
	} else if (coarse) {
		decide_verdict(j, VERDICT_INCONCLUSIVE, coarse);
	} else {
		decide_verdict(j, rule->better == BETTER_NONE ? VERDICT_NONE : VERDICT_INCONCLUSIVE,
			       rule->better == BETTER_NONE ? REASON_DIRECTION : REASON_BLOCKS);
	}
}

/* Where only the totals are open, more blocks can only show that these are equal. */
static unsigned blocks_needed(const struct judgement *j, const struct verdict_rule *rule)
{
	struct verdict_rule equal = *rule;

	equal.better = BETTER_NONE;
	if (j->by != BY_RATIO || !isnan(j->between))
		return 0;
	if (j->reason == REASON_TOTALS)
		return stats_blocks_needed(&j->totals, &equal);
	return j->reason == REASON_BLOCKS ? stats_blocks_needed(&j->effect, rule) : 0;
}

void judgement_rule(struct judgement *j, const struct verdict_rule *rule, bool vetoed)
{
	enum reason outcome = not_usable(j), missing = not_shown(j, vetoed);

	j->margin = rule->margin;
	if (outcome)
		decide_verdict(j, VERDICT_UNUSABLE, outcome);
	else if (missing)
		decide_verdict(j, missing == REASON_FEW ? VERDICT_NONE : VERDICT_INCONCLUSIVE, missing);
	else
		decide_by_evidence(j, rule);
	j->needed = blocks_needed(j, rule);
}

bool judgement_totals_differ(const struct judgement *j)
{
	double far = fabs(log(j->totals.ratio / j->effect.ratio));

	return far > log1p(j->margin);
}

static double inverse(double x)
{
	return 1 / x;
}

static void swap_ends(double *low, double *high, double (*mirror)(double))
{
	double end = mirror(*low);

	*low = mirror(*high);
	*high = end;
}

static void mirror_effect(struct effect *e)
{
	e->ratio = 1 / e->ratio;
	e->cliff = -e->cliff;
	swap_ends(&e->low, &e->high, inverse);
	swap_ends(&e->low90, &e->high90, inverse);
}

static double negative(double x)
{
	return -x;
}

struct judgement judgement_mirrored(const struct judgement *j)
{
	struct judgement m = *j;

	mirror_effect(&m.effect);
	mirror_effect(&m.totals);
	m.shift.value = -m.shift.value;
	swap_ends(&m.extent.least, &m.extent.most, j->by == BY_RATIO ? inverse : negative);
	swap_ends(&m.shift.low, &m.shift.high, negative);
	swap_ends(&m.shift.low90, &m.shift.high90, negative);
	m.tail = 1 / m.tail;
	m.of = j->to;
	m.to = j->of;
	if (judgement_is_difference(j))
		m.verdict = j->verdict == VERDICT_BETTER ? VERDICT_WORSE : VERDICT_BETTER;
	if (j->verdict == VERDICT_UNUSABLE)
		decide_verdict(&m, VERDICT_INCONCLUSIVE, REASON_BASELINE);
	else if (j->reason == REASON_SAMPLES || j->reason == REASON_BASELINE)
		m.reason = j->reason == REASON_SAMPLES ? REASON_BASELINE : REASON_SAMPLES;
	return m;
}
