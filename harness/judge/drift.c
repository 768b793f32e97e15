/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "judge/drift.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "stats/stats.h"
#include "text/buf.h"
#include "util/mem.h"

static double relative(const struct compare *c, unsigned work, unsigned policy, const struct record *r)
{
	const struct cell *cell = compare_cell(c, work, policy);

	if (!compare_counts(r) || r->block > c->nr_blocks || !(cell->median > 0))
		return NAN;
	return cell->value[r->block] / cell->median;
}

static void add_point(struct timeline *t, const struct compare *c, unsigned work, const struct record *r)
{
	int policy = compare_policy(c, r->policy);

	if (policy < 0 || r->instrumented || r->warmup || strcmp(c->work[work].name, r->workload))
		return;
	t->point = mem_grow(t->point, t->nr, sizeof(*t->point));
	t->point[t->nr++] =
		(struct timeline_point){ r, (unsigned)policy, relative(c, work, (unsigned)policy, r) };
}

/* The samples of a block follow one another. */
static void add_block(struct timeline *t, size_t begin, size_t end)
{
	double *x = mem_zalloc(end - begin, sizeof(*x));
	size_t n = 0;

	for (size_t i = begin; i < end; i++)
		if (!isnan(t->point[i].relative))
			x[n++] = t->point[i].relative;
	if (n) {
		t->block = mem_grow(t->block, t->nr_blocks, sizeof(*t->block));
		t->block[t->nr_blocks++] =
			(struct timeline_block){ (begin + 1 + end) / 2.0, stats_median(x, n) };
	}
	free(x);
}

void timeline_make(const struct compare *c, unsigned work, struct timeline *t)
{
	*t = (struct timeline){ 0 };
	for (size_t i = 0; i < c->run->nr; i++)
		add_point(t, c, work, &c->run->sample[i]);
	for (size_t begin = 0, end; begin < t->nr; begin = end) {
		for (end = begin;
		     end < t->nr && t->point[end].sample->block == t->point[begin].sample->block;)
			end++;
		add_block(t, begin, end);
	}
}

void timeline_free(struct timeline *t)
{
	free(t->point);
	free(t->block);
}

static struct drift drift_of(const struct compare *c, const struct cell *cell)
{
	double *x = mem_zalloc(c->nr_blocks + 1, sizeof(*x));
	struct drift drift;
	size_t n = 0;

	for (unsigned b = 0; b <= c->nr_blocks; b++)
		if (!isnan(cell->value[b]))
			x[n++] = cell->value[b];
	drift = stats_drift(x, n);
	free(x);
	return drift;
}

void drifts_make(const struct compare *c, struct drifts *d)
{
	unsigned nr = c->nr_works * c->nr_policies;
	double *p = mem_zalloc(nr, sizeof(*p));

	*d = (struct drifts){ mem_zalloc(nr, sizeof(*d->drift)), mem_zalloc(nr, sizeof(*d->adjusted)) };
	for (unsigned i = 0; i < nr; i++) {
		bool primary = c->work[i / c->nr_policies].primary;

		d->drift[i] = primary ? drift_of(c, &c->cell[i]) : (struct drift){ NAN, NAN };
		p[i] = d->drift[i].p;
	}
	stats_adjust(p, nr, d->adjusted);
	free(p);
}

void drifts_free(struct drifts *d)
{
	free(d->drift);
	free(d->adjusted);
}

bool drifts_can_show(const struct compare *c)
{
	for (unsigned i = 0; i < c->nr_works * c->nr_policies; i++)
		if (c->cell[i].valid >= STATS_MIN_PAIRS)
			return true;
	return false;
}

unsigned drifts_put(struct buf *b, const struct compare *c, const struct drifts *d, int work)
{
	unsigned shown = 0;

	for (unsigned i = 0; i < c->nr_works * c->nr_policies; i++) {
		unsigned w = i / c->nr_policies;

		if ((work >= 0 && w != (unsigned)work) || !(d->adjusted[i] < VERDICT_ALPHA))
			continue;
		buf_printf(b, "%s%s under %s (rank correlation %+.2f)", shown++ ? ", " : "", c->work[w].name,
			   c->run->run.policies[i % c->nr_policies], d->drift[i].rho);
	}
	return shown;
}
