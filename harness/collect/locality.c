/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "collect/locality.h"

#define WITHIN_NODE 10.0
#define UNKNOWN 20.0

/* Between different nodes. */
static double mean_distance(const struct topology *t)
{
	double sum = 0;
	int pairs = 0;

	for (int a = 0; a < t->nr_nodes; a++)
		for (int b = 0; b < t->nr_nodes; b++) {
			sum += a == b ? 0 : t->distance[a * t->nr_nodes + b];
			pairs += a != b;
		}
	return pairs ? sum / pairs : UNKNOWN;
}

struct locality locality_of(const struct topology *t)
{
	struct locality l = { .weight = { [MIGRATE_core] = 1, [MIGRATE_l3] = 2, [MIGRATE_node] = 4 } };

	l.weight[MIGRATE_far] = l.weight[MIGRATE_node] * mean_distance(t) / WITHIN_NODE;
	return l;
}

double locality_score(const struct locality *l, const struct migrate_counts *moves)
{
	double score = 0;

	for (int level = 0; level < MIGRATE_NR; level++)
		score += l->weight[level] * (double)moves->moved[level];
	return score;
}
