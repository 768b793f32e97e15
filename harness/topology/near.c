/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdlib.h>
#include "topology/hw.h"
#include "util/mem.h"

struct group {
	int l3, node, package;
	int away; /* NUMA distance from the group whose row this is; -1: that group, 0: same node */
	int other_package;
};

/* The place of each group. A group that straddles nodes is where its first CPU is. */
static struct group *find_groups(const struct topology *t)
{
	struct group *g = mem_zalloc(t->nr_l3, sizeof(*g));

	for (int i = t->nr_cpus; i-- > 0;) {
		const struct topology_cpu *c = &t->cpu[i];

		g[c->l3] = (struct group){ .l3 = c->l3, .node = c->node, .package = c->package };
	}
	return g;
}

static void look_from(const struct topology *t, struct group *g, struct group me)
{
	for (int i = 0; i < t->nr_l3; i++) {
		g[i].away = t->distance[me.node * t->nr_nodes + g[i].node];
		if (g[i].node == me.node)
			g[i].away = g[i].l3 == me.l3 ? -1 : 0;
		g[i].other_package = g[i].package != me.package;
	}
}

static int nearer(const void *a, const void *b)
{
	const struct group *x = a, *y = b;

	if (x->away != y->away)
		return x->away < y->away ? -1 : 1;
	if (x->other_package != y->other_package)
		return x->other_package - y->other_package;
	return x->l3 - y->l3;
}

int *topology_near(const struct topology *t)
{
	int *near = mem_zalloc((size_t)t->nr_l3 * t->nr_l3, sizeof(*near));
	struct group *all = find_groups(t), *row = find_groups(t);

	for (int i = 0; i < t->nr_l3; i++) {
		look_from(t, row, all[i]);
		qsort(row, t->nr_l3, sizeof(*row), nearer);
		for (int k = 0; k < t->nr_l3; k++)
			near[i * t->nr_l3 + k] = row[k].l3;
	}
	free(all);
	free(row);
	return near;
}
