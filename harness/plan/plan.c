/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "plan/plan.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <gsl/gsl_rng.h>
#include "util/mem.h"
#include "util/nearest.h"

const struct plan_kind plan_kinds[] = {
	{ .name = "quick",
	  .blocks = 8,
	  .warmup = true,
	  .bare = true,
	  .policy = "fifo",
	  .workload = "hackbench-pipe",
	  .summary = "one policy (fifo) and fair in one workload (hackbench-pipe): a first verdict" },
	{ .name = "demo",
	  .blocks = 6,
	  .warmup = true,
	  .summary =
		  "every default policy in every default workload, in the fewest blocks that have verdicts" },
	{ .name = "decide",
	  .blocks = 15,
	  .aa = true,
	  .warmup = true,
	  .summary = "fair twice: enough for a verdict and for the noise floor" },
	{ .name = "nightly",
	  .blocks = 15,
	  .aa = true,
	  .warmup = true,
	  .summary = "fair twice: the run of every night" },
	{ .name = "exact",
	  .blocks = 1,
	  .bare = true,
	  .exact = true,
	  .summary = "instructions of single operations, by 'make exact' alone" },
	{ 0 },
};

const struct plan_kind *plan_kind(const char *name)
{
	for (const struct plan_kind *k = plan_kinds; k->name; k++)
		if (!strcmp(k->name, name))
			return k;
	return NULL;
}

void plan_try_all(struct nearest *n)
{
	for (const struct plan_kind *k = plan_kinds; k->name; k++)
		nearest_try(n, k->name);
}

/*
 * GSL's generator is the same on every machine, but its seed is an unsigned long, so the upper half is folded
 * in.
 */
static gsl_rng *seeded_rng(uint64_t seed)
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);

	if (!rng)
		abort();
	gsl_rng_set(rng, (seed ^ seed >> 32) & 0xffffffff);
	return rng;
}

/* 0 .. n-1 in random order (Fisher-Yates). */
static void shuffle_order(gsl_rng *rng, unsigned *order, unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		unsigned k = gsl_rng_uniform_int(rng, i + 1);

		order[i] = order[k];
		order[k] = i;
	}
}

/* Of so many random orders of a block the one is taken that balances predecessors best. */
#define ORDERS 64

/* A plan while it is made. */
struct draft {
	const struct plan_spec *spec;
	gsl_rng *rng;
	unsigned *workload, *next; /* of this round and of the one after it */
	unsigned *policy, *drawn;  /* order of a block, and another that may be better */
	unsigned *followed; /* by workload: how often one policy, or the same, ran right before another */
	unsigned last;	    /* policy of the sample before; policies: none */
	struct plan *plan;
};

static void plan_append(struct plan *plan, struct plan_item item)
{
	plan->item = mem_grow(plan->item, plan->nr, sizeof(item));
	plan->item[plan->nr++] = item;
}

static unsigned boots(const struct plan_spec *spec)
{
	return spec->restarts ? spec->restarts : 1;
}

/* Equal shares, in order. */
static unsigned boot_of(const struct plan_spec *spec, unsigned block)
{
	return 1 + (block - 1) * boots(spec) / spec->blocks;
}

static unsigned *followed_at(const struct draft *d, unsigned workload, unsigned before, unsigned after)
{
	return &d->followed[(workload * d->spec->policies + before) * d->spec->policies + after];
}

/* The policy that ran last is the first of the next block, whose workload is next. */
static void draw_order(struct draft *d, unsigned *order)
{
	unsigned n = d->spec->policies, first = 0;

	shuffle_order(d->rng, order, n);
	if (d->last == n)
		return;
	while (order[first] != d->last)
		first++;
	order[first] = order[0];
	order[0] = d->last;
}

/* How often what follows what in this order has done so before. */
static unsigned repeats(const struct draft *d, const unsigned *order, unsigned workload, unsigned next)
{
	unsigned end = order[d->spec->policies - 1], sum = *followed_at(d, next, end, end);

	for (unsigned i = 1; i < d->spec->policies; i++)
		sum += *followed_at(d, workload, order[i - 1], order[i]);
	return sum;
}

