/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs with the values that a test wants: fair and policies on one workload, "build", metric "time" in s. */
#pragma once
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "judge/compare.h"
#include "util/mem.h"

struct made {
	const char *id;
	unsigned blocks;
	double fair;		   /* what it takes under fair */
	const char *const *policy; /* NULL-terminated, without fair */
	const double *ratio;	   /* of each, to fair */
	double noise;		   /* standard deviation of the logarithm of a sample */
	unsigned long seed;
	const char *unit; /* NULL: "s" */
	enum better better;
};

static void made_sample(struct store_run *run, const char *policy, unsigned block, double value)
{
	struct record *r;

	run->sample = mem_grow(run->sample, run->nr, sizeof(*run->sample));
	r = &run->sample[run->nr++];
	*r = (struct record){ .seq = (unsigned)run->nr,
			      .block = block,
			      .boot = 1,
			      .policy = mem_strdup(policy),
			      .workload = mem_strdup("build") };
	metrics_add(&r->metrics, "time", "s", BETTER_LOWER, value);
}

static void made_units(struct store_run *run, const struct made *m)
{
	for (size_t i = 0; i < run->nr; i++) {
		struct metric *metric = &run->sample[i].metrics.metric[0];

		metric->better = m->better ? m->better : BETTER_LOWER;
		free(metric->unit);
		metric->unit = mem_strdup(m->unit ? m->unit : "s");
	}
}

static char **made_list(const char *first, const char *const *rest)
{
	char **list = mem_zalloc(1, sizeof(*list));
	size_t n = 0;

	list[n++] = mem_strdup(first);
	for (; rest && *rest; rest++) {
		list = mem_resize(list, (n + 2) * sizeof(*list));
		list[n++] = mem_strdup(*rest);
	}
	list = mem_resize(list, (n + 1) * sizeof(*list));
	list[n] = NULL;
	return list;
}

static inline struct store_run made_run(const struct made *m)
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	struct store_run run = { .run = { .id = mem_strdup(m->id),
					  .plan = mem_strdup("nightly"),
					  .command = mem_strdup("scxbench bench"),
					  .where = mem_strdup("native"),
					  .host = mem_strdup("one"),
					  .blocks = m->blocks,
					  .restarts = 1,
					  .margin = NAN } };

	gsl_rng_set(rng, m->seed);
	run.run.policies = made_list("fair", m->policy);
	run.run.workloads = made_list("build", NULL);
	run.run.primary = made_list("time", NULL);
	for (unsigned b = 1; b <= m->blocks; b++) {
		made_sample(&run, "fair", b, m->fair * exp(gsl_ran_gaussian(rng, m->noise)));
		for (size_t p = 0; m->policy && m->policy[p]; p++)
			made_sample(&run, m->policy[p], b,
				    m->fair * m->ratio[p] * exp(gsl_ran_gaussian(rng, m->noise)));
	}
	made_units(&run, m);
	run.run.planned = (unsigned)run.nr;
	gsl_rng_free(rng);
	return run;
}

/* All samples of a policy, or that of one block, get a status. */
static inline void made_status(struct store_run *run, const char *policy, unsigned block, enum status status)
{
	for (size_t i = 0; i < run->nr; i++)
		if (!strcmp(run->sample[i].policy, policy) && (!block || run->sample[i].block == block))
			run->sample[i].status = status;
}
