/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The gate of a fleet: may the runs that machines have now take the place of those of the baseline? A machine
 * is one value: its ratio to fair now over that of its baseline, so that neither a slower machine nor a class
 * that is unlike the others is a regression. Every class of machines must show that it loses at most the
 * threshold (stats_noninferior()), and so must all together; harm to one class is harm. Pure.
 *
 * How runs of one machine differ although nothing is changed is in what lies between machines, so it needs no
 * earlier nights.
 *
 * What was not compared is never a pass: a class whose machines are gone or left out now, or have no value in
 * the baseline, is inconclusive. A policy or metric that the baseline has not at all is only named.
 */
#pragma once
#include "judge/fleet.h"
#include "judge/regress.h"

struct fleet_gate_row {
	unsigned work, policy; /* of the baseline's view */
	int class;	       /* see fleet_gate_class(); -1: all machines */
	struct fleet fleet;    /* now over then */
	size_t asked;	       /* machines with a value then */
	size_t fresh;	       /* that are to have one now, and had none then */
	enum ruling ruling;
	char *why; /* NULL: it passes */
};

struct fleet_gate {
	const struct fleet_view *now, *then;
	double threshold;
	unsigned *class_then; /* of each class then the class here; those that are no more follow now's */
	unsigned nr_classes;
	struct fleet_gate_row *row; /* by work, policy, then class: all machines first */
	size_t nr;
	unsigned count[NR_RULING];
	enum ruling ruling; /* the heaviest; INFO: nothing was judged */
};

void fleet_gate_make(const struct fleet_view *then, const struct fleet_view *now, double threshold,
		     struct fleet_gate *g);
void fleet_gate_free(struct fleet_gate *g);
bool fleet_gate_fails(const struct fleet_gate *g);
const char *fleet_gate_word(const struct fleet_gate *g); /* "pass", "fail", "inconclusive" */
/* In sentences, a line each, the heaviest first; the caller's to free. */
char *fleet_gate_answer(const struct fleet_gate *g);
/* What the machines of a class are alike in. */
const char *fleet_gate_class(const struct fleet_gate *g, unsigned class);
/* The member that a machine of the baseline is now; -1: it has no run newer than that. */
int fleet_gate_newer(const struct fleet_gate *g, size_t then);
/* Cell of now, by the names of then's, and the other way round; NULL: there is none. */
const struct fleet_cell *fleet_gate_same(const struct fleet_view *in, const struct fleet_view *of,
					 unsigned work, unsigned policy);
/* Can the two be compared at all? -CAUSE_USAGE, logged. */
int fleet_gate_check(const struct members *then, const struct members *now);
