/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Carry-over: what a policy leaves behind for the sample after it (warm caches, a raised clock, memory in
 * another place). Pure.
 *
 * A plan never lets a policy follow itself within a block, so a policy that slows the sample after
 * it slows all policies but itself, and wins. What ran before is known for every sample, so it is a factor
 * beside block and policy: log values = block + policy + predecessor, by least squares (Jones, Kenward,
 * Design and Analysis of Cross-Over Trials, 3rd ed., 5). Blocks are taken out by centring.
 */
#pragma once
#include <stddef.h>

struct carry_sample {
	double log;	/* of the value */
	unsigned block; /* any number; the samples of a block follow one another */
	unsigned arm;	/* 0: the baseline */
	unsigned after; /* the arm that ran before it, or another number below nr_after */
};

struct carry {
	double p;      /* of "no predecessor matters" (F test); NAN where the order can't show it */
	double *left;  /* what each predecessor adds to a log value, nr_after of them; their mean is 0 */
	double *wider; /* of each arm: the standard error of its effect over that without the factor; 1 at
			  least */
};

void stats_carry(const struct carry_sample *s, size_t n, unsigned arms, unsigned nr_after, struct carry *c);
void carry_free(struct carry *c);
