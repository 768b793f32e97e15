/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "judge/compare.h"
#include "record/unit.h"

#include <math.h>
#include <stdlib.h>
#include "judge/compare_judge.h"
#include "judge/pairs.h"
#include "stats/stats.h"
#include "util/mem.h"

static double median_of(const struct compare *c, const struct cell *cell)
{
	double *x = mem_zalloc(c->nr_blocks + 1, sizeof(*x)), median;
	size_t n = 0;

	for (unsigned b = 0; b <= c->nr_blocks; b++)
		if (!isnan(cell->value[b]))
			x[n++] = cell->value[b];
	median = stats_median(x, n);
	free(x);
	return median;
}

void compare_pairs(const struct compare *c, const struct cell *of, const struct cell *to, struct effect *out)
{
	struct pairs p = pairs_of(of->value, to->value, c->boot, c->nr_blocks + 1);

	pairs_effect(&p, out);
	pairs_free(&p);
}

struct verdict_rule compare_rule(const struct compare *c, const struct work *work)
{
	enum better better = work->complement ? BETTER_LOWER : work->better;

	return (struct verdict_rule){ c->margin, VERDICT_ALPHA, better, c->family };
}

/* The second arm of the baseline, which is compared with the first alone: it shows the noise. */
static bool is_noise(const struct compare *c, unsigned policy)
{
	return (int)policy != c->baseline && compare_is_baseline(c, policy);
}

static void measure_at(const struct compare *c, const struct compare_ends *ends, double margin,
		       struct judgement *j)
{
	const struct work *w = &c->work[ends->work];
	const struct cell *cell = compare_cell(c, ends->work, (unsigned)ends->of),
			  *to = ends->to < 0 ? NULL : compare_cell(c, ends->work, (unsigned)ends->to);
	struct evidence e = {
		.x = cell->judged,
		.y = to ? to->judged : w->base,
		.boot = c->boot,
		.nr = c->nr_blocks + 1,
		.unit = w->unit,
		.margin = margin,
		.step = w->step,
		.carried = fmax(w->carried[ends->of], to ? w->carried[ends->to] : 1),
		.going_on = compare_goes_on(c),
		.emulated = c->run->run.emulated && !unit_is_exact(w->unit),
	};
	struct reliability of = cell->judgement.of, base = to ? to->judgement.of : cell->judgement.to;

	*j = judgement_none();
	judgement_measure(&e, j);
	j->tail = compare_tail(c, ends);
	j->of = of;
	j->to = base;
}

void compare_measure(const struct compare *c, const struct compare_ends *ends, struct judgement *j)
{
	measure_at(c, ends, c->margin, j);
}

static void measure_row(const struct compare *c, unsigned work)
{
	compare_prepare(c, work);
	compare_uncarry(c, work);
	compare_base(c, work);
	for (unsigned p = 0; p < c->nr_policies; p++) {
		struct compare_ends ends = { work, (int)p, is_noise(c, p) ? c->baseline : -1 };

		if ((int)p != c->baseline)
			compare_measure(c, &ends, &c->cell[work * c->nr_policies + p].judgement);
	}
}

static bool in_family(const struct compare *c, unsigned i)
{
	return c->work[i / c->nr_policies].primary && !compare_is_baseline(c, i % c->nr_policies);
}

static bool is_noise_of_primary(const struct compare *c, unsigned i)
{
	return c->work[i / c->nr_policies].primary && is_noise(c, i % c->nr_policies);
}

/* Adjusts p of all cells of a kind together; the number of them that have one. */
static unsigned adjust_cells(struct compare *c, bool (*of_kind)(const struct compare *, unsigned))
{
	struct judgement **family = mem_zalloc(c->nr_works * c->nr_policies, sizeof(*family));
	unsigned n = 0, with_p = 0;

	for (unsigned i = 0; i < c->nr_works * c->nr_policies; i++) {
		if (!of_kind(c, i))
			continue;
		family[n++] = &c->cell[i].judgement;
		with_p += !isnan(judgement_p(&c->cell[i].judgement));
	}
	judgement_adjust(family, n);
	free(family);
	return with_p;
}

/* Where arms of the baseline differ from each other, the machine treats arms unequally, and it is not known
 * which others. */
static void veto_works(struct compare *c)
{
	for (unsigned i = 0; i < c->nr_works * c->nr_policies; i++)
		if (is_noise_of_primary(c, i))
			c->work[i / c->nr_policies].vetoed |=
				judgement_differs(&c->cell[i].judgement, VERDICT_ALPHA);
}

static void compare_judge(struct compare *c)
{
	for (unsigned w = 0; w < c->nr_works && c->work[w].primary; w++)
		measure_row(c, w);
	adjust_cells(c, is_noise_of_primary);
	veto_works(c);
	c->family = adjust_cells(c, in_family);
	for (unsigned i = 0; i < c->nr_works * c->nr_policies; i++) {
		struct work *w = &c->work[i / c->nr_policies];
		struct verdict_rule rule = compare_rule(c, w);

		if (in_family(c, i))
			judgement_rule(&c->cell[i].judgement, &rule, w->vetoed);
	}
}

/* The page's cell at another margin: the p of a difference is the same; that of equivalence is bounded. */
static void judge_again(const struct compare *c, const struct compare_ends *ends, double margin,
			struct judgement *j)
{
	struct work *w = &c->work[ends->work];
	struct compare_ends page = { ends->work, ends->of, -1 };
	struct verdict_rule rule = compare_rule(c, w);

	measure_at(c, &page, margin, j);
	j->adjusted = compare_cell(c, ends->work, (unsigned)ends->of)->judgement.adjusted;
	j->equal_adjusted = fmin(1, j->equal * c->family);
	rule.margin = margin;
	judgement_rule(j, &rule, w->vetoed);
}

bool compare_judged(const struct compare *c, const struct compare_ends *ends, double margin,
		    struct judgement *j)
{
	struct compare_ends to_page = { ends->work, ends->of == c->baseline ? ends->to : ends->of,
					c->baseline };

	if ((ends->of != c->baseline && ends->to != c->baseline) ||
	    compare_is_baseline(c, (unsigned)to_page.of)) {
		measure_at(c, ends, margin, j);
		return false;
	}
	if (margin == c->margin)
		*j = compare_cell(c, ends->work, (unsigned)to_page.of)->judgement;
	else
		judge_again(c, &to_page, margin, j);
	if (ends->of == c->baseline)
		*j = judgement_mirrored(j);
	return true;
}

void compare_make_wide(const struct store_run *run, const char *const *patterns, struct compare *c)
{
	compare_collect(run, patterns, c);
	compare_reliability(c);
	for (unsigned i = 0; i < c->nr_works * c->nr_policies; i++)
		c->cell[i].median = median_of(c, &c->cell[i]);
	if (c->baseline >= 0)
		compare_judge(c);
}

void compare_make(const struct store_run *run, struct compare *c)
{
	static const char *const none[] = { NULL };

	compare_make_wide(run, none, c);
}
