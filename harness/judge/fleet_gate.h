/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The gate of a fleet: may the runs that machines have now take the place of those of the baseline? A machine
 * is one value: its ratio to fair now over that of its baseline, so that neither a slower machine nor a class
 * that is unlike the others is a regression. Every class of machines must show that it loses at most the
 * threshold (stats_noninferior()), and so must all together; harm to one class is harm. Pure.
 *
 * How runs of one machine differ although nothing is changed is in what lies between machines, so it needs no
 * earlier nights.
 */
#pragma once
#include "judge/fleet.h"
#include "judge/regress.h"

struct fleet_gate_row {
	unsigned work, policy; /* of the baseline's view */
	int class;	       /* of the members that are judged; -1: all machines */
	struct fleet fleet;    /* now over then */
	size_t asked;	       /* machines with a value then */
	enum ruling ruling;
	char *why; /* NULL: it passes */
};

struct fleet_gate {
	const struct fleet_view *now, *then;
	double threshold;
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
/* Can the two be compared at all? -CAUSE_USAGE, logged. */
int fleet_gate_check(const struct members *then, const struct members *now);
