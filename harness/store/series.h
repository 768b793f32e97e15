/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside store/ only: the points of all series, before any value, and which of them a sample is. */
#pragma once
#include "store/db.h"

/* The points of one machine, workload and policy, from first on. */
struct group {
	const char *host, *workload, *policy;
	size_t first, nr;
	size_t values; /* of the metric at hand */
};

struct points {
	struct store_point *point; /* by group; within it by time */
	size_t nr;
	struct group *group; /* by machine, workload and policy, fair first */
	size_t nr_groups;
	struct sample_place {
		size_t point; /* + 1; 0: the sample is none of the points */
		size_t group;
	} *place; /* by row of the table "sample", from 0 */
	int64_t rows;
	char **text; /* what the strings point to */
	size_t nr_texts;
};

int points_load(struct store *s, const struct store_filter *filter, struct points *p);
void points_free(struct points *p);
