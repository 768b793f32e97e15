/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One call of a workload's executable, confined, supervised and reaped whole. Inside the module only.
 *
 * Between us and the executable stands a keeper: a child of ours, of our scheduling class, that adopts
 * every orphan below it and ends only when all of them are gone. It kills them when the executable has
 * ended, when told to (SIGTERM), and when we die. So nothing outlives a job, whatever it forks or ignores,
 * and no other child of ours is reaped by mistake. Last it calls a workload that asked for it to undo what
 * it did to the machine, for then nobody else may be left to.
 */
#pragma once
#include <sys/resource.h>
#include "workload/workload.h"
#include "util/why.h"

struct job {
	const char *path, *verb;
	const char *const *env;		/* as workload.h says; NULL: nothing */
	const struct workload_run *run; /* environment, cgroup, log, beat; NULL for --describe */
	double timeout_s;
};

/* Where the executable writes what we read: its stdout for --describe, else a descriptor of its own. */
#define JOB_RESULTS 3

struct job_result {
	int status;	     /* as of wait() */
	double wall_s;	     /* exec to exit of the executable */
	struct rusage usage; /* of all that it started, too */
	char *output;	     /* the caller's to free */
};

/* Shared by both sides of the fork. */
struct job_shared {
	const char *failed; /* what could not be done before exec, and its errno */
	int error;
	bool ended;
	int status;
	double wall_s;
	struct rusage usage;
};

/* 0 and the result, or a negative errno as workload.h says with the reason in why, not logged. */
int job_run(const struct job *job, struct job_result *result, struct why *why);

/* The keeper's whole life, in the forked child; ends the process. */
void keeper_main(const struct job *job, int output_fd, struct job_shared *shared) __attribute__((noreturn));
/*
 * Becomes the executable: class, session, cgroup, descriptors, environment. The output is at JOB_RESULTS
 * already. Ends the process if it can't.
 */
void job_exec(const struct job *job, struct job_shared *shared) __attribute__((noreturn));
