/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include "topology/topology.h"

static int by_number(const void *key, const void *entry)
{
	return *(const int *)key - ((const struct topology_cpu *)entry)->cpu;
}

const struct topology_cpu *topology_cpu(const struct topology *t, int cpu)
{
	return bsearch(&cpu, t->cpu, t->nr_cpus, sizeof(*t->cpu), by_number);
}

int topology_allowed(const struct topology *t)
{
	int n = 0;

	for (int i = 0; i < t->nr_cpus; i++)
		n += t->cpu[i].allowed;
	return n;
}

const char *topology_line(const struct topology *t)
{
	static char line[160];
	const struct {
		int nr;
		const char *what;
	} parts[] = {
		{ t->nr_packages, "package" },
		{ t->nr_nodes, "node" },
		/* Without L3 the groups are the packages. */
		{ t->has_l3 ? t->nr_l3 : 0, "L3 group" },
		{ t->nr_cores, "core" },
		{ t->nr_cpus, "CPU" },
	};
	int len = 0, allowed = topology_allowed(t);

	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		len += sprintf(line + len, "%s%d %s%s", i ? ", " : "", parts[i].nr, parts[i].what,
			       parts[i].nr == 1 ? "" : "s");
	len += sprintf(line + len, " (SMT %d)", t->smt);
	if (allowed < t->nr_cpus)
		sprintf(line + len, ", %d allowed", allowed);
	return line;
}
