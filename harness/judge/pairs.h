/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A pair is a block in which both sides have a data point of the metric and the two values have a ratio. A
 * value of 0 or below does not have a ratio: its block is left out and counted, and counts in every verdict.
 * Pure.
 */
#pragma once
#include "stats/effect.h"
#include "stats/resolution.h"
#include "stats/unpaired.h"

struct pairs {
	double *x, *y;	/* of each pair, in order of block; all positive */
	unsigned *boot; /* of each pair; NULL: boots are not part of the design */
	size_t n;
	size_t left_out; /* blocks with a data point of both sides whose values do not have a ratio */
};

/*
 * Of values by block, from block 0 to nr - 1; NAN: no data point. y NULL: every block has a 1. boot NULL:
 * boots are not part of the design. To be freed with pairs_free().
 */
struct pairs pairs_of(const double *x, const double *y, const unsigned *boot, size_t nr);
/* The same, of all blocks with a finite value of both sides, whether these have a ratio or not. */
struct pairs pairs_all(const double *x, const double *y, const unsigned *boot, size_t nr);
void pairs_free(struct pairs *p);

/* The effect of x to y (stats/effect.h), over boots where these are part of the design. */
void pairs_effect(const struct pairs *p, struct effect *out);
/* Of pairs_all(): x - y, over boots where these are part of the design. */
void pairs_shift(const struct pairs *p, struct shift *out);
/* What repeats, the caller's to free: log(x / y) or x - y of each pair or boot; *nr of them. */
double *pairs_logs(const struct pairs *p, size_t *nr);
double *pairs_differences(const struct pairs *p, size_t *nr);
/*
 * x / y of each pair; where boots are part of the design, the Hodges-Lehmann estimate of each boot. Their
 * stats_middle() is the effect's ratio. The caller frees value.
 */
struct values pairs_ratios(const struct pairs *p);
/* What the steps of a metric hide on both sides (effect_hide()); p->n > 0. */
struct hidden pairs_hidden(const struct pairs *p, double step);
/* All values of either side are the same to the last digit. */
bool pairs_identical(const struct pairs *p);
