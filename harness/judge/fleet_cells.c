/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "judge/fleet_cells.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "judge/pairs.h"
#include "judge/reliability.h"
#include "record/role.h"
#include "stats/fleet.h"
#include "util/mem.h"

/* The timed samples of a policy under a workload of a run, by block. */
struct side {
	const struct store_run *run;
	const char *workload, *policy;
	double *value; /* NAN: no data point */
	unsigned *boot;
	size_t nr, samples;
};

/* policy NULL: of any. */
static bool is_timed(const struct record *r, const char *workload, const char *policy)
{
	return !r->instrumented && !r->warmup && r->policy && r->workload && !strcmp(r->workload, workload) &&
	       (!policy || !strcmp(r->policy, policy));
}

/* The metric as the first data point has it, with a value or without; NULL: none does. */
static const struct metric *find_metric(const struct store_run *run, size_t work)
{
	const struct metric *m = NULL;

	for (size_t i = 0; i < run->nr && !m; i++)
		if (run->sample[i].status == STATUS_OK &&
		    is_timed(&run->sample[i], run->run.workloads[work], NULL))
			m = metrics_find(&run->sample[i].metrics, run->run.primary[work]);
	return m;
}

static double value_of(const struct record *r, const struct metric *of)
{
	const struct metric *m = r->status == STATUS_OK ? metrics_find(&r->metrics, of->name) : NULL;

	return m && !strcmp(m->unit, of->unit) && m->better == of->better ? m->value : NAN;
}

/* nr blocks are asked for, or 0: as many as there are. */
static void fill_side(struct side *s, const struct metric *of, size_t nr)
{
	for (size_t i = 0; i < s->run->nr; i++) {
		const struct record *r = &s->run->sample[i];

		if (is_timed(r, s->workload, s->policy) && r->block >= s->nr)
			s->nr = r->block + 1ul;
	}
	s->nr = nr ? nr : s->nr;
	s->value = mem_zalloc(s->nr, sizeof(*s->value));
	s->boot = mem_zalloc(s->nr, sizeof(*s->boot));
	for (size_t i = 0; i < s->nr; i++)
		s->value[i] = NAN;
	for (size_t i = 0; i < s->run->nr; i++) {
		const struct record *r = &s->run->sample[i];

		if (!is_timed(r, s->workload, s->policy) || r->block >= s->nr)
			continue;
		s->samples++;
		s->value[r->block] = value_of(r, of);
		s->boot[r->block] = r->boot;
	}
}

static struct fleet_host host_of(struct side *policy, const struct metric *of)
{
	struct side fair = *policy;
	struct fleet_host host;
	struct values ratios;
	struct pairs p;

	fill_side(policy, of, 0);
	fair.policy = FAIR_NAME;
	fill_side(&fair, of, policy->nr);
	p = pairs_of(policy->value, fair.value, policy->run->run.restarts > 1 ? policy->boot : NULL,
		     policy->nr);
	ratios = pairs_ratios(&p);
	host = stats_host(&ratios);
	if (p.n < RELIABILITY_LEAST * policy->samples)
		host.x = NAN;
	free((void *)ratios.value);
	pairs_free(&p);
	free(fair.value);
	free(fair.boot);
	free(policy->value);
	free(policy->boot);
	return host;
}

/* Of a sample that was taken again the first try counts. */
static void take_outcome(const struct store_run *run, struct store_cell *c)
{
	unsigned taken = 0;

	for (size_t i = 0; i < run->nr; i++) {
		const struct record *r = &run->sample[i];

		if (!is_timed(r, c->workload, c->policy) || r->retake_of)
			continue;
		taken++;
		c->ok += r->status == STATUS_OK;
		if (r->status > c->worst) {
			c->worst = r->status;
			c->why = r->why;
		}
	}
	c->due = run->run.ended && run->run.blocks > taken ? run->run.blocks : taken;
}

static struct store_cell make_cell(const struct store_run *run, size_t work, char *policy)
{
	struct store_cell c = {
		.workload = run->run.workloads[work], .policy = policy, .log_ratio = NAN, .error = NAN
	};
	struct side side = { .run = run, .workload = c.workload, .policy = policy };
	const struct metric *of = find_metric(run, work);

	take_outcome(run, &c);
	if (of) {
		struct fleet_host host = host_of(&side, of);

		c.metric = of->name;
		c.unit = of->unit;
		c.better = of->better;
		c.log_ratio = host.x;
		c.error = host.error;
		c.blocks = (unsigned)host.n;
	}
	return c;
}

static size_t make_cells(const struct store_run *run, struct store_cell **cell)
{
	size_t nr = 0;

	*cell = NULL;
	for (size_t w = 0; run->run.workloads[w]; w++)
		for (char **p = run->run.policies; *p; p++) {
			struct store_cell c = make_cell(run, w, *p);

			if (arm_is_baseline(*p, NULL) || !c.due)
				continue;
			*cell = mem_grow(*cell, nr, sizeof(**cell));
			(*cell)[nr++] = c;
		}
	return nr;
}

const struct cells_maker fleet_cells = { FLEET_CELLS_VERSION, make_cells };

int fleet_keep(struct store *s)
{
	return cells_keep(s, &fleet_cells);
}
