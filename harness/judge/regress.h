/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The regression gate: is a run, at worst, no more than a threshold behind its baseline? Pure.
 *
 * Gated is every workload's primary metric under every policy but fair, and other metrics that a threshold
 * names; each as its ratio to the fair of its own run, so that a slower machine is not a regression. The gate
 * passes only when each gated metric of the baseline is shown to be within its threshold
 * (stats_noninferior()): all of them must pass, so p-values need not be adjusted, and lack of data is never a
 * pass.
 */
#pragma once
#include "judge/versus.h"
#include "stats/leak.h"
#include "util/parse.h"

/* The default tag of the baseline, and the default threshold. */
#define REGRESS_LAST_GOOD "last-good"
#define REGRESS_THRESHOLD 0.05
/* How many nights may be compared with, for parse_count(). */
#define REGRESS_NIGHTS ((struct counts){ NIGHTS_FOR_LEVEL, 1000 })

enum ruling {		   /* in order of weight: the heaviest is the gate's */
	      RULING_INFO, /* not gated: fair itself, and metrics the baseline does not have */
	      RULING_PASS,
	      RULING_INCONCLUSIVE, /* neither within the threshold nor beyond it; or the baseline has no data
				      point */
	      RULING_MISSING, /* the baseline has it and the run has not: no data point, or no such metric */
	      RULING_BROKEN,  /* a sample of it failed, or its policy was ejected; the other samples do not
				 count */
	      RULING_REGRESSION,
	      NR_RULING
};

struct regress_row {
	const struct versus_row *v;
	double threshold;
	enum ruling ruling;
	char *why; /* plain text; NULL for a pass */
	/* Since the anchor, see judge/anchor.h: */
	struct leak leak;
	const char *since; /* of an alarm: the night in which the sum began to rise; NULL: the judged one */
};

struct regress {
	struct versus versus;
	struct regress_row *row; /* one each of versus' */
	unsigned count[NR_RULING];
	enum ruling ruling;	/* INFO: nothing was gated, which is inconclusive */
	bool partial;		/* the run has fewer samples than its plan: it can fail, and not pass */
	struct regress *anchor; /* the same against the anchor; NULL: there is none */
};

/* side B is the run; see struct versus_spec for the nights of side A, the latest first. */
void regress_make(const struct versus_spec *spec, const struct limits *threshold, struct regress *r);
void regress_free(struct regress *r);
/* Rules a row in its turn; takes why over. After the last of them regress_count() sums up. */
void regress_rule(struct regress_row *row, enum ruling ruling, char *why);
void regress_count(struct regress *r);

/* "pass", "inconclusive", "regression", ... */
const char *ruling_name(enum ruling ruling);
/* Does the gate pass, fail or neither? */
bool regress_passes(const struct regress *r);
bool regress_fails(const struct regress *r);
const char *regress_word(const struct regress *r); /* "pass", "fail" or "inconclusive" */

/* Which run against what, for the reader. */
struct regress_names {
	const struct run *run, *baseline; /* baseline: the latest night of them */
	const char *title;		  /* "last-good (20261121-020000-1)", "the last 7 nights" */
	size_t nights;
	const char *command; /* that repeats the judgement */
	const char *anchor;  /* its id, or NULL */
	const struct versus_spec *spec;
};
