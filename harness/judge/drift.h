/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The timed samples of a workload in the order in which they were taken, and what drifted meanwhile. Pure. */
#pragma once
#include "text/buf.h"
#include "judge/compare.h"

struct timeline_point {
	const struct record *sample;
	unsigned policy;
	double relative; /* the value over the median of its own policy; NAN: no data point */
};

struct timeline_block {
	double middle; /* place in time, samples counted from 1 */
	double level;  /* median of what is relative */
};

struct timeline {
	struct timeline_point *point;
	size_t nr;
	struct timeline_block *block; /* those with a data point, in the order of time */
	size_t nr_blocks;
};

/* work: a workload's primary metric. */
void timeline_make(const struct compare *c, unsigned work, struct timeline *t);
void timeline_free(struct timeline *t);

/*
 * Of every cell of a primary metric, by its data points in the order of blocks; the p-values are adjusted
 * together. A warning and not a verdict: blocks are random, so a drift widens the intervals and favours no
 * policy.
 */
struct drifts {
	struct drift *drift; /* as the cells of the comparison; NAN outside the primary metrics */
	double *adjusted;
};
void drifts_make(const struct compare *c, struct drifts *d);
void drifts_free(struct drifts *d);
/* Are there blocks enough that one could be shown? */
bool drifts_can_show(const struct compare *c);
/*
 * "build under fair (rank correlation +1.00)", each that is shown, commas between; returns how many. work -1:
 * all.
 */
unsigned drifts_put(struct buf *b, const struct compare *c, const struct drifts *d, int work);
