/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the commands that take runs share: bench and custody. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "cli/session.h"
#include "plan/plan.h"
#include "policy/policy.h"
#include "sample/record.h"
#include "topology/topology.h"
#include "workload/workload.h"

#define BENCH_MAX_POLICIES 64

/* The command line, as given. Strings point into argv. */
struct bench_options {
	const char *policy[BENCH_MAX_POLICIES + 1], *workload[BENCH_MAX_POLICIES + 1];
	const char *plan, *results, *run_id, *where;
	unsigned blocks;
	uint64_t seed;
	bool seeded, dry_run, files_only, no_instrumented;
};

/* 0, or an exit code plus 1 when the program should end now (--help, usage). */
int bench_options(int argc, char **argv, struct bench_options *o);

/* Options that more than one command has; a command's own getopt table says which are its. */
enum bench_opt { OPT_SEED = 256, OPT_NO_INSTRUMENTED, OPT_RESULTS, OPT_RUN_ID, OPT_FILES_ONLY, OPT_WHERE, OPT_OWN };
/* Takes one of them: 0, or -EINVAL, logged unless getopt has done so. */
int bench_option(struct bench_options *o, int opt, const char *arg);
/* Decimal, whole, from 0 to max; or -EINVAL, logged. */
int bench_number(const char *name, const char *text, uint64_t max, uint64_t *value);

/* A run with everything resolved: what to take, in which order, on what. */
struct bench {
	const char *verb; /* "bench": the command that takes it */
	const struct purpose *purpose;
	const char *home;
	struct bench_options opt;
	const struct plan_kind *kind;
	unsigned blocks;
	struct topology topology;
	struct policy_spec policy[BENCH_MAX_POLICIES];
	unsigned nr_policies;
	struct workload *all_workloads;
	struct workload *workload[BENCH_MAX_POLICIES]; /* chosen ones, into all_workloads */
	unsigned nr_workloads;
	struct plan plan;
	struct run run;
	char dir[4096]; /* results/runs/<id> */
	char *audit;	/* the auditor's object; NULL where every policy counts by itself */
};

/* Names resolved, knobs checked, order drawn. Negative errno, logged. */
int bench_resolve(struct bench *b);
void bench_free(struct bench *b);
/* Part of it: sets b->audit where the policies need it and says so in the run's environment. */
int bench_audit(struct bench *b);
/* The last part of it: fills b->run and b->dir. */
void bench_describe(struct bench *b);
/* The bench command that repeats the run. */
char *bench_command(const struct bench *b);
uint64_t bench_random_seed(void);
/* --dry-run: the plan and the estimate, on stdout. */
void bench_print_plan(const struct bench *b);

/* Time left, from what samples took so far; progress lines on stderr. */
struct progress;
struct progress *progress_begin(const struct bench *b);
void progress_sample(struct progress *p, size_t item);
void progress_ended(struct progress *p, size_t item, const struct record *r);
void progress_end(struct progress *p);
/* Seconds a sample costs beyond its window: preparing, attaching, settling, detaching; as measured. */
#define BENCH_OVERHEAD_S 1.0
