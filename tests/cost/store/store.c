/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * store DIR NIGHTS BLOCKS   what the store costs: fills DIR/scxbench.db with so many runs of 6 policies, one
 * workload and 40 metrics, then prints how long it takes to open, to load one run and to read all 240 series.
 * Run by tests/cost/store.sh.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include "store/db.h"
#include "store/write.h"
#include "util/fs.h"
#include "util/mem.h"

#define POLICIES 6
#define METRICS 40
#define DAY_NS 86400000000000

static char *policies[] = { "fair", "fair#2", "fifo", "vtime", "locality", "prioq", NULL };
static char *hashes[] = { NULL, NULL, "a1", "b2", "c3", "d4", NULL };

static void must(int err)
{
	if (err)
		exit(1);
}

static double now_s(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + 1e-9 * (double)ts.tv_nsec;
}

/* Said of the step that began at since. */
static void tell(const char *what, double since)
{
	printf("  %-40s %8.3f s\n", what, now_s() - since);
}

static void add_metrics(struct metrics *m)
{
	char name[32];

	for (unsigned i = 0; i < METRICS; i++) {
		snprintf(name, sizeof(name), i ? "perf.%02u" : "time", i);
		metrics_add(m, name, "s", BETTER_LOWER, 1 + 0.02 * (double)random() / RAND_MAX);
	}
}

static void add_night(struct store *s, unsigned night, unsigned blocks)
{
	char *works[] = { "hackbench-pipe", NULL }, *primary[] = { "time", NULL }, id[32];
	struct pair env[] = { { "kernel", "7.3.4" }, { "fair", "EEVDF" } };
	struct run run = { .id = id,
			   .plan = "nightly",
			   .command = "",
			   .where = "native",
			   .host = "77aa",
			   .restarts = 1,
			   .blocks = blocks,
			   .planned = blocks * POLICIES,
			   .started_ns = night * DAY_NS,
			   .policies = policies,
			   .policy_hash = hashes,
			   .workloads = works,
			   .primary = primary,
			   .env = env,
			   .nr_env = 2,
			   .margin = 0.02,
			   .ended = "all blocks are taken" };
	int64_t row;

	snprintf(id, sizeof(id), "night-%05u", night);
	must(write_run(s, &run));
	must(db_find_run(s, id, &row));
	for (unsigned i = 0; i < blocks * POLICIES; i++) {
		struct record r = { .seq = i + 1,
				    .block = i / POLICIES + 1,
				    .boot = 1,
				    .policy = policies[i % POLICIES],
				    .workload = works[0],
				    .started_ns = run.started_ns + i };

		add_metrics(&r.metrics);
		must(write_sample(s, row, &r));
		metrics_free(&r.metrics);
	}
}

/* Only here the disk is not waited for: what is measured is reading. */
static void fill(const char *path, unsigned nights, unsigned blocks)
{
	struct store *s;

	must(store_open(path, STORE_CREATE, &s));
	must(db_exec(s, "PRAGMA synchronous = OFF"));
	must(db_begin(s));
	for (unsigned night = 1; night <= nights; night++)
		add_night(s, night, blocks);
	must(db_end(s, 0));
	store_close(s);
}

struct sum {
	size_t series, values;
};

static int add(void *ctx, const struct store_family *f)
{
	struct sum *sum = ctx;

	sum->series += f->nr;
	for (size_t i = 0; i < f->nr; i++)
		sum->values += f->series[i].nr;
	return 0;
}

static void measure(const char *path)
{
	struct sum sum = { 0 };
	struct store_run run;
	struct store *s;
	double t = now_s();

	must(store_open(path, STORE_WRITE, &s));
	tell("open", t);
	t = now_s();
	must(store_load(s, NULL, &run));
	tell("load a run", t);
	store_run_free(&run);
	t = now_s();
	must(store_series(s, &(struct store_filter){ 0 }, add, &sum));
	tell("read all series", t);
	printf("  %zu series, %zu values\n", sum.series, sum.values);
	t = now_s();
	must(db_check(s, false));
	tell("read through all of it", t);
	store_close(s);
}

int main(int argc, char **argv)
{
	unsigned nights, blocks;
	char *path;
	double t;

	if (argc != 4 || sscanf(argv[2], "%u", &nights) != 1 || sscanf(argv[3], "%u", &blocks) != 1)
		return fprintf(stderr, "usage: store DIR NIGHTS BLOCKS\n"), 2;
	path = mem_printf("%s/scxbench.db", argv[1]);
	if (fs_exists(path))
		return fprintf(stderr, "%s exists: name another directory\n", path), 2;
	must(fs_mkdirs(argv[1]));
	printf("%u nights x %u blocks x %d policies x %d metrics\n", nights, blocks, POLICIES, METRICS);
	t = now_s();
	fill(path, nights, blocks);
	tell("fill", t);
	measure(path);
	free(path);
	return 0;
}
