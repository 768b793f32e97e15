/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A fleet over time: of each policy and workload a series of nights, each the fleet's ratio over the machines
 * that ran that day (UTC), a machine by its last run. Levels and their changes are found as in any history
 * (judge/history.h). A night of fewer than FLEET_LEAST machines has no value. Which machines ran may differ
 * from night to night, which can be a change by itself: their number stands beside it.
 */
#pragma once
#include "judge/history.h"
#include "judge/members.h"
#include "stats/fleet.h"

struct fleet_line {
	struct history_series series; /* night[].ratio is the fleet's; pairs are machines */
	struct fleet *fleet;	      /* by night */
};

struct fleet_nights {
	const struct members *members;
	struct fleet_line *line; /* by workload, then policy */
	size_t nr;
	struct history_run **day; /* the days of all, ascending */
	size_t nr_days;
};

/* Of the members' machines; since_ns 0: all. -errno, logged; fleet_nights_free() in any case. */
int fleet_nights_load(struct store *s, const struct members *m, int64_t since_ns, struct fleet_nights *n);
void fleet_nights_free(struct fleet_nights *n);
/* "2026-11-24: build under fifo +5.1 % worse, 1.001 -> 1.052, seen 2026-11-26", a line each; to be freed. */
char *fleet_nights_changes(const struct fleet_nights *n);
