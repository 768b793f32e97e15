/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Workloads: found, described, confined to a cgroup, timed out, reaped whole, their results parsed.
 * workloads/README.md is the protocol that an executable in workloads/ follows.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "record/metrics.h"
#include "util/account.h"
#include "util/cgroup.h"
#include "util/why.h"

struct workload {
	char *name;    /* "hackbench-pipe": file name, and variant if it has any */
	char *path;    /* the executable */
	char *given;   /* as the user named it by its path, with "#VARIANT"; NULL: found by its name */
	char *variant; /* "pipe", or "" */
	char *summary;
	char *primary;	   /* name of its primary metric */
	char *identity;	   /* what two comparable results must share beyond the name: a tree's hash; or "" */
	bool in_default;   /* part of the default plan */
	double typical_s;  /* for the estimate */
	double timeout_s;  /* where nothing is known of how long it takes here, see struct workload_run */
	double settle_s;   /* at most, between attach and measure; see sample/settle.h */
	double ext_share;  /* least share of its CPU time in the ext class; with less the sample is void */
	double time_share; /* least share of its wall time that its metric "time" is; with less it is void */
	bool prepares;	   /* it has something to prepare, and is called for that */
	bool undo;	   /* it changes the machine, and undoes that when it is called with "undo" */
	uint64_t caps;	   /* capabilities that it needs, see util/caps.h */
	bool as_root;	   /* it needs root */
	const char *const *env; /* as given to workload_list(), like the next */
	const struct account *user;
};

/*
 * All workloads under home/workloads and in $SCXBENCH_WORKLOADS, sorted by name, of which no two may be
 * equal. Each executable is called with --describe; one that answers rubbish is left out with a warning. The
 * array ends with a NULL name.
 *
 * env is added to our environment in every call of a workload: "NAME=VALUE", NULL-terminated; NULL: nothing.
 * Workloads are described as this user, and run as it unless they need root; NULL: as what we are. Both must
 * live as long as the list. -CAUSE_USAGE, logged, when there is one that this user can't read and execute.
 */
int workload_list(const char *home, const char *const *env, const struct account *user,
		  struct workload **list);
/* Does -w name an executable by its path? "dir/FILE", of all its variants, or "dir/FILE#VARIANT". */
bool workload_is_path(const char *given);
/*
 * Adds the workloads of that executable to *list, unless they are there. env and user as above.
 * -CAUSE_NOT_FOUND or -CAUSE_USAGE, logged.
 */
int workload_add(const char *given, const char *const *env, const struct account *user,
		 struct workload **list);
/* Is it one of those that the path names? */
bool workload_is_given(const struct workload *w, const char *given);
void workload_list_free(struct workload *list);
/* As which it runs; NULL: as what we are. */
const struct account *workload_user(const struct workload *w);

struct workload_run {
	const struct workload *workload;
	const struct cgroup *cgroup; /* that it is confined to: one flat group, no controller */
	int cpus;		     /* allowed CPUs, for scaling */
	uint64_t seed;
	bool sched_ext;	      /* "run" begins in SCHED_EXT, for a policy that schedules no other tasks */
	const char *scratch;  /* a tmpfs directory of its own, empty before "prepare" */
	const char *log_path; /* its stdout and stderr */
	double limit_s; /* after which it is killed, if that is more than the workload's own timeout_s */
	/* Called at least once a second while the workload runs; false ends it at once (-ECANCELED). */
	bool (*beat)(void *ctx);
	void *ctx;
};

/* What the kernel charged to the workload's processes. */
struct workload_usage {
	double wall_s, user_s, system_s;
	uint64_t nvcsw, nivcsw, minflt, majflt, maxrss_kb;
};

/*
 *
 * "prepare" (outside the measurement; nothing, where the workload has nothing to prepare) and "run". 0, or
 * -ETIMEDOUT: it hung or was too slow and was killed, -ECHILD: it exited non-zero or by a signal, -EBADMSG:
 * it printed rubbish, -ECANCELED: beat() returned false, -EINTR: we were interrupted. All are logged, with a
 * copy of the reason in why. Afterwards the cgroup is empty and the workload's changes to the machine are
 * undone, even if we die.
 *
 * run adds the workload's own metrics and histograms to m. Its primary metric must be among them, unless that
 * is "time": then the wall time is taken.
 */
int workload_prepare(const struct workload_run *run, struct why *why);
int workload_run(const struct workload_run *run, struct metrics *m, struct workload_usage *usage,
		 struct why *why);

/*
 * Adds one line of a result: "metric NAME UNIT lower|higher|none VALUE", "absent NAME UNIT REASON" or "hist
 * NAME UNIT OVERFLOW LOW:HIGH:COUNT ...". Pure. 0, or -EBADMSG and nothing is added.
 */
int workload_parse_line(const char *line, struct metrics *m, struct why *why);
