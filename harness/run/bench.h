/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the commands that take runs share: bench and custody. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "run/session.h"
#include "host/host.h"
#include "plan/plan.h"
#include "policy/policy.h"
#include "record/record.h"
#include "topology/topology.h"
#include "util/parse.h"
#include "workload/workload.h"

#define BENCH_MAX_POLICIES 64
/* The most blocks that a run may ask for, and that one which ends by its precision takes if not told. */
#define BENCH_MAX_BLOCKS 1000
#define BENCH_OPEN_BLOCKS 200

/* The command line, as given. Strings point into argv, or into the run that is resumed. */
struct bench_options {
	const char *policy[BENCH_MAX_POLICIES + 1], *workload[BENCH_MAX_POLICIES + 1];
	const char *plan, *results, *run_id, *where, *resume;
	const char *precision, *time_budget; /* parse_percent(), parse_duration() */
	unsigned blocks, restarts;	     /* 0: not given */
	uint64_t seed;
	const char *host; /* the settings of the machine, as given */
	struct host_wish wish;
	const char *const *workload_env; /* as workload_list() wants it */
	bool seeded, dry_run, files_only, no_instrumented, aa, no_aa, no_warmup;
};

/* A run with everything resolved: what to take, in which order, on what. */
struct bench {
	const char *verb; /* "bench": the command that takes it */
	const struct purpose *purpose;
	const char *home;
	struct bench_options opt;
	const struct plan_kind *kind;
	struct topology topology;
	struct policy_spec policy[BENCH_MAX_POLICIES];
	unsigned nr_policies;
	struct workload *all_workloads;
	struct workload *workload[BENCH_MAX_POLICIES]; /* chosen ones, into all_workloads */
	unsigned nr_workloads;
	struct plan_spec spec;
	bool instrument[BENCH_MAX_POLICIES]; /* of spec */
	struct plan plan;
	bool warmup;		    /* each boot begins with one */
	double precision, budget_s; /* NAN: the run does not end by it */
	struct run run;
	struct run before; /* the run that is resumed, until bench_resume_check() */
	char dir[4096];	   /* results/runs/<id> */
	bool audited;	   /* a policy keeps no count of its own */
};

/* Names resolved, knobs checked, order drawn. Negative errno, logged. */
int bench_resolve(struct bench *b);
void bench_free(struct bench *b);
/* Part of it: sets b->audited where the policies need it and says so in the run's environment. */
int bench_audit(struct bench *b);
/* Part of it: how the plan ends, from the options, and the plan itself. */
int bench_draw(struct bench *b);
/* The last part of it: fills b->run and b->dir. */
void bench_describe(struct bench *b);
/* Seconds that a sample of each workload is expected to take, all in all. */
void bench_expect(const struct bench *b, double *seconds);
/* Samples of the whole run when it has this many boots, warm-ups among them. */
unsigned bench_planned(const struct bench *b, unsigned boots);
/* The bench command that repeats the run. */
char *bench_command(const struct bench *b);
uint64_t bench_random_seed(void);
char *bench_new_run_id(void); /* from date and time; the caller's to free */
/* --dry-run: the plan and the estimate, on stdout. */
void bench_print_plan(const struct bench *b);

/* --resume, before all else: the options are those of the run, from its run.json. */
int bench_resume(struct bench *b);
/*
 * At the end: is this the machine, are these the objects and is this the plan that the run began with? Then
 * b->run is that run. What differs is logged: -CAUSE_CANT.
 */
int bench_resume_check(struct bench *b);

/* Time left, from what samples took so far; progress lines on stderr. */
struct progress;
struct progress *progress_begin(const struct bench *b);
/* next: the plan's first item that is not taken. */
void progress_sample(struct progress *p, const struct plan_item *it, unsigned seq, size_t next);
/* Also of those that an earlier session took. */
void progress_ended(struct progress *p, const struct plan_item *it, const struct record *r);
void progress_end(struct progress *p);
/* Seconds a sample costs beyond its window: preparing, attaching, settling, detaching; as measured. */
#define BENCH_OVERHEAD_S 1.0
