/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Shared by migrate.bpf.c, which counts the workload's moves from CPU to CPU, and migrate.c, which reads the
 * counts.
 */
#pragma once
#include "levels_abi.h"

/* The only variable of the object's .rodata: the cgroup whose tasks are counted, with all groups below it. */
struct migrate_target {
	__u64 cgroup_id;
	__u32 level; /* its depth below the root */
	__u32 pad;
};

/* Where a CPU is: its entry of the array "migrate_place", whose size the loader sets. Dense indices. */
struct migrate_place {
	__u32 core, l3, node, known; /* known: 0 is a CPU that the machine does not show */
};

/* One for each CPU, in the single entry of the per-CPU array "migrate_counts". */
struct migrate_counts {
	__u64 moved[MIGRATE_NR];
};
_Static_assert(sizeof(struct migrate_target) == 16 && sizeof(struct migrate_place) == 16, "layout");
