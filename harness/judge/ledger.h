/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The custody ledger of one policy in one run, summed over all its samples, the void ones too, since that is
 * where violations are. Pure. Page, terminal and JSON take their numbers from here.
 */
#pragma once
#include <stdbool.h>
#include "record/abi_name.h"
#include "life/outside.h"
#include "store/store.h"

struct ledger {
	const struct store_run *run;
	const char *policy;
	bool audited;	      /* kept from outside the policy, see collect/outside.h */
	char *title;	      /* the policy; of an audited one also that */
	unsigned taken, kept; /* samples of the policy, and how many of them have a ledger */
	unsigned broken;      /* that failed or ended in an ejection */
	const char *why;      /* why it is absent or broken, as the last sample said; or NULL */
	bool exact;	      /* the kernel reports every exit; else some are inferred */
	bool differs;	      /* the audit and the policy do not say the same */
	/*
	 * custody.*, storm.*; custody_ns.*, in the policy's own without the instrumented samples. An audited
	 * one has the same names.
	 */
	struct metrics sum;
};

/* Whose: the policy's own ledger, that from outside, or the latter only where the policy keeps none. */
enum ledger_of { LEDGER_OWN, LEDGER_AUDITED, LEDGER_ANY };
/* Has a sample of the policy that ledger, or a reason why not? */
bool ledger_is_kept(const struct store_run *run, const char *policy, enum ledger_of of);
void ledger_make(const struct store_run *run, const char *policy, enum ledger_of of, struct ledger *l);
void ledger_free(struct ledger *l);

/* "custody.NAME", or all of a group together; NAN: no sample has it. */
double ledger_count(const struct ledger *l, enum scxb_custody which);
double ledger_total(const struct ledger *l, enum custody_group group);
/* "custody_ns.NAME", or NULL. */
const struct hist *ledger_times(const struct ledger *l, enum scxb_cause cause);
bool ledger_any_audited(const struct ledger *ledger, unsigned nr);
/* What only an audit has: exits that were told to the policy, of those owed; inserts in vain. NAN. */
double ledger_outside(const struct ledger *l, enum outside_count which);
const char *ledger_why_untold(const struct ledger *l); /* or NULL */
/*
 * Of an audited one: what the policy does with ops.dequeue(), and what the audit cost, in a line; NULL of
 * others. The caller's to free.
 */
char *ledger_note(const struct ledger *l);
double ledger_inside(const struct ledger *l); /* entries less exits */
/* "storm.KIND" or "storm.KIND_caught", in all; NAN. */
double ledger_storm(const struct ledger *l, const char *kind, const char *suffix);

/* By weight: where several hold, the first counts. */
enum ledger_state {
	LEDGER_BROKEN, /* a sample has no ledger, failed or was ejected */
	LEDGER_VIOLATED,
	LEDGER_DIFFERS,
	LEDGER_UNBALANCED, /* though the kernel has the semantics */
	LEDGER_INFERRED,   /* the kernel lacks the semantics: nothing is shown to be wrong, or right */
	LEDGER_BALANCED,
	LEDGER_NONE, /* the policy is not part of the run */
};
enum ledger_state ledger_state(const struct ledger *l);
const char *ledger_word(enum ledger_state state);
/* Nothing in its numbers speaks against the policy, whatever became of the samples. */
bool ledger_is_quiet(const struct ledger *l);
/* Does it speak against the policy, or is it not known? */
bool ledger_fails(enum ledger_state state);
