/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What watching costs: a workload's primary metric in the instrumented samples, to the median of the timed
 * ones, paired by policy. It is of all that watches there together: the kernel's BPF statistics, histograms,
 * the life of tasks, moves and the audit. Pure.
 */
#pragma once
#include "judge/compare.h"

struct watching {
	struct effect effect; /* n: policies */
	struct extent extent; /* of them, where they are too few for an interval */
};
void watching_cost(const struct compare *c, unsigned work, struct watching *w);
