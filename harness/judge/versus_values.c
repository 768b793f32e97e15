/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "judge/versus_values.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "judge/pairs.h"
#include "judge/versus_found.h"
#include "text/buf.h"
#include "util/mem.h"

struct found versus_find(const struct compare *c, const struct versus_row *row, const char *policy)
{
	struct found f = { c, NULL, NULL, NULL };
	int w = compare_work(c, row->work->name, row->work->metric), p = compare_policy(c, policy);

	if (w < 0)
		return f;
	f.work = &c->work[w];
	if (p >= 0)
		f.cell = compare_cell(c, (unsigned)w, (unsigned)p);
	if (c->baseline >= 0)
		f.base = compare_cell(c, (unsigned)w, (unsigned)c->baseline);
	return f;
}

static enum basis basis_of(const struct versus_spec *s, const struct versus_row *row)
{
	const char *baseline = compare_baseline_label(s->b);
	bool base = !strcmp(row->policy_a, baseline) || !strcmp(row->policy_b, baseline);

	if (s->a == s->b)
		return BASIS_BLOCKS;
	for (size_t i = 0; i < s->nr_a; i++)
		base |= s->a[i].baseline < 0 || strcmp(compare_baseline_label(&s->a[i]), baseline);
	return base || s->b->baseline < 0 ? BASIS_VALUES : BASIS_FAIR;
}

struct values versus_ratios(const struct found *f, enum basis basis)
{
	struct values ratio = { 0 };
	struct pairs p;

	if (!f->cell || (basis == BASIS_FAIR && !f->base))
		return ratio;
	p = pairs_of(f->cell->value, basis == BASIS_FAIR ? f->base->value : NULL, f->c->boot,
		     f->c->nr_blocks + 1);
	ratio = pairs_ratios(&p);
	pairs_free(&p);
	return ratio;
}

static double middle_of(const struct found *f, enum basis basis)
{
	struct values x;
	double middle;

	if (basis != BASIS_FAIR)
		return f->cell->median;
	x = versus_ratios(f, basis);
	middle = stats_middle(&x);
	free((void *)x.value);
	return middle;
}

static void add_side(struct side *side, const struct found *f, enum basis basis)
{
	double middle;

	if (!f->cell)
		return;
	side->part = true;
	side->valid += f->cell->valid;
	side->samples = reliability_sum(&side->samples, &f->cell->judgement.of);
	middle = middle_of(f, basis);
	if (!isnan(middle))
		side->middle = middle;
}

/* The middle of nights is their geometric mean, as the effect has it. */
static void take_a(const struct versus_spec *s, struct versus_row *row)
{
	double sum = 0;
	unsigned n = 0;

	for (size_t i = 0; i < s->nr_a; i++) {
		struct found f = versus_find(&s->a[i], row, row->policy_a);

		row->a.middle = NAN;
		add_side(&row->a, &f, row->basis);
		if (row->a.middle > 0) {
			sum += log(row->a.middle);
			n++;
		}
	}
	if (s->nr_a > 1)
		row->a.middle = n ? exp(sum / n) : NAN;
}

static char *why_no_value(const struct side *side, const char *name)
{
	struct buf b = { 0 };

	if (!side->part) {
		buf_printf(&b, "not in %s", name);
		return buf_take(&b);
	}
	buf_printf(&b, "no data point in %s", name);
	for (int i = 0, n = 0; i < NR_STATUS; i++)
		if (side->samples.taken[i])
			buf_printf(&b, "%s %u %s", n++ ? "," : ":", side->samples.taken[i],
				   i == STATUS_OK ? "without the metric" : status_name((enum status)i));
	return buf_take(&b);
}

/* The first unit among the runs that differs from B's, or NULL: a mean of two units does not make sense. */
static const char *other_unit(const struct versus_spec *s, const struct versus_row *row, const char *unit)
{
	for (size_t i = 0; i < s->nr_a; i++) {
		int w = compare_work(&s->a[i], row->work->name, row->work->metric);
		const char *other = w < 0 ? "" : s->a[i].work[w].unit;

		if (*other && strcmp(other, unit))
			return other;
	}
	return NULL;
}

static char *why_missing(const struct versus_spec *s, const struct versus_row *row)
{
	int w = compare_work(s->b, row->work->name, row->work->metric);
	const char *other;

	if (!row->a.valid)
		return why_no_value(&row->a, s->nr_a > 1 ? "the nights" : "A");
	if (!row->b.valid)
		return why_no_value(&row->b, "B");
	other = other_unit(s, row, s->b->work[w].unit);
	return other ? mem_printf("unit %s in A, %s in B", other, s->b->work[w].unit) : NULL;
}

/* More runs of side A's series that would say how far runs lie apart. */
static size_t runs_wanted(const struct versus_spec *s, const struct versus_row *row)
{
	size_t least = s->nr_a > 1 ? NIGHTS_FOR_LEVEL : NIGHTS_FOR_SPREAD,
	       are = s->nr_a > 1 ? row->spread.recent : row->spread.nr;

	return row->basis == BASIS_FAIR && are < least ? least - are : 0;
}

void versus_values(const struct versus_spec *s, struct versus_row *row)
{
	struct found b = versus_find(s->b, row, row->policy_b);

	row->basis = basis_of(s, row);
	row->a = row->b = (struct side){ .middle = NAN, .extent = extent_none() };
	take_a(s, row);
	add_side(&row->b, &b, row->basis);
	if (b.work && b.work->better != BETTER_NONE)
		row->work = b.work;
	if (row->basis == BASIS_FAIR)
		row->spread = nights_spread(s->nights, row->work, row->policy_a, s->nr_a > 1 ? s->nr_a : 0);
	row->wanted = runs_wanted(s, row);
	row->confirmatory = !s->exploratory && !row->wanted && row->work->primary &&
			    row->basis != BASIS_VALUES &&
			    !(versus_is_baseline(s, row->policy_a) && versus_is_baseline(s, row->policy_b));
	row->missing = why_missing(s, row);
	versus_effect_make(s, row);
	if (!row->missing && !judgement_n(&row->judgement))
		row->missing = row->basis == BASIS_BLOCKS
				       ? mem_strdup("no block with a value of both")
				       : mem_printf("no block with a value of it and of %s",
						    compare_baseline_label(s->b));
}
