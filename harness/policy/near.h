/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The contents of a policy's map scxb_near (groups_abi.h), from a topology. Pure. */
#pragma once
#include <stdint.h>
#include "topology/topology.h"

/* The number of groups: L3 groups, nodes, the machine, cores. A row has one entry for each. */
int near_groups(const struct topology *t);
/* nr_l3 rows; the caller's to free. */
uint32_t *near_rows(const struct topology *t);
