/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside store/ only: the points of all series, still without values, and the point of each sample. */
#pragma once
#include "store/totals.h"

/* The points of one machine, workload and policy; first is the index of the first one. */
struct group {
	const char *host, *workload, *policy;
	size_t first, nr;
	size_t values; /* of the present metric */
};

struct points {
	struct store_point *point; /* by group; within it in the order of storing */
	size_t nr;
	struct group *group; /* by machine, workload and policy, fair first */
	size_t nr_groups;
	struct sample_place {
		size_t point; /* index + 1; 0: the sample has no point */
		size_t group;
	} *place; /* by row of the table "sample", from 0 */
	int64_t rows;
	struct totals *totals; /* what is read here is checked with */
	struct totals *own;    /* NULL: they are the asker's */
	char **text;	       /* the memory of the strings */
	size_t nr_texts;
};

int points_load(struct store *s, const struct store_filter *filter, struct points *p);
void points_free(struct points *p);
