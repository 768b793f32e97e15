/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fleet DIR HOSTS NIGHTS [FIRST]   fills DIR/scxbench.db with a run of each of so many machines in each of so
 * many nights, from night FIRST (1) on, all drawn: the plan and every run's environment say "simulated". A
 * tenth of the machines are of another class, on which fifo is 5 % slower. Run by tests/cost/fleet.sh.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include "store/db.h"
#include "store/write.h"
#include "util/fs.h"
#include "util/mem.h"

#define BLOCKS 6
#define POLICIES 3
#define METRICS 2
#define DAY_NS 86400000000000

static char *policies[] = { "fair", "fifo", "vtime", NULL };
static char *hashes[] = { NULL, "a1", "b2", NULL };

static void must(int err)
{
	if (err)
		exit(1);
}

/* About 0, with a standard deviation of 1. */
static double draw_noise(void)
{
	double sum = 0;

	for (int i = 0; i < 12; i++)
		sum += (double)random() / RAND_MAX - 0.5;
	return sum;
}

/* Each machine has a level of its own, and one of each policy on it. */
static double value_of(unsigned host, unsigned policy)
{
	double own = 0.02 * sin(host * 7.0 + policy * 3.0), slow = policy == 1 && host % 10 == 0 ? 0.05 : 0;

	return (8 + host % 5) * exp(own + slow + 0.01 * draw_noise());
}

static void add_metrics(struct metrics *m, double value)
{
	char name[32];

	metrics_add(m, "time", "s", BETTER_LOWER, value);
	for (unsigned i = 1; i < METRICS; i++) {
		snprintf(name, sizeof(name), "perf.%02u", i);
		metrics_add(m, name, "count", BETTER_NONE, value * i);
	}
}

static void add_samples(struct store *s, int64_t row, unsigned host, int64_t at)
{
	for (unsigned i = 0; i < BLOCKS * POLICIES; i++) {
		unsigned policy = i % POLICIES;
		struct record r = { .seq = i + 1,
				    .block = i / POLICIES + 1,
				    .boot = 1,
				    .policy = policies[policy],
				    .workload = "build",
				    .started_ns = at + i };

		add_metrics(&r.metrics, value_of(host, policy));
		must(write_sample(s, row, &r));
		metrics_free(&r.metrics);
	}
}

static void add_run(struct store *s, unsigned host, unsigned night)
{
	char *works[] = { "build", NULL }, *primary[] = { "time", NULL }, id[48], name[32];
	struct pair env[] = { { "kernel", "7.3.4" },
			      { "fair", "EEVDF" },
			      { "cpu", host % 10 ? "Simulated A" : "Simulated B" },
			      { "cpu.online", "16" },
			      { "simulated", "yes: drawn, no machine was measured" } };
	struct run run = { .id = id,
			   .plan = "simulated",
			   .command = "",
			   .where = "native",
			   .host = name,
			   .restarts = 1,
			   .blocks = BLOCKS,
			   .planned = BLOCKS * POLICIES,
			   .started_ns = night * DAY_NS + host,
			   .policies = policies,
			   .policy_hash = hashes,
			   .workloads = works,
			   .primary = primary,
			   .env = env,
			   .nr_env = sizeof(env) / sizeof(*env),
			   .margin = 0.02,
			   .ended = "all blocks are taken" };
	int64_t row;

	snprintf(id, sizeof(id), "simulated-%05u-%05u", night, host);
	snprintf(name, sizeof(name), "%016x", host);
	must(write_run(s, &run));
	must(db_find_run(s, id, &row));
	add_samples(s, row, host, run.started_ns);
}

int main(int argc, char **argv)
{
	unsigned hosts, nights, first = 1;
	struct store *s;
	char *path;

	if ((argc != 4 && argc != 5) || sscanf(argv[2], "%u", &hosts) != 1 ||
	    sscanf(argv[3], "%u", &nights) != 1 || (argc == 5 && sscanf(argv[4], "%u", &first) != 1))
		return fprintf(stderr, "usage: fleet DIR HOSTS NIGHTS [FIRST]\n"), 2;
	path = mem_printf("%s/scxbench.db", argv[1]);
	must(fs_mkdirs(argv[1]));
	must(store_open(path, STORE_CREATE, &s));
	/* Only here the disk is not waited for: what is measured comes after. */
	must(db_exec(s, "PRAGMA synchronous = OFF"));
	for (unsigned night = first; night < first + nights; night++) {
		must(db_begin(s));
		for (unsigned host = 1; host <= hosts; host++)
			add_run(s, host, night);
		must(db_end(s, 0));
	}
	store_close(s);
	free(path);
	return 0;
}
