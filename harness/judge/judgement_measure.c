/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The numbers of a judgement, from the values of both sides. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "judge/judgement.h"
#include "judge/pairs.h"
#include "record/unit.h"
#include "stats/dependence.h"
#include "stats/location.h"
#include "stats/resolution.h"
#include "stats/sequence.h"
#include "stats/totals.h"

static bool is_count(const char *unit)
{
	return !strcmp(unit, UNIT_COUNT);
}

static bool all_zero(const struct pairs *p)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->x[i] != 0 || p->y[i] != 0)
			return false;
	return p->n;
}

static enum judged_by how_of(const struct evidence *e, const struct pairs *all, size_t left_out)
{
	if (is_count(e->unit) || all_zero(all))
		return BY_DIFFERENCE;
	return left_out && !unit_is_speed(e->unit) ? BY_DIFFERENCE : BY_RATIO;
}

/* What repeats is looked at while more of it comes: nothing of a fixed n is shown. */
static void look_at(struct judgement *j, const double *unit, size_t n)
{
	struct effect *t = &j->totals;

	if (j->by == BY_RATIO)
		effect_look(&j->effect, unit, n);
	else
		shift_look(&j->shift, unit, n);
	t->low = t->high = t->low90 = t->high90 = t->p = NAN;
	j->equal = NAN;
}

/* Widens intervals, and p, where blocks depend on each other or carry-over is removed. */
static void widen_interval(const struct evidence *e, struct judgement *j, const double *unit, size_t n)
{
	double factor, equal;

	if (e->going_on)
		look_at(j, unit, n);
	j->inflation = e->boot ? 1 : stats_inflation(unit, n);
	j->carried = e->carried;
	factor = j->inflation * j->carried;
	if (factor == 1)
		return;
	effect_inflate(&j->effect, factor);
	effect_inflate(&j->totals, factor);
	shift_inflate(&j->shift, factor);
	equal = j->by == BY_RATIO ? effect_within(&j->effect, log1p(j->margin))
				  : shift_within(&j->shift, j->bound);
	j->equal = isnan(equal) ? j->equal : equal;
}

static void measure_ratio(const struct evidence *e, const struct pairs *p, struct judgement *j)
{
	size_t n;
	double *log = pairs_logs(p, &n);

	pairs_effect(p, &j->effect);
	if (n) {
		j->equal = location_within(log, n, log1p(e->margin));
		widen_interval(e, j, log, n);
		judgement_take_extent(j, log, n);
		j->extent.least = exp(j->extent.least);
		j->extent.most = exp(j->extent.most);
	}
	free(log);
}

static double mean_of(const double *x, size_t n)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += x[i] / n;
	return sum;
}

/* Where all values are zero neither a test nor a margin is needed. */
static void measure_difference(const struct evidence *e, const struct pairs *p, struct judgement *j)
{
	size_t n;
	double *d = pairs_differences(p, &n);

	pairs_shift(p, &j->shift);
	j->bound = e->margin * fabs(mean_of(p->y, p->n));
	if (n) {
		j->equal = all_zero(p) ? pow(0.5, n) : location_within(d, n, j->bound);
		widen_interval(e, j, d, n);
		judgement_take_extent(j, d, n);
	}
	free(d);
}

/* What the step of the metric can hide; counts are exact. */
static void measure_steps(const struct evidence *e, const struct pairs *p, struct judgement *j)
{
	struct hidden h;

	if (is_count(e->unit) || j->by != BY_RATIO || !p->n)
		return;
	j->identical = pairs_identical(p);
	if (isnan(e->step))
		return;
	h = pairs_hidden(p, e->step);
	j->step = e->step;
	j->resolution = e->step / fmin(h.x, h.y);
	effect_hide(&j->effect, &h);
	effect_hide(&j->totals, &h);
}

void judgement_measure(const struct evidence *e, struct judgement *j)
{
	struct pairs all = pairs_all(e->x, e->y, e->boot, e->nr), p = pairs_of(e->x, e->y, e->boot, e->nr);

	j->left_out = p.left_out;
	j->margin = e->margin;
	j->boots = e->boot;
	j->going_on = e->going_on;
	j->emulated = e->emulated;
	j->by = how_of(e, &all, p.left_out);
	stats_totals(all.x, all.y, all.boot, all.n, &j->totals);
	if (j->by == BY_RATIO)
		measure_ratio(e, &p, j);
	else
		measure_difference(e, &all, j);
	measure_steps(e, &p, j);
	pairs_free(&all);
	pairs_free(&p);
}
