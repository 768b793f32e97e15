/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Inside workload/ only: one call of a workload's executable, confined, supervised and reaped whole.
 *
 * A keeper stands between us and the executable: a child of ours, in our scheduling class. It adopts every
 * orphan below it and ends only when all of them are gone. It kills them when the executable has ended, when
 * it gets a SIGTERM, and when we die. So nothing outlives a job, whatever it forks or ignores, and no other
 * child of ours is reaped by mistake. Last, the keeper calls a workload that asked for that, to undo its
 * changes to the machine: by then no other process may be left to do it.
 */
#pragma once
#include <sys/resource.h>
#include "workload/workload.h"
#include "util/why.h"

struct job {
	const char *path, *verb;
	const char *const *env;		/* see workload.h; NULL: nothing */
	const struct account *user;	/* NULL: as what we are */
	uint64_t caps;			/* that this user has */
	const struct workload_run *run; /* environment, cgroup, log, beat; NULL for --describe */
	double timeout_s;
};

/*
 * The descriptor to which the executable writes its results, apart from its stdout. --describe writes to
 * stdout.
 */
#define JOB_RESULTS 3

struct job_result {
	int status;	     /* as of wait() */
	double wall_s;	     /* exec to exit of the executable */
	struct rusage usage; /* with everything that it started */
	char *output;	     /* the caller's to free */
};

/* Shared by both sides of the fork. */
struct job_shared {
	const char *failed; /* the step before exec that failed, and its errno */
	int error;
	bool ended;
	int status;
	double wall_s;
	struct rusage usage;
};

/* 0 and the result, or a negative errno (see workload.h) with the reason in why. Not logged. */
int job_run(const struct job *job, struct job_result *result, struct why *why);

/* The keeper's whole life, in the forked child; ends the process. */
void keeper_main(const struct job *job, int output_fd, struct job_shared *shared) __attribute__((noreturn));
/*
 * Becomes the executable: sets class, session, user, cgroup, descriptors, environment. The output is already
 * at JOB_RESULTS. Ends the process on an error.
 */
void job_exec(const struct job *job, struct job_shared *shared) __attribute__((noreturn));
/*
 * Moves the calling process into the class under test. We run in SCHED_FIFO; SCHED_OTHER is in that class,
 * unless the policy schedules SCHED_EXT tasks only. Negative errno, not logged.
 */
int job_enter_class(bool sched_ext);
