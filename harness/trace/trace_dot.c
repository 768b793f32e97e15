/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "trace/trace_dot.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include "life/life_graph.h"
#include "trace/trace_path_names.h"
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

static void put_name(struct buf *b, const struct path_name *name, bool is_end)
{
	struct buf label = { 0 };
	char *text;

	buf_printf(&label, "%.*s", LIFE_COMM, *name->comm ? name->comm : "unknown");
	for (unsigned i = 0; i < NR_PATH; i++) {
		if (!name->ns[i])
			continue;
		buf_put(&label, "\n");
		if (i != PATH_UNKNOWN)
			buf_printf(&label, "%s ", path_state_name[i]);
		life_time(&label, (double)name->ns[i]);
	}
	text = buf_take(&label);
	buf_put(b, "\t");
	put_node(b, name->comm, "(unknown)");
	buf_put(b, " [label=");
	dot_text(b, text);
	buf_put(b, is_end ? " peripheries=2]\n" : "]\n");
	free(text);
}

/* Is it an interrupt, or among the first max? */
static bool is_shown(const struct path_names *n, size_t max, const char comm[LIFE_COMM])
{
	size_t i = 0;

	while (*comm && i < n->nr && strncmp(n->name[i].comm, comm, LIFE_COMM))
		i++;
	return !*comm || i < max;
}

static char *path_label(const struct trace_path *p, uint64_t shown, const char *title)
{
	struct buf b = { 0 };

	buf_printf(&b, "%s\n", title);
	if (p->tid) {
		life_time(&b, (double)shown);
		buf_put(&b, " of ");
		life_time(&b, (double)(p->end_ns - p->begin_ns));
	} else {
		buf_put(&b, "no such task went to sleep");
	}
	return buf_take(&b);
}

void trace_path_dot(struct buf *b, const struct trace_path *p, size_t max, const char *title)
{
	struct path_names n;
	uint64_t shown = 0;

	path_names_of(p, &n);
	put_head(b, "path");
	for (size_t i = 0; i < n.nr && i < max; i++) {
		shown += n.name[i].all_ns;
		put_name(b, &n.name[i], p->tid && !strncmp(n.name[i].comm, p->comm, LIFE_COMM));
	}
	for (size_t i = 0; i < n.over.nr; i++)
		if (is_shown(&n, max, n.over.pair[i].from) && is_shown(&n, max, n.over.pair[i].to))
			put_edge(b, &n.over.pair[i]);
	put_foot(b, path_label(p, shown, title));
	path_names_free(&n);
}
