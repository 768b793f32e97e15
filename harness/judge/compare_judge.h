/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From values to judgements, a step a file; compare.c calls them in this order. Only judge/ includes this. */
#pragma once
#include "judge/compare.h"

/* What is compared of a primary metric: complement, step, and judged values as they are. */
void compare_prepare(const struct compare *c, unsigned work);
/* Takes off the judged values what policies leave to the sample after them. */
void compare_uncarry(const struct compare *c, unsigned work);
/* The baseline's judged value of each block. */
void compare_base(const struct compare *c, unsigned work);
/* Samples that are due, and what became of them, of every cell. */
void compare_reliability(struct compare *c);
/*
 * p99 of a primary metric's latencies, all blocks together, of the one end over that of the other; NAN: it
 * has no histogram in its unit, or too few values. INFINITY: it is beyond the histogram's end.
 */
double compare_tail(const struct compare *c, const struct compare_ends *ends);
