/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A run's description: id, seed, what is run. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "run/bench.h"
#include "collect/env.h"
#include "collect/host_id.h"
#include "record/env_key.h"
#include "util/clock.h"
#include "util/mem.h"

/* Short, so that a person can type it. */
uint64_t bench_random_seed(void)
{
	uint32_t seed = 0;

	if (getrandom(&seed, sizeof(seed), 0) < 0)
		seed = (uint32_t)time(NULL);
	return seed;
}

char *bench_new_run_id(void)
{
	time_t now = time(NULL);
	char date[32], *id;
	struct tm tm;

	strftime(date, sizeof(date), "%Y%m%d-%H%M%S", gmtime_r(&now, &tm));
	if (asprintf(&id, "%s-%04x", date, (unsigned)(bench_random_seed() & 0xffff)) < 0)
		abort();
	return id;
}

static void name_what_is_run(struct bench *b)
{
	struct run *run = &b->run;

	run->policies = calloc(b->nr_policies + 1, sizeof(char *));
	run->workloads = calloc(b->nr_workloads + 1, sizeof(char *));
	run->primary = calloc(b->nr_workloads + 1, sizeof(char *));
	run->policy_hash = calloc(b->nr_policies + 1, sizeof(char *));
	run->policy_given = calloc(b->nr_policies + 1, sizeof(char *));
	for (unsigned i = 0; i < b->nr_policies; i++) {
		const struct policy_spec *policy = &b->policy[i];

		run->policies[i] = strdup(policy->text);
		run->policy_hash[i] = env_policy_hash(policy);
		if (strcmp(policy->text, policy->given))
			run->policy_given[i] = strdup(policy->given);
	}
	for (unsigned i = 0; i < b->nr_workloads; i++) {
		run->workloads[i] = strdup(b->workload[i]->name);
		run->primary[i] = strdup(b->workload[i]->primary);
	}
}

/*
 * By its identity a comparison knows whether two runs did the same work, see judge/differ.h. The rest is for
 * a page.
 */
static void describe_work(struct run *run, const struct workload *w)
{
	char *key = mem_printf(ENV_WORKLOAD "%s", w->name), *about = mem_printf(ENV_ABOUT "%s", w->name),
	     *file = mem_printf(ENV_PLAN_FILE "%s", w->name);

	env_add(run, key, w->identity);
	env_add(run, about, w->summary);
	if (w->given)
		env_add(run, file, w->given);
	free(key);
	free(about);
	free(file);
}

/* What else gives the samples their meaning, and what a later --resume must know. */
static void describe_plan(struct bench *b)
{
	struct run *run = &b->run;

	env_add(run, ENV_PLAN_WARMUP, b->warmup ? "yes" : "no");
	env_add(run, ENV_PLAN_INSTRUMENTED, b->opt.no_instrumented ? "no" : "yes");
	if (b->opt.outside == OUTSIDE_INSTRUMENTED)
		env_add(run, ENV_PLAN_AUDIT, "yes");
	if (b->opt.precision)
		env_add(run, ENV_PLAN_PRECISION, b->opt.precision);
	if (b->opt.time_budget)
		env_add(run, ENV_PLAN_TIME_BUDGET, b->opt.time_budget);
	if (b->opt.attach_limit)
		env_add(run, ENV_PLAN_ATTACH_LIMIT, b->opt.attach_limit);
	if (b->opt.watch_budget)
		env_add(run, ENV_PLAN_WATCH_BUDGET, b->opt.watch_budget);
	env_add(run, ENV_PLAN_USER, b->user.name);
	if (b->opt.host)
		env_add(run, ENV_PLAN_HOST, b->opt.host);
	for (unsigned i = 0; i < b->nr_workloads; i++)
		describe_work(run, b->workload[i]);
}

void bench_describe(struct bench *b)
{
	struct run *run = &b->run;

	run->id = b->opt.run_id ? strdup(b->opt.run_id) : bench_new_run_id();
	run->plan = strdup(b->kind->name);
	run->where = strdup(b->opt.where);
	run->command = b->purpose->command(b);
	run->blocks = b->spec.blocks;
	run->planned = bench_planned(b, 1);
	run->restarts = b->spec.restarts;
	run->margin = NAN;
	run->started_ns = (int64_t)clock_ns_of(CLOCK_REALTIME);
	describe_plan(b);
	env_host(run, &b->topology);
	run->topology_xml = strdup(b->topology.xml);
	name_what_is_run(b);
	bench_slices(b);
	run->baseline =
		b->opt.baseline && strcmp(b->opt.baseline, FAIR_NAME) ? strdup(b->opt.baseline) : NULL;
	b->dir = mem_printf("%s/runs/%s", b->opt.results, run->id);
}
