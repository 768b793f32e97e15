/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "judge/compare_cells.h"

#include <fnmatch.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "record/role.h"
#include "util/mem.h"

int compare_policy(const struct compare *c, const char *policy)
{
	char **policies = c->run->run.policies;

	for (int p = 0; policies && policies[p]; p++)
		if (!strcmp(policies[p], policy))
			return p;
	return -1;
}

int compare_work(const struct compare *c, const char *workload, const char *metric)
{
	for (unsigned w = 0; w < c->nr_works; w++)
		if (!strcmp(c->work[w].name, workload) && !strcmp(c->work[w].metric, metric))
			return (int)w;
	return -1;
}

const struct cell *compare_cell(const struct compare *c, unsigned work, unsigned policy)
{
	return &c->cell[work * c->nr_policies + policy];
}

bool compare_counts(const struct record *r)
{
	return r->status == STATUS_OK && !r->instrumented && !r->warmup;
}

unsigned cell_taken(const struct cell *cell)
{
	unsigned sum = 0;

	for (int s = 0; s < NR_STATUS; s++)
		sum += cell->taken[s];
	return sum;
}

static unsigned length(char **list)
{
	unsigned n = 0;

	while (list && list[n])
		n++;
	return n;
}

static void add_work(struct compare *c, const char *workload, const char *metric, bool primary)
{
	c->work = mem_grow(c->work, c->nr_works, sizeof(*c->work));
	c->work[c->nr_works++] = (struct work){ .name = workload,
						.metric = metric,
						.unit = "",
						.primary = primary,
						.step = NAN,
						.carry_p = NAN };
}

static bool matches(const char *name, const char *const *pattern)
{
	for (; *pattern; pattern++)
		if (!fnmatch(*pattern, name, 0))
			return true;
	return false;
}

static void add_works(struct compare *c, const char *const *patterns)
{
	const struct store_run *run = c->run;

	for (unsigned w = 0; run->run.workloads && run->run.workloads[w]; w++)
		add_work(c, run->run.workloads[w], run->run.primary[w], true);
	for (size_t i = 0; *patterns && i < run->nr; i++) {
		const struct record *r = &run->sample[i];

		for (size_t k = 0; compare_counts(r) && k < r->metrics.nr; k++) {
			const char *metric = r->metrics.metric[k].name;

			if (matches(metric, patterns) && compare_work(c, r->workload, metric) < 0)
				add_work(c, r->workload, metric, false);
		}
	}
}

static unsigned last_block(const struct store_run *run)
{
	unsigned last = run->run.blocks < RUN_MAX_BLOCKS ? run->run.blocks : RUN_MAX_BLOCKS;

	for (size_t i = 0; i < run->nr; i++)
		if (run->sample[i].block > last && run->sample[i].block <= RUN_MAX_BLOCKS)
			last = run->sample[i].block;
	return last;
}

static void make_cells(struct compare *c)
{
	unsigned nr = c->nr_works * c->nr_policies;

	c->cell = mem_zalloc(nr, sizeof(*c->cell));
	for (unsigned i = 0; i < nr; i++) {
		c->cell[i].judgement = judgement_none();
		c->cell[i].value = mem_zalloc(c->nr_blocks + 1, sizeof(double));
		c->cell[i].judged = mem_zalloc(c->nr_blocks + 1, sizeof(double));
		for (unsigned b = 0; b <= c->nr_blocks; b++)
			c->cell[i].value[b] = NAN;
	}
}

/* The first unit is the metric's; a value in another unit can't be compared with it. */
static void take_value(struct compare *c, struct work *work, struct cell *cell, const struct record *r)
{
	const struct metric *m = metrics_find(&r->metrics, work->metric);

	if (!m || isnan(m->value) || r->block > c->nr_blocks)
		return;
	if (*work->unit && strcmp(work->unit, m->unit)) {
		work->other_unit++;
		return;
	}
	work->unit = m->unit;
	work->better = m->better;
	if (isnan(cell->value[r->block])) {
		cell->valid++;
		cell->again += r->retake_of > 0;
	}
	cell->value[r->block] = m->value;
	if (c->boot)
		c->boot[r->block] = r->boot;
}

/* Before it is counted. */
static void note_worst(struct cell *cell, const struct record *r)
{
	for (int worse = NR_STATUS - 1; worse >= (int)r->status; worse--)
		if (cell->taken[worse])
			return;
	if (!r->retake_of)
		cell->worst = r;
}

static void take_sample(struct compare *c, const struct record *r)
{
	int p = compare_policy(c, r->policy);

	if (p < 0 || r->instrumented || r->warmup)
		return;
	for (unsigned w = 0; w < c->nr_works; w++) {
		struct cell *cell = &c->cell[w * c->nr_policies + (unsigned)p];

		if (strcmp(c->work[w].name, r->workload))
			continue;
		note_worst(cell, r);
		cell->taken[r->status] += !r->retake_of;
		if (compare_counts(r))
			take_value(c, &c->work[w], cell, r);
	}
}

void compare_collect(const struct store_run *run, const char *const *patterns, struct compare *c)
{
	*c = (struct compare){ .run = run, .nr_policies = length(run->run.policies) };
	c->margin = run->run.margin > 0 ? run->run.margin : VERDICT_MARGIN;
	c->nr_blocks = last_block(run);
	if (run->run.restarts > 1)
		c->boot = mem_zalloc(c->nr_blocks + 1, sizeof(*c->boot));
	c->baseline = compare_policy(c, run_baseline(&run->run));
	add_works(c, patterns);
	make_cells(c);
	for (size_t i = 0; i < run->nr; i++)
		take_sample(c, &run->sample[i]);
}

static void cell_free(struct cell *cell)
{
	free(cell->value);
	free(cell->judged);
}

void compare_free(struct compare *c)
{
	for (unsigned i = 0; i < c->nr_works * c->nr_policies; i++)
		cell_free(&c->cell[i]);
	for (unsigned w = 0; w < c->nr_works; w++) {
		free(c->work[w].base);
		free(c->work[w].carried);
	}
	free(c->cell);
	free(c->work);
	free(c->boot);
}
