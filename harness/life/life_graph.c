/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "life/life_graph.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "life/life_table.h"
#include "record/metric_name.h"
#include "stats/stats.h"
#include "text/buf.h"
#include "util/mem.h"
#include "util/utf8.h"

static bool life_graph_parse(const char *name, unsigned *from, unsigned *to)
{
	const char *first = metric_rest(name, METRIC_LIFE), *dot = first ? strchr(first, '.') : NULL;

	if (!dot)
		return false;
	*from = life_point_named(first, (size_t)(dot - first));
	*to = life_point_named(dot + 1, strlen(dot + 1));
	return *from < LIFE_NR_POINTS && *to < LIFE_NR_POINTS;
}

static int by_points(const void *a, const void *b)
{
	const struct life_seen *x = a, *y = b;

	return x->from != y->from ? (int)x->from - (int)y->from : (int)x->to - (int)y->to;
}

static void life_graph_add(struct life_graph *g, const struct metrics *m, const struct metric *mt)
{
	struct life_seen e = { .count = mt->value, .median_ns = NAN };
	const struct hist *h;

	if (!life_graph_parse(mt->name, &e.from, &e.to) || e.from == LIFE_unseen || isnan(mt->value))
		return;
	h = metrics_find_hist(m, mt->name);
	if (h)
		e.median_ns = stats_hist_quantile(h, .5);
	e.legal = life_is_legal(e.from, e.to);
	g->illegal += !e.legal;
	g->edge = mem_grow(g->edge, g->nr, sizeof(*g->edge));
	g->edge[g->nr++] = e;
}

void life_graph_make(const struct metrics *m, struct life_graph *g)
{
	*g = (struct life_graph){ .missed = metrics_value(m, METRIC_LIFE_MISSED) };
	for (size_t i = 0; i < m->nr; i++)
		life_graph_add(g, m, &m->metric[i]);
	if (g->nr)
		qsort(g->edge, g->nr, sizeof(*g->edge), by_points);
}

void life_graph_free(struct life_graph *g)
{
	free(g->edge);
	*g = (struct life_graph){ 0 };
}

void life_time(struct buf *b, double ns)
{
	static const char *const units[] = { "ns", "µs", "ms", "s" };
	unsigned u = 0;

	if (isnan(ns)) {
		buf_put(b, "–");
		return;
	}
	for (; u < 3 && ns >= 1000; u++)
		ns /= 1000;
	buf_printf(b, "%.3g %s", ns, units[u]);
}

void dot_text(struct buf *b, const char *text)
{
	char *clean = utf8_clean(text);

	buf_put(b, "\"");
	for (const char *s = clean; *s; s++) {
		/* A backslash would begin an escape of dot. */
		if (*s == '"' || *s == '\\')
			buf_put(b, "\\");
		if (*s == '\n')
			buf_put(b, "\\n");
		else
			buf_bytes(b, *s < ' ' && *s >= 0 ? " " : s, 1);
	}
	buf_put(b, "\"");
	free(clean);
}

/* The colour of a point: waiting, running or away. */
static const char *fill_of(unsigned point, bool dark)
{
	switch (point) {
	case LIFE_custody:
		return dark ? "#6b4e00" : "#ffe3a3";
	case LIFE_running:
	case LIFE_tick:
		return dark ? "#0b4f3c" : "#bfe8d8";
	case LIFE_dispatched:
	case LIFE_picked:
		return dark ? "#12466b" : "#c4e1f5";
	default:
		return dark ? "#2a2e33" : "#f4f4f4";
	}
}

static void put_nodes(struct buf *b, const struct life_graph *g, bool dark)
{
	bool used[LIFE_NR_POINTS] = { false };

	for (size_t i = 0; i < g->nr; i++)
		used[g->edge[i].from] = used[g->edge[i].to] = true;
	for (unsigned p = 0; p < LIFE_NR_POINTS; p++)
		if (used[p])
			buf_printf(b, "\t%s [fillcolor=\"%s\"]\n", life_point_name(p), fill_of(p, dark));
}

static void put_edge(struct buf *b, const struct life_seen *e, double most)
{
	buf_printf(b, "\t%s -> %s [label=\"%s", life_point_name(e->from), life_point_name(e->to),
		   e->legal ? "" : "not listed: ");
	buf_number(b, e->count);
	if (!isnan(e->median_ns)) {
		buf_put(b, "\\n");
		life_time(b, e->median_ns);
	}
	buf_printf(b, "\" penwidth=%.1f%s]\n", 0.8 + 3 * log1p(e->count) / log1p(most),
		   e->legal ? "" : " color=\"#d62728\" fontcolor=\"#d62728\" style=dashed");
}

void life_graph_dot(struct buf *b, const struct life_graph *g, const struct life_look *look)
{
	const char *ink = look->dark ? "#e6e6e6" : "#1a1a1a";
	double most = 1;

	for (size_t i = 0; i < g->nr; i++)
		most = fmax(most, g->edge[i].count);
	buf_put(b, "digraph life {\n\tlabel=");
	dot_text(b, look->title);
	buf_printf(b, "\n\tlabelloc=t fontname=\"DejaVu Sans\" fontsize=11 fontcolor=\"%s\" bgcolor=\"%s\"\n",
		   ink, look->dark ? "#161b22" : "#ffffff");
	buf_printf(b,
		   "\tnode [shape=box style=\"rounded,filled\" fontname=\"DejaVu Sans\" fontsize=12 "
		   "color=\"%s\" fontcolor=\"%s\"]\n",
		   ink, ink);
	buf_printf(b, "\tedge [fontname=\"DejaVu Sans\" fontsize=9 color=\"%s\" fontcolor=\"%s\"]\n", ink,
		   ink);
	put_nodes(b, g, look->dark);
	for (size_t i = 0; i < g->nr; i++)
		put_edge(b, &g->edge[i], most);
	buf_put(b, "}\n");
}

static void put_words(struct buf *b, const struct life_graph *g, bool legal)
{
	for (size_t i = 0; i < g->nr; i++) {
		const struct life_seen *e = &g->edge[i];

		if (e->legal != legal)
			continue;
		buf_printf(b, "%s to %s ", life_point_name(e->from), life_point_name(e->to));
		buf_number(b, e->count);
		buf_put(b, "; ");
	}
}

void life_graph_words(struct buf *b, const struct life_graph *g)
{
	if (g->illegal) {
		buf_printf(b, "%zu edge%s that the kernel does not have: ", g->illegal,
			   g->illegal == 1 ? "" : "s");
		put_words(b, g, false);
	}
	buf_put(b, "Edges of a task's life, and how often each was taken: ");
	put_words(b, g, true);
}
