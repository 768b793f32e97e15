/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "judge/compare.h"

#include <math.h>
#include <stdlib.h>
#include "judge/pairs.h"
#include "record/role.h"
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
	return (struct verdict_rule){ c->margin, VERDICT_ALPHA, work->better, c->family };
}

static bool in_family(const struct compare *c, unsigned i)
{
	return c->work[i / c->nr_policies].primary && !arm_is_fair(c->run->run.policies[i % c->nr_policies]);
}

static void compare_judge(struct compare *c)
{
	unsigned nr = c->nr_works * c->nr_policies;
	double *p = mem_zalloc(nr, sizeof(*p)), *adjusted = mem_zalloc(nr, sizeof(*adjusted));

	for (unsigned i = 0; i < nr; i++) {
		p[i] = in_family(c, i) ? c->cell[i].effect.p : NAN;
		c->family += !isnan(p[i]);
	}
	stats_adjust(p, nr, adjusted);
	for (unsigned i = 0; i < nr; i++) {
		struct verdict_rule rule = compare_rule(c, &c->work[i / c->nr_policies]);

		c->cell[i].adjusted = adjusted[i];
		if (in_family(c, i))
			c->cell[i].verdict = stats_verdict(&c->cell[i].effect, adjusted[i], &rule);
	}
	free(p);
	free(adjusted);
}

void compare_make_wide(const struct store_run *run, const char *const *patterns, struct compare *c)
{
	compare_collect(run, patterns, c);
	for (unsigned i = 0; i < c->nr_works * c->nr_policies; i++) {
		c->cell[i].median = median_of(c, &c->cell[i]);
		if (c->work[i / c->nr_policies].primary && c->fair >= 0 &&
		    i % c->nr_policies != (unsigned)c->fair)
			compare_pairs(c, &c->cell[i], compare_cell(c, i / c->nr_policies, (unsigned)c->fair),
				      &c->cell[i].effect);
	}
	compare_judge(c);
}

void compare_make(const struct store_run *run, struct compare *c)
{
	static const char *const none[] = { NULL };

	compare_make_wide(run, none, c);
}
