/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text/grid.h"

#include <stdlib.h>
#include <string.h>
#include "text/table.h"
#include "text/buf.h"
#include "util/mem.h"

void grid_begin(struct grid *g, const struct grid_column *column, unsigned nr)
{
	*g = (struct grid){ 0 };
	for (unsigned i = 0; i < nr; i++) {
		grid_column(g, column[i].head, column[i].kind);
		g->column[i].least = column[i].least;
	}
}

void grid_column(struct grid *g, const char *head, enum grid_kind kind)
{
	g->column = mem_grow(g->column, g->columns, sizeof(*g->column));
	g->column[g->columns++] = (struct grid_column){ head, kind, 0 };
}

char **grid_row(struct grid *g, bool strong, const char *label)
{
	char **cells;

	g->text = mem_resize(g->text, (g->rows + 1) * g->columns * sizeof(*g->text));
	g->strong = mem_resize(g->strong, (g->rows + 1) * sizeof(*g->strong));
	g->strong[g->rows] = strong;
	cells = grid_cells(g, g->rows++);
	memset(cells, 0, g->columns * sizeof(*cells));
	cells[0] = mem_strdup(label);
	return cells;
}

char **grid_cells(const struct grid *g, unsigned row)
{
	return &g->text[row * g->columns];
}

void grid_free(struct grid *g)
{
	for (unsigned i = 0; i < g->rows * g->columns; i++)
		free(g->text[i]);
	free(g->text);
	free(g->strong);
	free(g->column);
}

static void put_row(struct buf *b, const struct grid *g, unsigned row)
{
	char **cells = grid_cells(g, row);

	buf_printf(b, "<tr%s><th scope=\"row\"%s>", g->strong[row] ? " class=\"group\"" : "",
		   g->strong[row] ? "" : " class=\"sub\"");
	buf_html(b, cells[0]);
	buf_put(b, "</th>");
	for (unsigned i = 1; i < g->columns; i++) {
		buf_put(b, "<td>");
		buf_html(b, cells[i]);
		buf_put(b, "</td>");
	}
	buf_put(b, "</tr>\n");
}

void grid_html(struct buf *b, const struct grid *g, const char *caption)
{
	char **heads = mem_zalloc(g->columns, sizeof(*heads));

	for (unsigned i = 1; i < g->columns; i++)
		heads[i - 1] = (char *)g->column[i].head;
	table_begin(b, caption);
	table_head(b, g->column[0].head, heads);
	for (unsigned row = 0; row < g->rows; row++)
		put_row(b, g, row);
	table_end(b);
	free(heads);
}
