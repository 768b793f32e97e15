/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * history DIR NIGHTS BLOCKS [WORKLOADS POLICIES METRICS]   what a history costs: fills DIR/scxbench.db with
 * so many nights of fair and POLICIES (5) policies on WORKLOADS (1) workloads with METRICS (40) metrics each,
 * of 1 % noise, and two steps: the kernel's at a third of the nights, the second policy's at two thirds. Then
 * prints the time that the change points of 240 such series take by themselves, and the history with what is
 * made of it. Run by tests/cost/history.sh.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <gsl/gsl_randist.h>
#include "export/history_files.h"
#include "report/history_page.h"
#include "report/terminal.h"
#include "report/terminal.h"
#include "stats/change.h"
#include "store/db.h"
#include "store/write.h"
#include "util/fs.h"
#include "util/mem.h"

#define SERIES 240
#define DAY_NS 86400000000000
#define FIRST_NS (20500 * DAY_NS)

struct shape {
	unsigned nights, blocks, workloads, policies, metrics;
	char **policy, **hash, **workload, **primary; /* fair is the first policy; NULL at the end of each */
};

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

static void set_names(struct shape *s)
{
	s->policy = mem_zalloc(s->policies + 2, sizeof(char *));
	s->hash = mem_zalloc(s->policies + 2, sizeof(char *));
	s->workload = mem_zalloc(s->workloads + 1, sizeof(char *));
	s->primary = mem_zalloc(s->workloads + 1, sizeof(char *));
	s->policy[0] = "fair";
	for (unsigned i = 1; i <= s->policies; i++) {
		s->policy[i] = mem_printf("policy-%02u", i);
		s->hash[i] = "b2";
	}
	for (unsigned i = 0; i < s->workloads; i++) {
		s->workload[i] = mem_printf("workload-%02u", i);
		s->primary[i] = "time";
	}
}

static double step(const struct shape *s, unsigned policy, unsigned night)
{
	bool new_kernel = night > s->nights / 3, new_policy = policy == 2 && night > 2 * s->nights / 3;

	return (policy && new_kernel ? 1.02 : 1) * (new_policy ? 1.05 : 1);
}

static void add_metrics(gsl_rng *rng, struct metrics *m, unsigned nr, double level)
{
	char name[32];

	for (unsigned i = 0; i < nr; i++) {
		snprintf(name, sizeof(name), i ? "perf.%02u" : "time", i);
		metrics_add(m, name, "s", BETTER_LOWER, level * exp(0.015 * gsl_ran_ugaussian(rng)));
	}
}

struct filling {
	struct store *store;
	gsl_rng *rng;
	const struct shape *shape;
	unsigned night;
};

static void add_sample(const struct filling *f, int64_t run, unsigned i)
{
	const struct shape *s = f->shape;
	unsigned arms = s->policies + 1, policy = i % arms, work = i / arms % s->workloads;
	struct record r = { .seq = i + 1,
			    .block = i / arms / s->workloads + 1,
			    .boot = 1,
			    .policy = s->policy[policy],
			    .workload = s->workload[work],
			    .started_ns = FIRST_NS + f->night * DAY_NS + i };

	add_metrics(f->rng, &r.metrics, s->metrics, step(s, policy, f->night));
	must(write_sample(f->store, run, &r));
	metrics_free(&r.metrics);
}

static void add_night(const struct filling *f)
{
	const struct shape *s = f->shape;
	struct pair env[] = { { "kernel", f->night > s->nights / 3 ? "7.3.5" : "7.3.4" },
			      { "cpu", "Some CPU" } };
	unsigned samples = s->blocks * s->workloads * (s->policies + 1);
	char id[32];
	struct run run = { .id = id,
			   .plan = "nightly",
			   .command = "",
			   .where = "native",
			   .host = "77aa",
			   .restarts = 1,
			   .blocks = s->blocks,
			   .planned = samples,
			   .started_ns = FIRST_NS + f->night * DAY_NS,
			   .policies = s->policy,
			   .policy_hash = s->hash,
			   .workloads = s->workload,
			   .primary = s->primary,
			   .env = env,
			   .nr_env = 2,
			   .margin = 0.02,
			   .ended = "all blocks are taken" };
	int64_t row;

	if (s->policies > 1 && f->night > 2 * s->nights / 3)
		s->hash[2] = "b3";
	snprintf(id, sizeof(id), "night-%05u", f->night);
	must(write_run(f->store, &run));
	must(db_find_run(f->store, id, &row));
	for (unsigned i = 0; i < samples; i++)
		add_sample(f, row, i);
}

