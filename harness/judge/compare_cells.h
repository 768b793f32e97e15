/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The table that a comparison is: rows are metrics of workloads, columns policies, and a cell holds what the
 * samples gave, block by block, before anything is judged. Outside judge/ compare.h is what to include.
 */
#pragma once
#include <stdbool.h>
#include "judge/judgement.h"
#include "store/store.h"

/* A metric of a workload: a row of the comparison. */
struct work {
	const char *name, *metric, *unit; /* unit "" and better none while no sample had the metric */
	enum better better;
	bool primary;
	unsigned other_unit; /* values left out because their unit is another: not data points */
	/* Of a primary metric, once it is judged: */
	double *base;	 /* of the baseline by block: the geometric mean of its arms with a value; NAN */
	double step;	 /* compare_step() */
	bool complement; /* an index just below 1: what is judged is 1 - value, and less of it is better */
	bool vetoed;	 /* the arms of the baseline differ from each other: no verdict */
	double carry_p;	 /* of "no policy leaves anything to the sample after it"; NAN: not known from that
			  * order
			  */
	double *carried; /* by policy: see struct judgement */
};

struct cell {
	unsigned taken[NR_STATUS];  /* timed samples, without retakes */
	const struct record *worst; /* the first of the worst status; NULL without any */
	unsigned valid;		    /* data points */
	unsigned again;		    /* those of them that are retakes */
	double *value;		    /* by block from 0 to nr_blocks; NAN: no data point */
	double *judged; /* what is compared: the value, or its complement, without what is carried over */
	double median;	/* of the values; NAN without data points */
	/* To the baseline, of a primary metric; else of nothing. A verdict only in the family. */
	struct judgement judgement;
};

struct compare {
	const struct store_run *run;
	unsigned nr_policies, nr_blocks;
	unsigned nr_works; /* the first are the workloads' primary metrics, in their order */
	unsigned family;   /* comparisons of the confirmatory family: cells that have a p */
	int baseline;	   /* index of the policy that the others are compared with, or -1 */
	double margin;	   /* of equivalence */
	struct work *work;
	struct cell *cell;
	unsigned *boot; /* of each block, where boots are part of the design and so what repeats; else NULL */
};

/*
 * Rows, cells and their values; judgements are those of no data. patterns: as for
 * compare_make_wide().
 */
void compare_collect(const struct store_run *run, const char *const *patterns, struct compare *c);
void compare_free(struct compare *c);
const struct cell *compare_cell(const struct compare *c, unsigned work, unsigned policy);
/* Indices, or -1. */
int compare_policy(const struct compare *c, const char *policy);
int compare_work(const struct compare *c, const char *workload, const char *metric);
/* A timed and proven sample: its other metrics may be shown as results. */
bool compare_counts(const struct record *r);
unsigned cell_taken(const struct cell *cell); /* of all statuses */
