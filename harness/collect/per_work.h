/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include "record/metrics.h"

/* A metric that the sample has, for a unit of the workload's work; absent for the reason for which that one
 * is. */
struct per_work {
	const char *of, *name, *unit; /* unit: of the first, "J" */
};
void per_work_add(struct metrics *m, const struct per_work *w);
