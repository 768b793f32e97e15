/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The effect of side B to side A: of blocks, of two runs, or of a run to the nights before it. */
#include "record/unit.h"
#include "judge/versus_found.h"

#include <math.h>
#include <stdlib.h>
#include "judge/compare_judge.h"
#include "judge/pairs.h"
#include "stats/totals.h"

/* A ratio to the baseline needs both: that of them with too few data points counts. */
static struct reliability samples_lost(const struct found *f, enum basis basis)
{
	const struct reliability *own = f->cell ? &f->cell->judgement.of : NULL;

	if (!own)
		return (struct reliability){ 0 };
	if (basis == BASIS_FAIR && reliability_suffices(own) && !reliability_suffices(&f->base->judgement.of))
		return f->base->judgement.of;
	return *own;
}

/* What a user pays, where ranks do not see a few samples that stall; and pairs that have no ratio. */
static void take_totals(struct versus_row *row, const struct found *a, const struct found *b)
{
	struct pairs of = pairs_of(b->cell->value, b->base->value, b->c->boot, b->c->nr_blocks + 1),
		     to = pairs_of(a->cell->value, a->base->value, a->c->boot, a->c->nr_blocks + 1);
	struct effect x, y;

	stats_totals(of.x, of.y, of.boot, of.n, &x);
	stats_totals(to.x, to.y, to.boot, to.n, &y);
	stats_two_totals(&x, &y, &row->spread, &row->judgement.totals);
	row->judgement.left_out = of.left_out + to.left_out;
	pairs_free(&of);
	pairs_free(&to);
}

/* What a run has too few blocks for is shown as a range of it; a NULL: nights, whose middle is known. */
static void take_extents(struct versus_row *row, const struct values *b, const struct values *a)
{
	struct extent of = extent_of(b->value, b->n),
		      to = a ? extent_of(a->value, a->n)
			     : (struct extent){ row->a.middle, row->a.middle, false };

	if (row->basis == BASIS_FAIR && b->n < STATS_MIN_PAIRS)
		row->b.extent = of;
	if (row->basis == BASIS_FAIR && a && a->n < STATS_MIN_PAIRS)
		row->a.extent = to;
	if (!judgement_has_interval(&row->judgement) &&
	    (b->n < STATS_MIN_PAIRS || (a && a->n < STATS_MIN_PAIRS)))
		row->judgement.extent = extent_ratio(&of, &to);
}

/*
 * The interval of two runs is that of runs. Values without fair have none: the machine differs from run to
 * run, too, and by how much is not known.
 */
static void against_run(struct versus_row *row, const struct found *a, const struct values *b)
{
	struct values y = versus_ratios(a, row->basis);
	struct effect *e = &row->judgement.effect;

	row->a.n = y.n;
	if (row->basis == BASIS_FAIR)
		row->judgement.to = samples_lost(a, row->basis);
	stats_two_runs(b, &y, &row->spread, e);
	take_extents(row, b, &y);
	free((void *)y.value);
}

static void against_nights(struct versus_row *row, const struct values *b)
{
	struct effect *e = &row->judgement.effect;

	row->a.n = row->spread.recent;
	if (row->basis == BASIS_FAIR) {
		row->a.middle = exp(row->spread.level);
		stats_next_night(b, &row->spread, e);
	} else {
		e->n = b->n;
		e->ratio = row->b.middle / row->a.middle;
	}
	take_extents(row, b, NULL);
}

/* What the steps of the metric hide in the ratio of one run; A's is the divisor, so its sides change places.
 */
static void hide_steps(struct judgement *j, const struct found *f, bool divisor)
{
	struct pairs p = pairs_of(f->cell->value, f->base->value, f->c->boot, f->c->nr_blocks + 1);
	double step = compare_step(f->c, (unsigned)(f->work - f->c->work));
	struct hidden h;

	if (p.n && !isnan(step)) {
		h = pairs_hidden(&p, step);
		j->step = fmax(j->step, step);
		j->resolution = fmax(j->resolution, step / fmin(h.x, h.y));
		if (divisor)
			h = (struct hidden){ h.y, h.x, h.of_y, h.of_x };
		effect_hide(&j->effect, &h);
		effect_hide(&j->totals, &h);
	}
	j->identical = pairs_identical(&p) && (!divisor || j->identical);
	pairs_free(&p);
}

/* Without a family and what weakens a verdict, for there is none. */
static void take_plain_pairs(const struct compare *c, const struct cell *of, const struct cell *to,
			     struct judgement *j)
{
	struct pairs p = pairs_of(of->value, to->value, c->boot, c->nr_blocks + 1);
	struct values ratio = pairs_ratios(&p);

	pairs_effect(&p, &j->effect);
	judgement_take_extent(j, ratio.value, ratio.n);
	pairs_free(&p);
	free((void *)ratio.value);
}

/* One question has one answer: a policy to the baseline is judged as on the page, with the same family. */
static void take_blocks(const struct versus_spec *s, struct versus_row *row, const struct found *a,
			const struct found *b)
{
	const struct compare *c = b->c;
	struct compare_ends ends;

	if (!b->work || !b->work->primary || c->baseline < 0) {
		take_plain_pairs(c, b->cell, a->cell, &row->judgement);
		return;
	}
	ends = (struct compare_ends){ (unsigned)(b->work - c->work), compare_policy(c, row->policy_b),
				      compare_policy(c, row->policy_a) };
	row->of_page = compare_judged(c, &ends, limits_of(s->margin, row->work), &row->judgement);
}

/* p99 of the merged latencies over that of the baseline; NAN: the workload has none. */
static double tail_of(const struct found *f, const char *policy)
{
	unsigned work = (unsigned)(f->work - f->c->work);

	if (!f->work->primary)
		return NAN;
	return compare_tail(f->c, &(struct compare_ends){ work, compare_policy(f->c, policy), -1 });
}

void versus_effect_make(const struct versus_spec *s, struct versus_row *row)
{
	struct found a = versus_find(s->a, row, row->policy_a), b = versus_find(s->b, row, row->policy_b);
	struct values x;

	row->judgement = judgement_none();
	row->judgement.emulated = s->b->run->run.emulated && !unit_is_exact(row->work->unit);
	if (row->missing)
		return;
	if (row->basis == BASIS_BLOCKS) {
		take_blocks(s, row, &a, &b);
		return;
	}
	row->judgement.of = samples_lost(&b, row->basis);
	x = versus_ratios(&b, row->basis);
	row->b.n = x.n;
	if (s->nr_a > 1)
		against_nights(row, &x);
	else
		against_run(row, &a, &x);
	if (s->nr_a == 1 && row->basis == BASIS_FAIR) {
		take_totals(row, &a, &b);
		row->judgement.tail = tail_of(&b, row->policy_b) / tail_of(&a, row->policy_a);
	}
	free((void *)x.value);
	row->judgement.between = row->spread.between;
	row->judgement.equal =
		stats_runs_within(&row->judgement.effect, row->spread.df, limits_of(s->margin, row->work));
	if (row->basis == BASIS_FAIR) {
		hide_steps(&row->judgement, &b, false);
		hide_steps(&row->judgement, &a, true);
	}
}
