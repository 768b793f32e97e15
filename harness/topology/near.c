/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdlib.h>
#include "topology/hw.h"
#include "util/mem.h"

struct group {
	int l3, node, package;
	int away; /* NUMA distance from the group whose row this is; 0: same node */
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
		g[i].away = g[i].node == me.node ? 0 : t->distance[me.node * t->nr_nodes + g[i].node];
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

/* Are their rows the same, but for the first entry? */
static bool at_same_place(struct group a, struct group b)
{
	return a.node == b.node && a.package == b.package;
}

static void fill_row(int *row, const struct group *nearest, int nr, int self)
{
	int n = 0;

	row[n++] = self;
	for (int k = 0; k < nr; k++)
		if (nearest[k].l3 != self)
			row[n++] = nearest[k].l3;
}

/* Groups of a place mostly come one after the other, so the order is made once for each place. */
int *topology_near(const struct topology *t)
{
	int *near = mem_zalloc((size_t)t->nr_l3 * t->nr_l3, sizeof(*near));
	struct group *all = find_groups(t), *nearest = find_groups(t);

	for (int i = 0; i < t->nr_l3; i++) {
		if (!i || !at_same_place(all[i], all[i - 1])) {
			look_from(t, nearest, all[i]);
			qsort(nearest, t->nr_l3, sizeof(*nearest), nearer);
		}
		fill_row(near + (size_t)i * t->nr_l3, nearest, t->nr_l3, i);
	}
	free(all);
	free(nearest);
	return near;
}
