/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Shared by the commands that take runs: bench and custody. */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "run/session.h"
#include "host/host.h"
#include "plan/plan.h"
#include "policy/policy.h"
#include "record/record.h"
#include "record/role.h"
#include "topology/topology.h"
#include "util/account.h"
#include "util/parse.h"
#include "workload/workload.h"

#define BENCH_MAX_POLICIES 64
/*
 * The most blocks that a run may ask for, and the limit of a run that ends by its precision if none is given.
 */
#define BENCH_MAX_BLOCKS 1000
#define BENCH_OPEN_BLOCKS 200
/* Limits of the options, for parse_count(), parse_percent() and parse_duration(). */
#define BENCH_BLOCKS ((struct counts){ 1, BENCH_MAX_BLOCKS })
#define BENCH_PRECISION ((struct range){ 0.001, 50 })
#define BENCH_WATCH_BUDGET ((struct range){ 0.1, 100 })
#define BENCH_MOST_HOURS (7 * 24)
#define BENCH_MOST_ATTACH_HOURS 1

/* In which samples custody is audited from outside the policy. */
enum outside_wish { OUTSIDE_NO, OUTSIDE_INSTRUMENTED, OUTSIDE_FOREIGN, OUTSIDE_EVERY };

/* The command line, as given. Strings point into argv, or into the resumed run. */
struct bench_options {
	const char *policy[BENCH_MAX_POLICIES + 1], *workload[BENCH_MAX_POLICIES + 1];
	const char *plan, *results, *run_id, *where, *resume;
	const char *baseline;		     /* NULL: fair */
	const char *precision, *time_budget; /* parse_percent(), parse_duration() */
	const char *attach_limit;	     /* parse_duration() */
	const char *watch_budget;	     /* parse_percent() */
	unsigned blocks, restarts;	     /* 0: not given */
	unsigned boot;			     /* the only one whose share is taken; 0: whichever is next */
	uint64_t seed;
	const char *host; /* the settings of the machine, as given */
	const char *user; /* as which workloads run; NULL: not given */
	struct host_wish wish;
	const char *const *workload_env; /* for workload_list() */
	enum outside_wish outside;
	bool seeded, dry_run, files_only, no_instrumented, aa, no_aa, no_warmup;
	bool where_possible; /* policies that this kernel can't run are left out */
};

/* A run with everything resolved: which samples, in which order, on which machine. */
struct bench {
	const char *verb; /* the command that takes the run: "bench" */
	const struct purpose *purpose;
	const char *home;
	struct bench_options opt;
	const struct plan_kind *kind;
	struct topology topology;
	struct policy_spec policy[BENCH_MAX_POLICIES];
	unsigned nr_policies;
	char *argument[BENCH_MAX_POLICIES]; /* of a resumed run: what opt.policy points to */
	struct account user;		    /* as which workloads run */
	struct workload *all_workloads;
	struct workload *workload[BENCH_MAX_POLICIES]; /* the chosen ones, pointing into all_workloads */
	unsigned nr_workloads;
	struct plan_spec spec;
	bool instrument[BENCH_MAX_POLICIES]; /* of spec */
	struct plan plan;
	bool warmup;		    /* each boot begins with a warm-up */
	double precision, budget_s; /* NAN: no limit */
	double attach_limit_s;	    /* of a command; 0: not given */
	struct run run;
	struct run before;		  /* the resumed run, until bench_resume_check() */
	char *dir;			  /* results/runs/<id> */
	bool foreign[BENCH_MAX_POLICIES]; /* the policy keeps no counts of ours */
	bool audited;			  /* one does not count its own time */
};

/* Resolves names, checks knobs, draws the order. Negative errno, logged. */
int bench_resolve(struct bench *b);
void bench_free(struct bench *b);
/* The role of a policy of the run; and the first policy with that role, or -1. */
enum arm bench_arm(const struct bench *b, unsigned policy);
int bench_find(const struct bench *b, enum arm arm);
const char *bench_baseline(const struct bench *b);
/*
 * A part of it: the workloads that are wanted, and the user as which they run. -CAUSE_USAGE, -CAUSE_NOT_FOUND
 * or -CAUSE_CANT, logged.
 */
int bench_workloads(struct bench *b);
/*
 * A part of it: with --where-possible, policies that this kernel can't run are left out. Each is logged and
 * noted with its reason in the run's environment (ENV_PLAN_LEFT_OUT). In front of a guest nothing is known of
 * its kernel. -CAUSE_CANT: none is left.
 */
int bench_possible(struct bench *b);
/* A part of it: sets b->audited if the policies need it, and notes it in the run's environment. */
int bench_audit(struct bench *b);
/* A part of it: when the run ends, from the options, and the plan itself. */
int bench_draw(struct bench *b);
/* A part of that: the slice of each policy. */
void bench_slices(struct bench *b);
/* The last part of it: fills in b->run and b->dir. */
void bench_describe(struct bench *b);
/* The expected seconds of a sample of each workload, in total. */
void bench_expect(const struct bench *b, double *seconds);
/* Samples of the whole run with this many boots, warm-ups included. */
unsigned bench_planned(const struct bench *b, unsigned boots);
/* The bench command that repeats the run. The caller's to free, like the next. */
char *bench_command(const struct bench *b);
/*
 * Another command that does: its begin, policies and workloads, and more options, which more() writes, each
 * after a space. more may be NULL. All is quoted as a shell needs it.
 */
char *bench_command_of(const struct bench *b, const char *begin,
		       void (*more)(FILE *options, const struct bench *b));
/* A word of such a command: quoted, where a shell would see more in it than letters. */
void bench_put_word(FILE *f, const char *word);
bool bench_in_lab(const struct bench *b);
uint64_t bench_random_seed(void);
char *bench_new_run_id(void); /* from date and time; the caller's to free */
/*
 * What the plan can show, in a line, by earlier runs of the store; the caller's to free. store: NULL without
 * one. bench_prospect_in() opens that of the results, if there is one.
 */
struct store;
char *bench_prospect(const struct bench *b, struct store *store);
char *bench_prospect_in(const struct bench *b);
/* Has the plan a number of blocks to say this of? */
bool bench_has_prospect(const struct bench *b);
/* --dry-run: the plan and the estimate, on stdout. */
void bench_print_plan(const struct bench *b);

/* For --resume, first of all: takes the options from the run's run.json. */
int bench_resume(struct bench *b);
/*
 * Last: checks that machine, objects and plan are those with which the run began. Then b->run is that run.
 * -CAUSE_CANT, logged with what differs.
 */
int bench_resume_check(struct bench *b);

/* The time that is left, from the samples so far; progress lines on stderr. */
struct progress;
struct progress *progress_begin(const struct bench *b);
/* What is left: the plan from "next" on, and samples that are to be taken again. */
struct progress_at {
	unsigned seq; /* of the sample that begins */
	size_t next;
	const struct plan_item *again;
	size_t nr_again;
};
void progress_sample(struct progress *p, const struct plan_item *it, const struct progress_at *at);
/*
 * Seconds: for each sample what the last ones of its workload, policy and kind took; where there is none, of
 * the workload alone, at first what it says of itself.
 */
double progress_left(const struct progress *p, const struct progress_at *at);
/* Also for samples that an earlier session took. */
void progress_ended(struct progress *p, const struct plan_item *it, const struct record *r);
void progress_end(struct progress *p);
/* Measured seconds of a sample beyond its window: prepare, attach, settle, detach. In the emulated lab. */
#define BENCH_OVERHEAD_S 0.4
