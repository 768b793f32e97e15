/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One answer from many machines: each policy's ratio to fair under each workload's primary metric, a machine
 * being one value of it (stats/fleet.h). Samples of several machines are never pooled. Classes of machines
 * (judge/members.h) are judged apart, and whether the class explains what lies between machines.
 *
 * A machine's value is that of its own run, paired by block; one that lost too many of its samples has none.
 * An outcome comes before any ratio: a policy that one machine's kernel ejected is not usable in the fleet.
 */
#pragma once
#include "judge/judgement.h"
#include "judge/members.h"
#include "stats/fleet.h"

struct fleet_work {
	char *name, *metric, *unit;
	enum better better;
};

/* A machine in a cell. */
struct fleet_one {
	struct fleet_host host; /* x NAN: it has no value */
	unsigned ok, due;	/* timed samples; due 0: the policy or the workload is not part of its run */
	enum status worst;
	char *why;    /* of the worst; or NULL */
	double stray; /* p of "it is as the others are", adjusted over the machines; NAN: not known */
};

/* Machines together: all, or those of a class. */
struct fleet_part {
	struct fleet fleet;
	size_t nr;		    /* machines whose plan has the cell, with a value or not */
	struct judgement judgement; /* its effect is the fleet's; of too few machines without a verdict */
};

struct fleet_cell {
	struct fleet_one *one; /* by member */
	struct fleet_part all, *class;
	double least, most;  /* the ratio of all without any one machine; NAN: two are left, or fewer */
	bool holds;	     /* so does the verdict, whichever machine is left out */
	double explained_by; /* p of "classes are alike" (Welch); NAN: fewer than two with two machines */
};

struct fleet_view {
	const struct members *members;
	struct fleet_work *work;
	unsigned nr_works;
	char **policy; /* without fair and its second arm */
	unsigned nr_policies;
	struct fleet_cell *cell; /* by work, then policy */
	double margin;
	unsigned family; /* cells whose p are adjusted together; those of classes are a family of their own */
};

#define FLEET_STRAYS 0.05 /* adjusted p below which a machine is said to disagree */

/* Reads the store, and judges. margin NAN: VERDICT_MARGIN. -errno, logged; fleet_view_free() in any case. */
int fleet_load(struct store *s, const struct members *m, double margin, struct fleet_view *f);
/* From what machines have: sets all of the cells but "one". */
void fleet_judge(struct fleet_view *f);
void fleet_view_free(struct fleet_view *f);

struct fleet_cell *fleet_cell(const struct fleet_view *f, unsigned work, unsigned policy);
bool fleet_strays(const struct fleet_one *one);
bool fleet_is_explained(const struct fleet_cell *cell); /* by classes */
/* A machine's own ratio with its interval; without a verdict. */
struct judgement fleet_own(const struct fleet_view *f, const struct fleet_one *one);
/* Fewer than FLEET_LEAST machines: no answer; logs and returns -CAUSE_INCONCLUSIVE. */
int fleet_check(const struct members *m);

/* In words, plain text; the caller's to free. */

/* The answer, a sentence a line, the weightiest first: for each cell, then which machines disagree and why.
 */
char *fleet_answer(const struct fleet_view *f);
/* "▼ slower", "too few machines". */
char *fleet_word(const struct fleet_view *f, unsigned work, const struct fleet_part *part);
/* Why a part has no verdict of difference or equivalence; "": it has. */
char *fleet_reason(const struct fleet_part *part);
/* "1.031 [1.012, 1.054]", or "1.031" of too few machines; "–" of none. */
char *fleet_effect(const struct fleet_part *part);
/* "0.98 … 1.09", where the true ratio of another such machine lies; "–". */
char *fleet_next(const struct fleet *fleet);
/* "1.2 %": how far machines' own ratios lie apart, a standard deviation; "–" of one. */
char *fleet_between(const struct fleet *fleet);
/* "1.02 … 1.04", what the ratio becomes without any one machine; "–". */
char *fleet_without_one(const struct fleet_cell *cell);
/* "cpu is Xeon E5 (most: EPYC), kernel is 7.0 (most: 7.3)"; "" where nothing recorded differs. */
char *fleet_differs(const struct members *m, size_t member);
/* "Machine a1b2 is left out: fair is CFS in r1 and EEVDF in r2.", a line each; "" where none is. */
char *fleet_left_out(const struct members *m, const char *whose);
/* "class 2", or "all machines". */
char *fleet_class_name(int class);
