/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A run and what the gate compares it with: a baseline, or the nights before it. */
#pragma once
#include "judge/compare.h"
#include "judge/limits.h"
#include "judge/nights.h"
#include "store/store.h"

/* As a person asks. Strings are borrowed. */
struct trial_ask {
	const char *run;      /* judged; NULL: the latest comparison */
	const char *baseline; /* a run or a tag; NULL: REGRESS_LAST_GOOD */
	unsigned nights;      /* not 0: the last so many nights instead */
	const char *anchor;   /* a run or a tag; NULL: REGRESS_ANCHOR, if there is one before it */
	struct limits threshold, margin, anchor_limit; /* their "all" 0: the default */
};

struct trial {
	const struct trial_ask *ask;
	struct store_run run, *night;
	size_t nr; /* nights, or 1: the baseline */
	struct nights nights;
	struct compare c, *base;
	struct store_run anchor; /* run.id NULL: none */
	struct compare anchor_c;
	struct limits threshold, margin, anchor_limit; /* with their defaults; items are those of ask */
	char *title; /* "last-good (20261121-020000-1)", "the last 7 nights before it" */
};

/*
 * 0, or a cause, logged: -CAUSE_INCONCLUSIVE without a baseline or enough nights, -CAUSE_USAGE for what is
 * not comparable. ask must outlive it; trial_free() in any case.
 */
int trial_load(struct store *store, const struct trial_ask *ask, struct trial *t);
void trial_free(struct trial *t);
/*
 * The command that repeats the judgement, with ids for names, so that it judges the same tomorrow; nights are
 * those before the run, whenever it is asked. In the lab make repeats it. The caller's to free.
 */
char *trial_command(const struct trial *t);
