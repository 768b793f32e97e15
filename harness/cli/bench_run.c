/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a run says of itself: id, seed, the command that repeats it. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "cli/bench.h"
#include "collect/host_id.h"

/* Short, so that it can be typed again. */
uint64_t bench_random_seed(void)
{
	uint32_t seed = 0;

	if (getrandom(&seed, sizeof(seed), 0) < 0)
		seed = (uint32_t)time(NULL);
	return seed;
}

static char *new_run_id(void)
{
	time_t now = time(NULL);
	char date[32], *id;
	struct tm tm;

	strftime(date, sizeof(date), "%Y%m%d-%H%M%S", gmtime_r(&now, &tm));
	if (asprintf(&id, "%s-%04x", date, (unsigned)(bench_random_seed() & 0xffff)) < 0)
		abort();
	return id;
}

/* In the lab the program is not called by hand: there it is make that repeats a run. */
char *bench_command(const struct bench *b)
{
	bool lab = !strcmp(b->opt.where, "lab");
	char *text;
	size_t len;
	FILE *f = open_memstream(&text, &len);

	fprintf(f, lab ? "make bench WHERE=lab PLAN=%s BLOCKS=%u SEED=%llu SCHEDULERS=\"" :
			 "scxbench bench --plan %s --blocks %u --seed %llu",
		b->kind->name, b->blocks, (unsigned long long)b->run.seed);
	for (unsigned i = 0; i < b->nr_policies; i++)
		fprintf(f, lab ? "%s%s" : "%s -s '%s'", lab && i ? " " : "", b->policy[i].text);
	fprintf(f, lab ? "\" WORKLOADS=\"" : "");
	for (unsigned i = 0; i < b->nr_workloads; i++)
		fprintf(f, lab ? "%s%s" : "%s -w %s", lab && i ? " " : "", b->workload[i]->name);
	fprintf(f, lab ? "\"" : "");
	fclose(f);
	return text;
}

static void name_what_is_run(struct bench *b)
{
	struct run *run = &b->run;

	run->policies = calloc(b->nr_policies + 1, sizeof(char *));
	run->workloads = calloc(b->nr_workloads + 1, sizeof(char *));
	run->primary = calloc(b->nr_workloads + 1, sizeof(char *));
	run->policy_hash = calloc(b->nr_policies + 1, sizeof(char *));
	for (unsigned i = 0; i < b->nr_policies; i++) {
		run->policies[i] = strdup(b->policy[i].text);
		run->policy_hash[i] = env_policy_hash(&b->policy[i]);
	}
	for (unsigned i = 0; i < b->nr_workloads; i++) {
		run->workloads[i] = strdup(b->workload[i]->name);
		run->primary[i] = strdup(b->workload[i]->primary);
	}
}

void bench_describe(struct bench *b)
{
	struct run *run = &b->run;

	run->id = b->opt.run_id ? strdup(b->opt.run_id) : new_run_id();
	run->plan = strdup(b->kind->name);
	run->where = strdup(b->opt.where);
	run->command = b->purpose->command(b);
	run->blocks = b->blocks;
	run->planned = b->plan.nr;
	run->restarts = 1;
	run->margin = NAN;
	run->started_ns = (int64_t)time(NULL) * 1000000000;
	env_host(run, &b->topology);
	run->topology_xml = strdup(b->topology.xml);
	name_what_is_run(b);
	snprintf(b->dir, sizeof(b->dir), "%s/runs/%s", b->opt.results, run->id);
}
