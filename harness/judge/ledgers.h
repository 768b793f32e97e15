/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Ledgers of several runs side by side. Pure. */
#pragma once
#include "judge/ledger.h"

struct ledgers {
	const struct store_run *run;
	unsigned nr_runs;
	char **label; /* of each run, all different: "7.3.4", its kernel; NULL-terminated */
	/*
	 * Of any run, in the order in which they first come. One that keeps a ledger and was audited too is
	 * there twice.
	 */
	struct ledgers_policy {
		const char *name;
		enum ledger_of of;
	} *policy;
	unsigned nr_policies;
	struct ledger *ledger; /* by policy, then by run: so that neighbours are compared */
};

void ledgers_make(const struct store_run *run, size_t nr, struct ledgers *s);
void ledgers_free(struct ledgers *s);
const struct ledger *ledgers_of(const struct ledgers *s, unsigned policy, unsigned run);

/* What a run shows, in a sentence or two of plain text; the caller's to free. */
char *ledgers_answer(const struct ledgers *s, unsigned run);
/*
 * What else a reader must know of a run, a line each: samples that are not ok and why, kinds of change that
 * the storm did not make and why. "" when there is nothing; the caller's to free.
 */
char *ledgers_notes(const struct ledgers *s, unsigned run);

/*
 * Does a ledger speak against its policy, in a run or in a sample: an entry without its exit on a kernel that
 * reports every exit, a violation anywhere, or no ledger to judge by?
 */
bool ledgers_fail(const struct store_run *run);
bool ledgers_fail_sample(const struct record *r);
