/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The section "Life of a task": one picture per policy, and one table of all edges. */
#include <math.h>
#include <stdlib.h>
#include "life/life_table.h"
#include "text/grid.h"
#include "judge/life.h"
#include "report/section.h"
#include "text/buf.h"
#include "util/fs.h"
#include "util/mem.h"

static void put_svg(struct buf *b, const char *dir, unsigned policy, const char *suffix)
{
	char *path = mem_printf("%s/life-%u%s.dot.svg", dir, policy + 1, suffix), *bytes;
	size_t len;

	if (!fs_read(path, &bytes, &len)) {
		buf_data_uri(b, "image/svg+xml", bytes, len);
		free(bytes);
	}
	free(path);
}

static void put_picture(struct buf *b, const struct view *v, unsigned policy)
{
	const struct life_graph *g = &v->lives->policy[policy];
	struct buf words = { 0 };
	char *alt;

	life_graph_words(&words, g);
	alt = buf_take(&words);
	buf_put(b, "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Life of a task, "
		   "drawn\"><picture><source media=\"(prefers-color-scheme: dark)\" srcset=\"");
	put_svg(b, v->figures->dir, policy, "-dark");
	buf_put(b, "\"><img alt=\"");
	buf_html(b, alt);
	buf_put(b, "\" src=\"");
	put_svg(b, v->figures->dir, policy, "");
	buf_printf(b, "\"></picture></div>\n<p><a href=\"fig/life-%u.dot\">Graph</a>.</p>\n", policy + 1);
	free(alt);
}

/* The first one, and any with a wrong edge. */
static bool is_open(const struct lives *l, unsigned policy)
{
	for (unsigned p = 0; p < policy; p++)
		if (l->policy[p].nr)
			return l->policy[policy].illegal;
	return true;
}

static void put_policy(struct buf *b, const struct view *v, unsigned policy)
{
	const struct life_graph *g = &v->lives->policy[policy];

	if (!g->nr && !v->lives->absent[policy])
		return;
	buf_put(b, is_open(v->lives, policy) ? "<details open><summary>" : "<details><summary>");
	buf_htmlf(b, "%s: ", v->cmp->run->run.policies[policy]);
	if (!g->nr)
		buf_htmlf(b, "nothing to show: %s", v->lives->absent[policy]);
	else if (g->illegal)
		buf_printf(b, "%zu edge%s that the kernel does not have", g->illegal,
			   g->illegal == 1 ? "" : "s");
	else
		buf_put(b, "every edge is one that the kernel has");
	if (g->nr && g->missed > 0) {
		buf_put(b, "; ");
		buf_number(b, g->missed);
		buf_put(b, " steps were not seen");
	}
	if (g->nr && v->lives->absent[policy])
		buf_htmlf(b, "; without a sample: %s", v->lives->absent[policy]);
	buf_put(b, "</summary>\n");
	if (g->nr && !v->lives->missing)
		put_picture(b, v, policy);
	buf_put(b, "</details>\n");
}

static const struct life_seen *life_page_find(const struct life_graph *g, unsigned from, unsigned to)
{
	for (size_t i = 0; i < g->nr; i++)
		if (g->edge[i].from == from && g->edge[i].to == to)
			return &g->edge[i];
	return NULL;
}

static bool is_anywhere(const struct lives *l, unsigned from, unsigned to)
{
	for (unsigned p = 0; p < l->nr; p++)
		if (life_page_find(&l->policy[p], from, to))
			return true;
	return false;
}

static char *cell(const struct life_seen *e)
{
	struct buf b = { 0 };

	if (!e)
		return mem_strdup("–");
	buf_number(&b, e->count);
	if (!isnan(e->median_ns)) {
		buf_put(&b, ", ");
		life_time(&b, e->median_ns);
	}
	return buf_take(&b);
}

static void put_row(struct grid *g, const struct lives *l, unsigned from, unsigned to)
{
	char *label, **cells;
	unsigned column = 1;

	if (!is_anywhere(l, from, to))
		return;
	label = mem_printf("%s to %s%s", life_point_name(from), life_point_name(to),
			   life_is_legal(from, to) ? "" : " (not listed)");
	cells = grid_row(g, !life_is_legal(from, to), label);
	for (unsigned p = 0; p < l->nr; p++)
		if (l->policy[p].nr)
			cells[column++] = cell(life_page_find(&l->policy[p], from, to));
	free(label);
}

static void put_table(struct buf *b, const struct view *v)
{
	struct grid g;

	grid_begin(&g, &(struct grid_column){ .head = "edge" }, 1);
	for (unsigned p = 0; p < v->lives->nr; p++)
		if (v->lives->policy[p].nr)
			grid_column(&g, v->cmp->run->run.policies[p], GRID_TEXT);
	for (unsigned from = 0; from < LIFE_NR_POINTS; from++)
		for (unsigned to = 0; to < LIFE_NR_POINTS; to++)
			put_row(&g, v->lives, from, to);
	buf_put(b, "<details><summary>Every edge, with its count and median time</summary>\n");
	grid_html(b, &g,
		  "Counts, and median times from one point to the other, over all instrumented samples");
	buf_put(b, "</details>\n");
	grid_free(&g);
}

void section_life(struct buf *b, const struct view *v)
{
	if (v->lives->missing) {
		buf_put(b, "<p class=\"banner\">No pictures of lives: ");
		buf_html(b, v->lives->missing);
		buf_put(b, ". The table has the numbers, and the graphs are in fig/.</p>\n");
	}
	for (unsigned p = 0; p < v->lives->nr; p++)
		put_policy(b, v, p);
	if (v->lives->seen)
		put_table(b, v);
	else
		buf_put(b, "<p>No instrumented sample of this run shows lives.</p>\n");
}
