/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is bisected: results/bisect/ID/bisect.json, written once. All else is found out again each time: the
 * graph from git, the turns from the samples of the runs ID-..., which are ordinary ones. The folder also has
 *
 *	kept/HASH/	what the commit was built to, or "failed", which says why; build.log
 *	tree/		where commits are built
 *
 * The id is made of the commits and of all that decides a turn, so the same call finds what it did before.
 */
#pragma once
#include <stdbool.h>
#include "bisect/git.h"
#include "bisect/policy_text.h"
#include "record/record.h"

/* The command line, as given. */
struct bisect_ask {
	const char *good, *bad, *policy, *workload, *repo, *build;
	const char *results, *where, *resume;
	const char *step; /* STEP_VARIABLE of the environment, or NULL */
	double risk;
	unsigned blocks;
	bool first_parent, json;
	bool is_bad[NR_STATUS]; /* that a policy ends like this is what BAD stands for */
};

struct bisection {
	char *id, *dir, *results; /* dir and results are absolute */
	char good[GIT_HASH + 1], bad[GIT_HASH + 1];
	char *repo, *workload, *build; /* build NULL: as build.h has it */
	struct policy_text policy;
	double risk;
	unsigned blocks;
	bool first_parent, is_bad[NR_STATUS];
};

/*
 * Of the command line, or of the file where it resumes. -CAUSE_USAGE, -CAUSE_NOT_FOUND and the like, logged.
 * To be freed also after an error.
 */
int bisection_make(const struct bisect_ask *ask, struct bisection *job);
void bisection_free(struct bisection *job);
/* A run of it; the caller's to free. What it is of: "ends", "found", or a hash, which is cut. */
char *bisection_run(const struct bisection *job, const char *of);
/* Locks the folder, for as long as the process lives. -CAUSE_BUSY. */
int bisection_lock(const struct bisection *job);
