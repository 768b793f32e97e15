/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Taking a run, the same for every command that does: resolve it, check the machine, take each sample,
 * store what ended, have the result shown.
 */
#pragma once
#include <stdbool.h>

struct bench;
struct plan_kind;
struct record;
struct store;

/* What a command wants of its run. */
struct purpose {
	const struct plan_kind *plan; /* NULL: what the user says */
	bool fair;		      /* it is among the default policies */
	/* The command that repeats the run; the caller's to free. */
	char *(*command)(const struct bench *b);
	/* NULL, or of the policies and workloads that were asked for: 0 or a negative errno, logged. */
	int (*check)(const struct bench *b);
	/* Does this sample make the run end with exit code 1? */
	bool (*failed)(const struct record *r);
	/* The result, from the store, on stdout. 0 or a negative errno. */
	int (*show)(const struct bench *b, struct store *store);
};

/* The whole run, or with --dry-run its plan. b has its options and purpose. Returns the exit code. */
int session_main(struct bench *b);