static void choose_order(struct draft *d, unsigned workload, unsigned next)
{
	draw_order(d, d->policy);
	for (unsigned i = 1; i < ORDERS; i++) {
		draw_order(d, d->drawn);
		if (repeats(d, d->drawn, workload, next) < repeats(d, d->policy, workload, next))
			memcpy(d->policy, d->drawn, d->spec->policies * sizeof(*d->policy));
	}
}

static void add_block(struct draft *d, unsigned block, unsigned workload, unsigned next)
{
	struct plan_item item = { .block = block, .boot = boot_of(d->spec, block), .workload = workload };

	choose_order(d, workload, next);
	for (unsigned p = 0; p < d->spec->policies; p++) {
		item.policy = d->policy[p];
		if (d->last < d->spec->policies)
			++*followed_at(d, workload, d->last, item.policy);
		d->last = item.policy;
		plan_append(d->plan, item);
	}
}

/* A block of every workload. The round after it is drawn first: what it begins with matters here. */
static void add_round(struct draft *d, unsigned block)
{
	unsigned n = d->spec->workloads, *drawn = d->next;

	d->next = d->workload;
	d->workload = drawn;
	shuffle_order(d->rng, d->next, n);
	for (unsigned w = 0; w < n; w++)
		add_block(d, block, d->workload[w], w + 1 < n ? d->workload[w + 1] : d->next[0]);
}

static void add_instrumented(struct draft *d)
{
	struct plan_item item = { .boot = boots(d->spec), .instrumented = true };

	for (item.workload = 0; item.workload < d->spec->workloads; item.workload++)
		for (item.policy = 0; item.policy < d->spec->policies; item.policy++)
			if (d->spec->instrument && d->spec->instrument[item.policy])
				plan_append(d->plan, item);
}

static struct draft draft_begin(const struct plan_spec *spec, uint64_t seed, struct plan *plan)
{
	*plan = (struct plan){ 0 };
	return (struct draft){
		.spec = spec,
		.rng = seeded_rng(seed),
		.workload = mem_zalloc(spec->workloads, sizeof(unsigned)),
		.next = mem_zalloc(spec->workloads, sizeof(unsigned)),
		.policy = mem_zalloc(spec->policies, sizeof(unsigned)),
		.drawn = mem_zalloc(spec->policies, sizeof(unsigned)),
		.followed = mem_zalloc((size_t)spec->workloads * spec->policies * spec->policies,
				       sizeof(unsigned)),
		.last = spec->policies,
		.plan = plan,
	};
}

static void draft_end(struct draft *d)
{
	gsl_rng_free(d->rng);
	free(d->workload);
	free(d->next);
	free(d->policy);
	free(d->drawn);
	free(d->followed);
}

int plan_make(const struct plan_spec *spec, struct plan *plan)
{
	struct draft d;

	*plan = (struct plan){ 0 };
	if (!spec->policies || !spec->workloads || !spec->blocks || spec->restarts > spec->blocks)
		return -EINVAL;
	d = draft_begin(spec, spec->seed, plan);
	shuffle_order(d.rng, d.next, spec->workloads);
	for (unsigned b = 1; b <= spec->blocks; b++)
		add_round(&d, b);
	add_instrumented(&d);
	draft_end(&d);
	return 0;
}

int plan_warmup(const struct plan_spec *spec, unsigned boot, struct plan *plan)
{
	struct plan_item item = { .boot = boot, .warmup = true };
	struct draft d;

	*plan = (struct plan){ 0 };
	if (!spec->policies || !spec->workloads)
		return -EINVAL;
	/* A random stream of its own, far from those of the plan and of other boots. */
	d = draft_begin(spec, spec->seed + boot * 0x9e3779b97f4a7c15, plan);
	shuffle_order(d.rng, d.workload, spec->workloads);
	for (unsigned w = 0; w < spec->workloads; w++) {
		item.workload = d.workload[w];
		item.policy = gsl_rng_uniform_int(d.rng, spec->policies);
		plan_append(plan, item);
	}
	draft_end(&d);
	return 0;
}

void plan_free(struct plan *plan)
{
	free(plan->item);
	*plan = (struct plan){ 0 };
}

double plan_estimate(const struct plan *plan, size_t first, const double *seconds)
{
	double total = 0;

	for (size_t i = first; i < plan->nr; i++)
		total += seconds[plan->item[i].workload];
	return total;
}
