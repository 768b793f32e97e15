/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "judge/regress.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "util/mem.h"

const char *ruling_name(enum ruling ruling)
{
	static const char *const names[NR_RULING] = {
		[RULING_INFO] = "not gated",
		[RULING_PASS] = "pass",
		[RULING_INCONCLUSIVE] = "inconclusive",
		[RULING_MISSING] = "missing",
		[RULING_BROKEN] = "broken",
		[RULING_REGRESSION] = "regression",
	};

	return names[ruling];
}

void regress_rule(struct regress_row *row, enum ruling ruling, char *why)
{
	free(row->why);
	row->ruling = ruling;
	row->why = why;
}

void regress_count(struct regress *r)
{
	memset(r->count, 0, sizeof(r->count));
	r->ruling = RULING_INFO;
	for (size_t i = 0; i < r->versus.nr; i++) {
		r->count[r->row[i].ruling]++;
		if (r->row[i].ruling > r->ruling)
			r->ruling = r->row[i].ruling;
	}
}

/* The latest night says what the baseline has: a policy that was dropped before is not missing. */
static bool baseline_has(const struct versus_spec *s, const struct versus_row *v)
{
	return compare_work(s->a, v->work->name, v->work->metric) >= 0 &&
	       compare_policy(s->a, v->policy_a) >= 0;
}

/* Blocks make a run surer of itself, not more like the others. */
static char *why_open(const struct regress_row *row)
{
	const struct versus_row *v = row->v;

	if (v->wanted)
		return mem_printf(
			"how far runs lie apart is not known: %zu more of this machine, plan and work "
			"would show it",
			v->wanted);
	if (isnan(v->judgement.effect.low))
		return mem_printf("too few for an interval: %zu blocks", v->b.n);
	if (!stats_runs_decide(&v->judgement.effect, &v->spread))
		return mem_strdup("more blocks in each run may decide");
	return mem_printf("runs of it differ by %.2g %% although nothing is changed",
			  100 * v->judgement.between);
}

static void rule_effect(struct regress_row *row)
{
	const struct versus_row *v = row->v;

	switch (stats_noninferior(&v->judgement.effect, row->threshold, v->work->better)) {
	case GATE_PASS:
		regress_rule(row, RULING_PASS, NULL);
		return;
	case GATE_REGRESSION:
		regress_rule(row, RULING_REGRESSION,
			     mem_printf("even the better end of the interval is beyond %.3g %%",
					100 * row->threshold));
		return;
	default:
		break;
	}
	if (v->work->better == BETTER_NONE) {
		regress_rule(row, RULING_INCONCLUSIVE, mem_strdup("the metric has no better direction"));
		return;
	}
	regress_rule(row, RULING_INCONCLUSIVE, why_open(row));
}

/* By how much the totals are worse, as a ratio. */
static double loss_of_totals(const struct versus_row *v)
{
	double ratio = v->judgement.totals.ratio;

	return v->work->better == BETTER_HIGHER ? 1 / ratio : ratio;
}

/* What is lost is seldom lost at random, so the rest does not speak for it. */
static enum reason not_to_be_judged(const struct judgement *j)
{
	if (!reliability_suffices(&j->of))
		return REASON_SAMPLES;
	if (!reliability_suffices(&j->to))
		return REASON_BASELINE;
	return j->left_out > 1 ? REASON_ZEROS : REASON_NONE;
}

/* A loss that is smaller than a step of the metric does not show. */
static enum reason too_coarse(const struct regress_row *row)
{
	const struct judgement *j = &row->v->judgement;

	if (j->identical)
		return REASON_IDENTICAL;
	return j->resolution > row->threshold ? REASON_RESOLUTION : REASON_NONE;
}

static void rule_evidence(struct regress_row *row)
{
	struct judgement lost = row->v->judgement;

	lost.reason = not_to_be_judged(&lost);
	if (!lost.reason)
		rule_effect(row);
	if (!lost.reason && row->ruling != RULING_REGRESSION)
		lost.reason = too_coarse(row);
	/* A few samples that stall do not move the ratio, and are paid for. */
	if (!lost.reason && row->ruling == RULING_PASS && loss_of_totals(row->v) > 1 + row->threshold)
		lost.reason = REASON_TOTALS;
	if (lost.reason)
		regress_rule(row, RULING_INCONCLUSIVE, judgement_reason(&lost));
}

static char *broken(const struct reliability *r)
{
	unsigned ejected = r->taken[STATUS_EJECTED], failed = r->taken[STATUS_FAILED];
	char *why = reliability_why(r), *text;

	if (ejected)
		text = mem_printf("the kernel ejected the policy in %u of its samples%s", ejected, why);
	else
		text = mem_printf("%u of its samples failed%s", failed, why);
	free(why);
	return text;
}

static void rule_row(const struct versus_spec *s, struct regress_row *row)
{
	const struct versus_row *v = row->v;
	const unsigned *taken = v->b.samples.taken;

	if (!baseline_has(s, v))
		regress_rule(row, RULING_INFO, mem_strdup("new: the baseline has no such policy or metric"));
	else if (taken[STATUS_EJECTED] || taken[STATUS_FAILED])
		regress_rule(row, RULING_BROKEN, broken(&v->b.samples));
	else if (v->missing && compare_is_partial(s->b) && !v->b.valid)
		regress_rule(row, RULING_INCONCLUSIVE, mem_strdup("the run has not come to it"));
	else if (v->missing)
		regress_rule(row, v->b.valid && !v->a.valid ? RULING_INCONCLUSIVE : RULING_MISSING,
			     mem_strdup(v->missing));
	else
		rule_evidence(row);
}

static bool gated(const struct versus_spec *s, const struct versus_row *v, const struct limits *threshold)
{
	return !versus_is_baseline(s, v->policy_b) && (v->work->primary || limits_name(threshold, v->work));
}

void regress_make(const struct versus_spec *spec, const struct limits *threshold, struct regress *r)
{
	*r = (struct regress){ .partial = compare_is_partial(spec->b) };
	versus_make(spec, &r->versus);
	r->row = mem_zalloc(r->versus.nr, sizeof(*r->row));
	for (size_t i = 0; i < r->versus.nr; i++) {
		struct regress_row *row = &r->row[i];

		row->v = &r->versus.row[i];
		row->threshold = limits_of(threshold, row->v->work);
		if (gated(spec, row->v, threshold))
			rule_row(spec, row);
		else
			regress_rule(row, RULING_INFO,
				     versus_is_baseline(spec, row->v->policy_b)
					     ? mem_printf("%s itself: what the machine did",
							  compare_baseline_label(spec->b))
					     : mem_strdup("no threshold names it"));
	}
	regress_count(r);
}

void regress_free(struct regress *r)
{
	for (size_t i = 0; i < r->versus.nr; i++)
		free(r->row[i].why);
	free(r->row);
	versus_free(&r->versus);
	if (r->anchor)
		regress_free(r->anchor);
	free(r->anchor);
}

bool regress_passes(const struct regress *r)
{
	return r->ruling == RULING_PASS && !r->partial &&
	       (!r->anchor || r->anchor->ruling == RULING_INFO || r->anchor->ruling == RULING_PASS);
}

bool regress_fails(const struct regress *r)
{
	return r->ruling > RULING_INCONCLUSIVE || (r->anchor && regress_fails(r->anchor));
}

const char *regress_word(const struct regress *r)
{
	return regress_fails(r) ? "fail" : regress_passes(r) ? RUN_PASSED : "inconclusive";
}
