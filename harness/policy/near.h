/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The contents of a policy's map scxb_near (groups_abi.h), of a topology. Pure. */
#pragma once
#include <stdint.h>
#include "topology/topology.h"

/* How many groups there are: L3 groups, nodes, the machine, cores. A row has as many entries. */
int near_groups(const struct topology *t);
/* nr_l3 rows; the caller's to free. */
uint32_t *near_rows(const struct topology *t);
