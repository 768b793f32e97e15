/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A synthetic run in memory, in the order of a real plan, judged as the page judges it. */
#pragma once
#include <stdlib.h>
#include "judge/compare.h"
#include "plan/plan.h"
#include "simulate.h"
#include "util/mem.h"

/* What a sample is to show; before: the policy of the sample before it, -1 for the first. */
struct synthetic {
	double (*value)(void *ctx, const struct plan_item *item, int before);
	void *ctx;
	char **policies; /* NULL-terminated, fair among them */
	char **workloads;
	unsigned blocks;
	struct plan plan;
	struct store_run stored;
	struct metric *metric;
};

static inline unsigned listed(char **list)
{
	unsigned n = 0;

	while (list[n])
		n++;
	return n;
}

static inline void synthetic_sample(struct synthetic *s, size_t i)
{
	const struct plan_item *item = &s->plan.item[i];
	double value = s->value(s->ctx, item, i ? (int)s->plan.item[i - 1].policy : -1);

	s->metric[i] = (struct metric){ (char *)"time", (char *)"s", BETTER_LOWER, value, NULL, NAN };
	s->stored.sample[i] = (struct record){ .seq = (unsigned)i + 1,
					       .block = item->block,
					       .boot = item->boot,
					       .policy = s->policies[item->policy],
					       .workload = s->workloads[item->workload],
					       .metrics = { .metric = &s->metric[i], .nr = 1 } };
}

/* Another run with each call. */
static inline void synthetic_make(struct synthetic *s, struct compare *c)
{
	const struct plan_spec spec = { listed(s->policies), listed(s->workloads), s->blocks, 1, NULL,
					gsl_rng_get(rng) };
	unsigned works = spec.workloads;

	plan_make(&spec, &s->plan);
	s->stored = (struct store_run){ .sample = mem_zalloc(s->plan.nr, sizeof(struct record)),
					.nr = s->plan.nr };
	s->metric = mem_zalloc(s->plan.nr, sizeof(*s->metric));
	for (size_t i = 0; i < s->plan.nr; i++)
		synthetic_sample(s, i);
	s->stored.run = (struct run){ .policies = s->policies,
				      .workloads = s->workloads,
				      .primary = mem_zalloc(works + 1, sizeof(char *)),
				      .blocks = s->blocks,
				      .planned = (unsigned)s->plan.nr,
				      .margin = NAN,
				      .ended = (char *)"all blocks are taken" };
	for (unsigned w = 0; w < works; w++)
		s->stored.run.primary[w] = (char *)"time";
	compare_make(&s->stored, c);
}

static inline void synthetic_free(struct synthetic *s, struct compare *c)
{
	compare_free(c);
	plan_free(&s->plan);
	free(s->stored.run.primary);
	free(s->stored.sample);
	free(s->metric);
}

static inline bool says_different(enum verdict v)
{
	return v == VERDICT_BETTER || v == VERDICT_WORSE;
}
