/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/compare.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "plan/plan.h"
#include "util/mem.h"

static unsigned length(char **list)
{
	unsigned n = 0;

	while (list && list[n])
		n++;
	return n;
}

static int place(char **list, const char *name)
{
	for (int i = 0; name && list && list[i]; i++)
		if (!strcmp(list[i], name))
			return i;
	return -1;
}

int compare_policy(const struct compare *c, const char *policy)
{
	return place(c->run->run.policies, policy);
}

const struct cell *compare_cell(const struct compare *c, unsigned work, unsigned policy)
{
	return &c->cell[work * c->nr_policies + policy];
}

bool compare_counts(const struct record *r)
{
	return r->status == STATUS_OK && !r->instrumented && !r->warmup;
}

static void take_value(struct compare *c, struct work *work, struct cell *cell, const struct record *r)
{
	const struct metric *m = metrics_find(&r->metrics, work->metric);

	if (!m || isnan(m->value) || r->block > c->nr_blocks)
		return;
	work->unit = m->unit;
	work->better = m->better;
	cell->valid += isnan(cell->value[r->block]);
	cell->value[r->block] = m->value;
}

static void take_sample(struct compare *c, const struct record *r)
{
	int w = place(c->run->run.workloads, r->workload), p = compare_policy(c, r->policy);
	struct cell *cell;

	if (w < 0 || p < 0 || r->instrumented || r->warmup)
		return;
	cell = &c->cell[(unsigned)w * c->nr_policies + (unsigned)p];
	cell->taken[r->status]++;
	if (compare_counts(r))
		take_value(c, &c->work[w], cell, r);
}

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

/* A value of 0 has no ratio; its pair is left out and the number of pairs says so. */
static void pair_with_fair(const struct compare *c, struct cell *cell, const struct cell *fair)
{
	double *x = mem_zalloc(c->nr_blocks + 1, sizeof(*x)), *y = mem_zalloc(c->nr_blocks + 1, sizeof(*y));
	size_t n = 0;

	for (unsigned b = 0; b <= c->nr_blocks; b++) {
		if (!(cell->value[b] > 0 && fair->value[b] > 0))
			continue;
		x[n] = cell->value[b];
		y[n++] = fair->value[b];
	}
	stats_effect(x, y, n, &cell->effect);
	free(x);
	free(y);
}

static void make_cells(struct compare *c)
{
	unsigned nr = c->nr_works * c->nr_policies;

	c->cell = mem_zalloc(nr, sizeof(*c->cell));
	for (unsigned i = 0; i < nr; i++) {
		stats_effect(NULL, NULL, 0, &c->cell[i].effect);
		c->cell[i].value = mem_zalloc(c->nr_blocks + 1, sizeof(double));
		for (unsigned b = 0; b <= c->nr_blocks; b++)
			c->cell[i].value[b] = NAN;
	}
}

void compare_make(const struct store_run *run, struct compare *c)
{
	*c = (struct compare){ .run = run };
	c->nr_policies = length(run->run.policies);
	c->nr_works = length(run->run.workloads);
	c->nr_blocks = run->run.blocks;
	c->fair = compare_policy(c, "fair");
	c->work = mem_zalloc(c->nr_works, sizeof(*c->work));
	for (unsigned w = 0; w < c->nr_works; w++)
		c->work[w] = (struct work){ run->run.workloads[w], run->run.primary[w], "", BETTER_NONE };
	make_cells(c);
	for (size_t i = 0; i < run->nr; i++)
		take_sample(c, &run->sample[i]);
	for (unsigned i = 0; i < c->nr_works * c->nr_policies; i++) {
		c->cell[i].median = median_of(c, &c->cell[i]);
		if (c->fair >= 0 && i % c->nr_policies != (unsigned)c->fair)
			pair_with_fair(c, &c->cell[i],
				       compare_cell(c, i / c->nr_policies, (unsigned)c->fair));
	}
}

void compare_free(struct compare *c)
{
	for (unsigned i = 0; i < c->nr_works * c->nr_policies; i++)
		free(c->cell[i].value);
	free(c->cell);
	free(c->work);
}

unsigned cell_taken(const struct cell *cell)
{
	unsigned sum = 0;

	for (int s = 0; s < NR_STATUS; s++)
		sum += cell->taken[s];
	return sum;
}

enum side cell_side(const struct work *work, const struct cell *cell)
{
	double r = cell->effect.ratio;

	if (!cell->effect.n || fabs(r - 1) < 0.0005 || work->better == BETTER_NONE)
		return SIDE_NONE;
	return (r < 1) == (work->better == BETTER_LOWER) ? SIDE_BETTER : SIDE_WORSE;
}

bool cell_has_interval(const struct cell *cell)
{
	return cell->effect.n >= PLAN_MIN_BLOCKS && !isnan(cell->effect.low) && !isnan(cell->effect.high);
}

bool cell_settled(const struct cell *cell)
{
	return cell_has_interval(cell) && (cell->effect.low > 1 || cell->effect.high < 1);
}

bool compare_is_demo(const struct compare *c)
{
	return c->run->run.blocks < PLAN_MIN_BLOCKS;
}

const char *compare_fair_name(const struct compare *c)
{
	const char *name = run_env(&c->run->run, "fair");

	return name ? name : "fair";
}
