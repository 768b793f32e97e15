/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * history DIR NIGHTS BLOCKS   what a history costs: fills DIR/scxbench.db with so many nights of 6 policies,
 * one workload and 40 metrics with 1 % noise, and two steps: the kernel's at a third of the nights, vtime's
 * at two thirds. Then prints how much CPU time the change points of 240 such series take by themselves, and
 * the whole history. Run by tests/cost/history.sh.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <gsl/gsl_randist.h>
#include "judge/history.h"
#include "report/terminal.h"
#include "stats/change.h"
#include "store/db.h"
#include "store/write.h"
#include "util/fs.h"
#include "util/mem.h"

#define POLICIES 6
#define METRICS 40
#define SERIES (POLICIES * METRICS)
#define DAY_NS 86400000000000
#define FIRST_NS (20500 * DAY_NS)

static char *policies[] = { "fair", "fair#2", "fifo", "vtime", "locality", "prioq", NULL };

static void must(int err)
{
	if (err)
		exit(1);
}

/* Of this process alone: others may be busy beside it. */
static double now_s(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
	return (double)ts.tv_sec + 1e-9 * (double)ts.tv_nsec;
}

static void tell(const char *what, double since)
{
	printf("  %-40s %8.3f s\n", what, now_s() - since);
}

static double step(unsigned policy, unsigned night, unsigned nights)
{
	bool new_kernel = night > nights / 3, new_vtime = policy == 3 && night > 2 * nights / 3;

	return (policy > 1 && new_kernel ? 1.02 : 1) * (new_vtime ? 1.05 : 1);
}

static void add_metrics(gsl_rng *rng, struct metrics *m, double level)
{
	char name[32];

	for (unsigned i = 0; i < METRICS; i++) {
		snprintf(name, sizeof(name), i ? "perf.%02u" : "time", i);
		metrics_add(m, name, "s", BETTER_LOWER, level * exp(0.015 * gsl_ran_ugaussian(rng)));
	}
}

static void add_night(struct store *s, gsl_rng *rng, unsigned night, const unsigned size[2])
{
	char *hash[] = { NULL, NULL, "a1", night > 2 * size[0] / 3 ? "b3" : "b2", "c3", "d4", NULL };
	char *works[] = { "hackbench-pipe", NULL }, *primary[] = { "time", NULL }, id[32];
	struct pair env[] = { { "kernel", night > size[0] / 3 ? "7.3.5" : "7.3.4" }, { "cpu", "Some CPU" } };
	struct run run = { .id = id,
			   .plan = "nightly",
			   .command = "",
			   .where = "native",
			   .host = "77aa",
			   .restarts = 1,
			   .blocks = size[1],
			   .planned = size[1] * POLICIES,
			   .started_ns = FIRST_NS + night * DAY_NS,
			   .policies = policies,
			   .policy_hash = hash,
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
	for (unsigned i = 0; i < size[1] * POLICIES; i++) {
		struct record r = { .seq = i + 1,
				    .block = i / POLICIES + 1,
				    .boot = 1,
				    .policy = policies[i % POLICIES],
				    .workload = works[0],
				    .started_ns = run.started_ns + i };

		add_metrics(rng, &r.metrics, step(i % POLICIES, night, size[0]));
		must(write_sample(s, row, &r));
		metrics_free(&r.metrics);
	}
}

/* Only here the disk is not waited for: what is measured is reading. */
static void fill(const char *path, const unsigned size[2])
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_taus2);
	struct store *s;

	must(store_open(path, true, &s));
	must(db_exec(s, "PRAGMA synchronous = OFF"));
	must(db_begin(s));
	for (unsigned night = 1; night <= size[0]; night++)
		add_night(s, rng, night, size);
	must(db_end(s, 0));
	store_close(s);
	gsl_rng_free(rng);
}

static void measure_changes(unsigned nights)
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_taus2);
	double *x = mem_zalloc(nights, sizeof(*x)), t;

	for (unsigned i = 0; i < nights; i++)
		x[i] = log(step(3, i, nights)) + 0.01 * gsl_ran_ugaussian(rng);
	t = now_s();
	for (unsigned i = 0; i < SERIES; i++) {
		struct change *change;

		stats_changes(x, nights, 0, &change);
		free(change);
	}
	tell("change points of 240 series", t);
	free(x);
	gsl_rng_free(rng);
}

static void measure(const char *path)
{
	struct history h;
	struct store *s;
	double t = now_s();
	size_t points = 0;
	char *text;

	must(store_open(path, false, &s));
	must(history_make(s, &(struct store_filter){ 0 }, &h));
	text = history_text(&h, 0);
	tell("history: read, ratios, changes, text", t);
	for (size_t i = 0; i < h.nr; i++)
		points += h.series[i].nr_points;
	printf("  %zu series, %zu change points\n", h.nr, points);
	free(text);
	history_free(&h);
	store_close(s);
}

int main(int argc, char **argv)
{
	unsigned size[2];
	char *path;

	if (argc != 4 || sscanf(argv[2], "%u", &size[0]) != 1 || sscanf(argv[3], "%u", &size[1]) != 1)
		return fprintf(stderr, "usage: history DIR NIGHTS BLOCKS\n"), 2;
	path = mem_printf("%s/scxbench.db", argv[1]);
	if (fs_exists(path))
		return fprintf(stderr, "%s exists: name another directory\n", path), 2;
	must(fs_mkdirs(argv[1]));
	printf("%u nights x %u blocks x %d policies x %d metrics\n", size[0], size[1], POLICIES, METRICS);
	measure_changes(size[0]);
	fflush(stdout);
	fill(path, size);
	measure(path);
	free(path);
	return 0;
}
