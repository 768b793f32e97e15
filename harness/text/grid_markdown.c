/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A grid as a table of Markdown, as forges read it. */
#include "text/grid.h"
#include "text/grid_layout.h"
#include "text/markdown.h"

static void put_cell(struct buf *b, const char *text, bool strong)
{
	bool mark = strong && grid_has_text(text);

	buf_put(b, mark ? " **" : " ");
	markdown_text(b, text ? text : "");
	buf_put(b, mark ? "** |" : " |");
}

void grid_markdown(struct buf *b, const struct grid *g)
{
	buf_put(b, "|");
	for (unsigned i = 0; i < g->columns; i++)
		put_cell(b, g->column[i].head, false);
	buf_put(b, "\n|");
	for (unsigned i = 0; i < g->columns; i++)
		buf_put(b, g->column[i].kind == GRID_NUMBER ? " ---: |" : " --- |");
	buf_put(b, "\n");
	for (unsigned row = 0; row < g->rows; row++) {
		buf_put(b, "|");
		for (unsigned i = 0; i < g->columns; i++)
			put_cell(b, grid_cells(g, row)[i], g->strong[row] && !i);
		buf_put(b, "\n");
	}
}
