/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The machine as one flat struct, made with hwloc. This room is the only user of hwloc.h.
 *
 * CPUs have the kernel's numbers (hwloc's os_index), which may have holes. Everything else is a dense index
 * from 0, by the lowest CPU. On a machine without L3 each package is one group. On a machine with L3, the
 * CPUs of a package that are outside of any L3 form a group of their own. A machine without NUMA nodes has
 * one node. Where only some CPUs are in a node, those of a package that are outside of any form a node of
 * their own, which is as far from others as the nearest memory of its package. Nodes without CPUs are left
 * out.
 */
#pragma once
#include <stdbool.h>

struct topology_cpu {
	int cpu; /* the kernel's number */
	int core, l3, node, package;
	bool allowed; /* we may run there */
};

struct topology {
	struct topology_cpu *cpu; /* ascending by number */
	int nr_cpus;
	int max_cpu; /* highest number + 1: the size of arrays by CPU */
	int nr_cores, nr_l3, nr_nodes, nr_packages;
	bool has_l3;   /* false: the groups are packages */
	int smt;       /* siblings of the core that has the most */
	int *distance; /* nr_nodes * nr_nodes, as in ACPI SLIT: 10 is local; if unknown, 10 and 20 */
	int *near;     /* nr_l3 * nr_l3: row i is i, then the others from the nearest to the farthest */
	char *model;   /* CPU model name, or "" */
	char *xml;     /* hwloc's export, to store and to draw */
};

/*
 * source: NULL for this machine, "synthetic:..." for a synthetic description of hwloc, XML itself, or the
 * path of an XML file. Returns 0 or a negative errno, logged.
 */
int topology_load(const char *source, struct topology *t);
void topology_free(struct topology *t);
/* The entry of a CPU by the kernel's number, or NULL. */
const struct topology_cpu *topology_cpu(const struct topology *t, int cpu);
int topology_allowed(const struct topology *t); /* how many CPUs we may use */
/* "2 packages, 2 nodes, 4 L3 groups, 8 cores, 16 CPUs (SMT 2)", into a static buffer. */
const char *topology_line(const struct topology *t);