/* Only here the disk is not waited for: what is measured is reading. */
static void fill(const char *path, const struct shape *shape)
{
	struct filling f = { .rng = gsl_rng_alloc(gsl_rng_taus2), .shape = shape };
	struct store *s;

	must(store_open(path, STORE_CREATE, &s));
	must(db_exec(s, "PRAGMA synchronous = OFF"));
	must(db_begin(s));
	f.store = s;
	for (f.night = 1; f.night <= shape->nights; f.night++)
		add_night(&f);
	must(db_end(s, 0));
	store_close(s);
	gsl_rng_free(f.rng);
}

static void measure_changes(const struct shape *shape)
{
	unsigned nights = shape->nights;
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_taus2);
	double *x = mem_zalloc(nights, sizeof(*x)), t;

	for (unsigned i = 0; i < nights; i++)
		x[i] = log(step(shape, 2, i)) + 0.01 * gsl_ran_ugaussian(rng);
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

/* Bytes, and the most memory so far; frees the text. */
static void say_size(const char *what, double since, char *text)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	printf("  %-28s %8.3f s %12zu bytes %8ld kB at most\n", what, now_s() - since, strlen(text),
	       usage.ru_maxrss);
	fflush(stdout);
	free(text);
}

static char *make_page(const struct history *h, const char *dir)
{
	char *path = mem_printf("%s/history.html", dir), *text;

	must(history_page(".build/lab", h, dir));
	must(fs_read(path, &text, NULL));
	free(path);
	return text;
}

static void measure(const char *path, const char *dir)
{
	struct history h;
	struct store *s;
	double t = now_s();
	size_t points = 0;

	must(store_open(path, STORE_WRITE, &s));
	must(history_make(s, &(struct store_filter){ 0 }, &h));
	say_size("history", t, mem_strdup(""));
	for (size_t i = 0; i < h.nr; i++)
		points += h.series[i].nr_points;
	printf("  %zu series, %zu change points\n", h.nr, points);
	t = now_s();
	say_size("text", t, history_text(&h, 0));
	t = now_s();
	say_size("page", t, make_page(&h, dir));
	t = now_s();
	say_size("JSON", t, history_json(&h));
	history_free(&h);
	store_close(s);
}

int main(int argc, char **argv)
{
	struct shape shape = { .workloads = 1, .policies = 5, .metrics = 40 };
	unsigned *const size[] = { &shape.nights, &shape.blocks, &shape.workloads, &shape.policies,
				   &shape.metrics };
	char *path;

	for (int i = 2; i < argc && i < 7; i++)
		*size[i - 2] = (unsigned)strtoul(argv[i], NULL, 10);
	if ((argc != 4 && argc != 7) || !shape.nights || !shape.blocks || !shape.workloads)
		return fprintf(stderr, "usage: history DIR NIGHTS BLOCKS [WORKLOADS POLICIES METRICS]\n"), 2;
	path = mem_printf("%s/scxbench.db", argv[1]);
	must(fs_mkdirs(argv[1]));
	set_names(&shape);
	printf("%u nights x %u blocks x %u workloads x %u policies x %u metrics\n", shape.nights,
	       shape.blocks, shape.workloads, shape.policies + 1, shape.metrics);
	measure_changes(&shape);
	fflush(stdout);
	if (!fs_exists(path))
		fill(path, &shape);
	measure(path, argv[1]);
	free(path);
	return 0;
}
