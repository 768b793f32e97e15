/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A machine's own run in short, as a fleet's answer and history read it: of each workload, and each policy
 * but fair, the log ratio to fair under the metric that the run names as the workload's primary one
 * (stats/fleet.h), and what became of the samples. The ratio is NAN where too many samples are lost, or no
 * value has one.
 */
#pragma once
#include "store/cells.h"

/*
 * Whoever changes a number of it, here or in stats/, raises the version, so that stores make their cells
 * again; a test holds the numbers of both.
 */
#define FLEET_CELLS_VERSION 1
extern const struct cells_maker fleet_cells;

/* Keeps the cells of all runs that have none yet, so that no reader makes them. After runs were taken in. */
int fleet_keep(struct store *s);
