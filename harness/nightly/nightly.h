/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One night is a list of steps. Each is a function below that gets the night and returns an exit code. The
 * exit code of the night is the worst of them.
 */
#pragma once
#include <stdbool.h>
#include "nightly/nightly_conf.h"
#include "host/host.h"
#include "host/preflight.h"

struct night {
	struct night_conf conf;
	struct host_wish wish;
	const char *results;
	char *id;	 /* of the run */
	char *dir;	 /* of its files */
	char *published; /* where the report was copied to, or NULL */
	int bench, gate; /* exit codes of these steps */
	char *changes;	 /* that history shows since tonight, a line each; NULL: not known */
	bool worse;	 /* there is one */
	bool reported;
	bool over; /* set by a step: later steps have nothing to work on */
};

/*
 * Root trusts no file that others can change: the file of settings itself, and of the settings the folder to
 * publish in, policies, and what a hook names. 0 or a cause, logged.
 */
int night_trust_file(const char *path);
int night_trust(const struct night_conf *c);
/* Derives the rest from conf, which is read. */
void night_take_conf(struct night *n);
/* Every step; an exit code. */
int night_pass(struct night *n);

/* Is the machine fit? 0 or 3, logged with each reason. */
int night_preflight(struct night *n);
/* Prints the same on stdout and checks the settings: 0, 2 or 3. Not a step. */
int night_check(struct night *n);
/* The run, and taking it into the store, also when it was interrupted. */
int night_bench(struct night *n);
/*
 * Judges the run against the baseline, or makes it the first one. The page goes to stdout and to the run's
 * files.
 */
int night_gate(struct night *n);
/* Levels that tonight is seen to have changed for the worse: 1, and a case in the gate's JUnit XML. */
int night_history(struct night *n);
int night_report(struct night *n);
/* Copies the report and the gate's page, whole or not at all, then lets "latest" point to it. */
int night_publish(struct night *n);
/* What was found, in at most ten lines, on stdout and in the run's mail.txt. */
int night_message(struct night *n);
/* "pass", "regression" (of the gate or of the history), "inconclusive", or "none": not judged. */
const char *night_verdict(const struct night *n);
int night_hook(struct night *n);
/* Removes old runs, and of each what was published. */
int night_prune(struct night *n);
