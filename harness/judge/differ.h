/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How two runs differ apart from their samples, and whether they can be compared at all. Pure.
 *
 * Two runs are not comparable when they ran on different machines, one of them is emulated, fair is another
 * scheduler in them, or a workload that both ran is not the same work (its identity, see
 * workloads/README.md); nor when the better direction of a metric differs. Everything else (kernel,
 * tunables, objects, blocks) is what one may want to compare, and is listed. What a run does not record can't
 * be judged, and is listed as absent.
 */
#pragma once
#include "judge/compare.h"
#include "record/record.h"

struct difference {
	char *key;
	const char *a, *b; /* of the runs; "absent" where one has none */
};

struct differences {
	struct difference *item;
	size_t nr;
	char **reason; /* why they are not comparable, a sentence each without its full stop */
	size_t nr_reasons;
};

void differ_make(const struct run *a, const struct run *b, struct differences *d);
/* The same where each run is judged by itself, against its own fair: that may be another scheduler in each.
 */
void differ_ground(const struct run *a, const struct run *b, struct differences *d);
/* Adds the directions of metrics, which only samples have. */
void differ_directions(const struct compare *a, const struct compare *b, struct differences *d);
void differ_free(struct differences *d);
