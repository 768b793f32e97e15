/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text/grid.h"

#include <stdlib.h>
#include <string.h>
#include "text/table.h"
#include "text/buf.h"
#include "util/mem.h"
#include "util/utf8.h"

void grid_begin(struct grid *g, unsigned columns)
{
	*g = (struct grid){ .columns = columns };
}

char **grid_row(struct grid *g, bool strong, const char *label)
{
	char **cells;

	g->text = mem_resize(g->text, (g->rows + 1) * g->columns * sizeof(*g->text));
	g->strong = mem_resize(g->strong, (g->rows + 1) * sizeof(*g->strong));
	cells = &g->text[g->rows * g->columns];
	memset(cells, 0, g->columns * sizeof(*cells));
	cells[0] = mem_strdup(label);
	g->strong[g->rows++] = strong;
	return cells;
}

void grid_free(struct grid *g)
{
	for (unsigned i = 0; i < g->rows * g->columns; i++)
		free(g->text[i]);
	free(g->text);
	free(g->strong);
}

/* A row below a strong one is set in. */
static char *cell_text(const struct grid *g, unsigned i)
{
	char *clean = utf8_printable(g->text[i] ? g->text[i] : "", 0), *text;

	if (i % g->columns || g->strong[i / g->columns])
		return clean;
	text = mem_printf("  %s", clean);
	free(clean);
	return text;
}

static int *widths(const struct grid *g)
{
	int *wide = mem_zalloc(g->columns, sizeof(*wide));

	for (unsigned i = 0; i < g->rows * g->columns; i++) {
		char *text = cell_text(g, i);

		if (wide[i % g->columns] < utf8_width(text))
			wide[i % g->columns] = utf8_width(text);
		free(text);
	}
	return wide;
}

void grid_text(struct buf *b, const struct grid *g)
{
	int *wide = widths(g);

	for (unsigned i = 0; i < g->rows * g->columns; i++) {
		bool last = i % g->columns == g->columns - 1;
		char *text = cell_text(g, i);

		buf_printf(b, "%s%*s", text, last ? 0 : wide[i % g->columns] + 2 - utf8_width(text),
			   last ? "\n" : "");
		free(text);
	}
	free(wide);
}

static void put_row(struct buf *b, const struct grid *g, unsigned row)
{
	char **cells = &g->text[row * g->columns];

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
		heads[i - 1] = g->text[i];
	table_begin(b, caption);
	table_head(b, g->text[0], heads);
	for (unsigned row = 1; row < g->rows; row++)
		put_row(b, g, row);
	table_end(b);
	free(heads);
}
