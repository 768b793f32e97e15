/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Taking a run, the same for every command that takes one: resolve it, check the machine, take and store each
 * sample, show the result.
 */
#pragma once
#include <stdbool.h>

struct bench;
struct plan_kind;
struct record;
struct store;

/* What a command wants from its run. */
struct purpose {
	const struct plan_kind *plan; /* NULL: the user's choice */
	bool fair; /* it compares: fair is a default policy, and what asks to be named (SCXB_BY_NAME) is none
		    */
	/* The command that repeats the run; the caller's to free. */
	char *(*command)(const struct bench *b);
	/* NULL, or checks the policies and workloads that were asked for: 0 or a negative errno, logged. */
	int (*check)(const struct bench *b);
	bool retakes; /* a void sample is taken again, see session_take.h */
	/*
	 * NULL, or after each block of the first workload: why the run ends with it, the caller's to free, or
	 * NULL. value: of its primary metric, of the blocks of the first policy, then of the next; NAN: no
	 * data point. planned: how far the policies are apart.
	 */
	char *(*enough)(const struct bench *b, const double *value, unsigned planned, unsigned block);
	/* True if this sample makes the run end with exit code 1. */
	bool (*failed)(const struct record *r);
	/* Prints the result from the store to stdout. 0 or a negative errno. */
	int (*show)(const struct bench *b, struct store *store);
	/* Prints what is stored so far to stderr, when SIGUSR1 asks for it (util/look.h); NULL: it has no
	 * table. */
	void (*look)(const struct bench *b, struct store *store);
};

/*
 * Takes the whole run, or with --dry-run prints its plan. b has its options and purpose. Returns the exit
 * code.
 */
int session_main(struct bench *b);
