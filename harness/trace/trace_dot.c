/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "trace/trace_dot.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include "life/life_graph.h"
#include "util/mem.h"

static void put_head(struct buf *b, const char *graph)
{
	buf_printf(
		b,
		"digraph %s {\n\trankdir=LR labelloc=t fontname=\"DejaVu Sans\" fontsize=11 bgcolor=\"#ffffff\"\n"
		"\tnode [shape=box style=rounded fontname=\"DejaVu Sans\" fontsize=11]\n"
		"\tedge [fontname=\"DejaVu Sans\" fontsize=9]\n",
		graph);
}

/* Takes ownership of the label. */
static void put_foot(struct buf *b, char *label)
{
	buf_put(b, "\tlabel=");
	dot_text(b, label);
	buf_put(b, "\n}\n");
	free(label);
}

/* nobody: what an empty name means. */
static void put_node(struct buf *b, const char comm[LIFE_COMM], const char *nobody)
{
	char name[LIFE_COMM + 1] = { 0 };

	memcpy(name, comm, LIFE_COMM);
	dot_text(b, *name ? name : nobody);
}

static void put_waits(struct buf *b, const struct trace_pair *pair)
{
	if (!pair->waits)
		return;
	buf_put(b, "\\n");
	life_time(b, pair->median_ns);
	buf_put(b, ", most ");
	life_time(b, pair->most_ns);
}

/* The line's width: thicker for more wakeups, on a logarithmic scale. */
static double width(uint64_t count)
{
	double w = 1;

	for (; count >= 10; count /= 10)
		w += 0.6;
	return w;
}

static void put_edge(struct buf *b, const struct trace_pair *pair)
{
	buf_put(b, "\t");
	put_node(b, pair->from, "(interrupt)");
	buf_put(b, " -> ");
	put_node(b, pair->to, "(interrupt)");
	buf_printf(b, " [label=\"%" PRIu64, pair->count);
	put_waits(b, pair);
	buf_printf(b, "\" penwidth=%.1f]\n", width(pair->count));
}

void trace_wakers_dot(struct buf *b, const struct trace_wakers *w, size_t max, const char *title)
{
	uint64_t shown = 0;

	put_head(b, "wakers");
	for (size_t i = 0; i < w->nr && i < max; i++) {
		shown += w->pair[i].count;
		put_edge(b, &w->pair[i]);
	}
	put_foot(b, mem_printf("%s\n%" PRIu64 " of %" PRIu64 " wakeups", title, shown, w->total));
}
