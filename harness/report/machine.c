/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The machine, drawn as lists in lists. They are boxes on a screen, come in reading order for a screen
 * reader, and wrap where the page is narrow. A level is left out if the machine has only one of it, or does
 * not report it.
 */
#include <stdlib.h>
#include "report/section.h"
#include "topology/topology.h"
#include "text/buf.h"
#include "text/table.h"
#include "util/mem.h"

/* A larger table would be most of the page, and nobody reads it. */
#define NODES_MAX 64

enum level { LEVEL_PACKAGE, LEVEL_NODE, LEVEL_L3, LEVEL_CORE, LEVEL_CPU };

static int index_at(const struct topology_cpu *cpu, enum level level)
{
	switch (level) {
	case LEVEL_PACKAGE:
		return cpu->package;
	case LEVEL_NODE:
		return cpu->node;
	case LEVEL_L3:
		return cpu->l3;
	case LEVEL_CORE:
		return cpu->core;
	case LEVEL_CPU:
		break;
	}
	return cpu->cpu;
}

static bool is_drawn(const struct topology *t, enum level level)
{
	switch (level) {
	case LEVEL_PACKAGE:
		return t->nr_packages > 1;
	case LEVEL_NODE:
		return t->nr_nodes > 1;
	case LEVEL_L3:
		return t->has_l3;
	case LEVEL_CORE:
		return t->smt > 1;
	case LEVEL_CPU:
		break;
	}
	return true;
}

static void put_cpus(struct buf *b, const struct topology *t, const bool *in)
{
	for (int i = 0; i < t->nr_cpus; i++)
		if (in[i])
			buf_printf(b, "<li class=\"cpu%s\">%d</li>\n", t->cpu[i].allowed ? "" : " off",
				   t->cpu[i].cpu);
}

/* The chosen CPUs, box by box. The first chosen CPU of a box gives its index. */
static void put_level(struct buf *b, const struct topology *t, const bool *in, enum level level)
{
	static const char *const names[] = { "package", "node", "L3 group", "core" };
	bool *own, *done;

	while (level < LEVEL_CPU && !is_drawn(t, level))
		level++;
	if (level == LEVEL_CPU) {
		put_cpus(b, t, in);
		return;
	}
	done = mem_zalloc((size_t)t->nr_cpus, sizeof(*done));
	own = mem_zalloc((size_t)t->nr_cpus, sizeof(*own));
	for (int i = 0; i < t->nr_cpus; i++) {
		int index = index_at(&t->cpu[i], level);

		if (!in[i] || done[i])
			continue;
		for (int k = 0; k < t->nr_cpus; k++) {
			own[k] = in[k] && index_at(&t->cpu[k], level) == index;
			done[k] |= own[k];
		}
		buf_printf(b, "<li>%s %d<ul>\n", names[level], index);
		put_level(b, t, own, level + 1);
		buf_put(b, "</ul></li>\n");
	}
	free(done);
	free(own);
}

static void put_distances(struct buf *b, const struct topology *t)
{
	table_begin(b, "Distances between nodes: 10 is local");
	buf_put(b, "<thead><tr><th scope=\"col\">from, to</th>");
	for (int n = 0; n < t->nr_nodes; n++)
		buf_printf(b, "<th scope=\"col\">node %d</th>", n);
	buf_put(b, "</tr></thead>\n<tbody>\n");
	for (int n = 0; n < t->nr_nodes; n++) {
		buf_printf(b, "<tr><th scope=\"row\">node %d</th>", n);
		for (int k = 0; k < t->nr_nodes; k++)
			buf_printf(b, "<td>%d</td>", t->distance[n * t->nr_nodes + k]);
		buf_put(b, "</tr>\n");
	}
	table_end(b);
}

void section_machine(struct buf *b, const struct view *v)
{
	const struct topology *t = v->machine;
	bool *all;

	if (!t) {
		buf_put(b, "<p>The run has no readable topology.</p>\n");
		return;
	}
	buf_put(b, "<p>");
	buf_htmlf(b, "%s%s%s.", t->model, *t->model ? ": " : "", topology_line(t));
	buf_put(b, "</p>\n<ul class=\"machine\">\n");
	all = mem_zalloc((size_t)t->nr_cpus, sizeof(*all));
	for (int i = 0; i < t->nr_cpus; i++)
		all[i] = true;
	put_level(b, t, all, LEVEL_PACKAGE);
	free(all);
	buf_put(b, "</ul>\n"
		   "<p class=\"how\">Numbers are CPUs as the kernel counts them; CPUs in one box share "
		   "what the box is named after");
	buf_put(b,
		topology_allowed(t) < t->nr_cpus ? ". The run could not use those with a dashed border" : "");
	buf_put(b, ". hwloc's own description: <a href=\"topology.xml\">topology.xml</a>.</p>\n");
	if (t->nr_nodes > NODES_MAX)
		buf_printf(b, "<p>The distances between its %d nodes are in topology.xml.</p>\n",
			   t->nr_nodes);
	else if (t->nr_nodes > 1)
		put_distances(b, t);
}
