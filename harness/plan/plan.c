/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <gsl/gsl_rng.h>
#include "plan/plan.h"
#include "util/mem.h"

const struct plan_kind plan_kinds[] = {
	{ "demo", 3, false, "3 blocks: shows that everything works, decides nothing" },
	{ "decide", 15, true, "15 blocks and fair twice: enough for a verdict and for the noise floor" },
	{ 0 },
};

const struct plan_kind *plan_kind(const char *name)
{
	for (const struct plan_kind *k = plan_kinds; k->name; k++)
		if (!strcmp(k->name, name))
			return k;
	return NULL;
}

/* GSL's generator is the same on every machine, but its seed is an unsigned long: fold the upper half in. */
static gsl_rng *seeded(uint64_t seed)
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);

	if (!rng)
		abort();
	gsl_rng_set(rng, (seed ^ seed >> 32) & 0xffffffff);
	return rng;
}

/* 0 .. n-1 in random order (Fisher-Yates). */
static void shuffle(gsl_rng *rng, unsigned *order, unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		unsigned k = gsl_rng_uniform_int(rng, i + 1);

		order[i] = order[k];
		order[k] = i;
	}
}

/* A plan in the making. */
struct draft {
	const struct plan_spec *spec;
	gsl_rng *rng;
	unsigned *workload, *policy; /* orders, drawn anew each time */
	struct plan *plan;
};

static void append(struct plan *plan, struct plan_item item)
{
	plan->item = mem_grow(plan->item, plan->nr, sizeof(item));
	item.seq = plan->nr + 1;
	plan->item[plan->nr++] = item;
}

static void add_block(struct draft *d, unsigned block, unsigned workload)
{
	shuffle(d->rng, d->policy, d->spec->policies);
	for (unsigned p = 0; p < d->spec->policies; p++)
		append(d->plan, (struct plan_item){ .block = block, .policy = d->policy[p], .workload = workload });
}

/* A block of every workload. */
static void add_round(struct draft *d, unsigned block)
{
	shuffle(d->rng, d->workload, d->spec->workloads);
	for (unsigned w = 0; w < d->spec->workloads; w++)
		add_block(d, block, d->workload[w]);
}

static void add_instrumented(struct draft *d)
{
	for (unsigned w = 0; w < d->spec->workloads; w++)
		for (unsigned p = 0; p < d->spec->policies; p++)
			if (d->spec->instrument && d->spec->instrument[p])
				append(d->plan, (struct plan_item){ .policy = p, .workload = w, .instrumented = true });
}

int plan_make(const struct plan_spec *spec, struct plan *plan)
{
	struct draft d = { .spec = spec, .plan = plan };

	*plan = (struct plan){ 0 };
	if (!spec->policies || !spec->workloads || !spec->blocks)
		return -EINVAL;
	d.rng = seeded(spec->seed);
	d.workload = mem_zalloc(spec->workloads, sizeof(*d.workload));
	d.policy = mem_zalloc(spec->policies, sizeof(*d.policy));
	for (unsigned b = 1; b <= spec->blocks; b++)
		add_round(&d, b);
	add_instrumented(&d);
	gsl_rng_free(d.rng);
	free(d.workload);
	free(d.policy);
	return 0;
}

void plan_free(struct plan *plan)
{
	free(plan->item);
	*plan = (struct plan){ 0 };
}

double plan_estimate(const struct plan *plan, size_t first, const double *workload_s, double overhead_s)
{
	double total = 0;

	for (size_t i = first; i < plan->nr; i++)
		total += workload_s[plan->item[i].workload] + overhead_s;
	return total;
}
