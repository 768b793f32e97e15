/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The comparison that every form of the report shows: page, terminal and JSON take their numbers from
 * here. Pure. A data point is a proven, timed sample with a value of its workload's primary metric;
 * instrumented samples are never one.
 */
#pragma once
#include <stdbool.h>
#include "stats/effect.h"
#include "stats/stats.h"
#include "store/store.h"

struct work {
	const char *name, *metric, *unit; /* unit "" and better none while no sample had the metric */
	enum better better;
};

struct cell {
	unsigned taken[NR_STATUS]; /* timed samples */
	unsigned valid;
	double *value; /* by block from 0 to nr_blocks; NAN: no data point */
	double median; /* NAN without data points */
	struct effect effect; /* to fair, paired by block; n = 0: no pair */
};

struct compare {
	const struct store_run *run;
	unsigned nr_policies, nr_works, nr_blocks;
	int fair; /* index of the policy "fair", or -1 */
	struct work *work;
	struct cell *cell;
};

void compare_make(const struct store_run *run, struct compare *c);
void compare_free(struct compare *c);
const struct cell *compare_cell(const struct compare *c, unsigned work, unsigned policy);
/* A timed and proven sample: its other metrics may be shown as results. */
bool compare_counts(const struct record *r);
unsigned cell_taken(const struct cell *cell); /* of all statuses */

/* The side of 1 that the ratio is on, in the metric's own direction; none when it is shown as 1.000. */
enum side { SIDE_NONE, SIDE_BETTER, SIDE_WORSE };
enum side cell_side(const struct work *work, const struct cell *cell);
/* Has it an interval, and does that leave 1 out? */
bool cell_has_interval(const struct cell *cell);
bool cell_settled(const struct cell *cell);

/* Too few blocks for a verdict. */
bool compare_is_demo(const struct compare *c);
/* "EEVDF" or "CFS": what fair is on that kernel; "fair" when the run does not tell. */
const char *compare_fair_name(const struct compare *c);
/* The policy's index, or -1. */
int compare_policy(const struct compare *c, const char *policy);
/* The answer in a sentence or two of plain text; the caller's to free. */
char *compare_answer(const struct compare *c);
