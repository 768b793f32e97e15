/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Groups of CPUs, as the loader lists them and a policy uses them: L3 groups, nodes, the machine, cores. They
 * are numbered consecutively, a layout after the other in the order of enum scxb_layout.
 *
 * Array map "scxb_near" of __u32, with a row for each L3 group; a row has as many entries as there are
 * groups. It has the L3 groups from the nearest, which is itself (same node first, then by NUMA distance), to
 * the farthest; then the nodes in the order in which these L3 groups lead to them, the machine, and the cores
 * in the same order. So each layout begins in a row at the number of its first group.
 *
 * No includes: control_abi.h comes first.
 */
#ifndef SCXB_GROUPS_ABI_H
#define SCXB_GROUPS_ABI_H

/* The number of the first group of a layout; for SCXB_NR_LAYOUTS, how many groups there are. */
static inline __u32 scxb_first_group(__u32 layout, __u32 nr_l3, __u32 nr_nodes, __u32 nr_cores)
{
	switch (layout) {
	case SCXB_LAYOUT_L3:
		return 0;
	case SCXB_LAYOUT_NODE:
		return nr_l3;
	case SCXB_LAYOUT_MACHINE:
		return nr_l3 + nr_nodes;
	case SCXB_LAYOUT_CORE:
		return nr_l3 + nr_nodes + 1;
	default:
		return nr_l3 + nr_nodes + 1 + nr_cores;
	}
}

#endif
