/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The locality score: how far a workload's tasks were moved for its work, in hops; less is nearer. Pure.
 *
 *	score = sum over the moves of the weight of their level
 *
 * A move to an SMT sibling is one hop. Each level beyond doubles: 2 to another core of the L3 group, 4 to
 * another group of the node. To another node it is 4 hops, times the distance of the nodes from each other
 *over that within a node, by hwloc (10 within, as in ACPI SLIT; where it is not known, 20 between): 8.4 on a
 *machine with 10 and 21. Of more than two nodes the mean of all pairs counts, because moves are counted by
 *level.
 */
#pragma once
#include <linux/types.h>
#include "collect/migrate_abi.h"
#include "topology/topology.h"

struct locality {
	double weight[MIGRATE_NR];
};
struct locality locality_of(const struct topology *t);
double locality_score(const struct locality *l, const struct migrate_counts *moves);
