/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A grid in a terminal, and its form when the terminal is too narrow. */
#include "text/grid.h"

#include <stdio.h>
#include <stdlib.h>
#include "text/grid_layout.h"
#include "util/mem.h"
#include "util/utf8.h"

#define LEAST_PROSE 16 /* columns; a narrower text is hard to read */

static struct layout grid_lay_out_all(const struct grid *g, int prose)
{
	return grid_lay_out(g, &(struct part){ 1, g->columns, prose });
}

char **grid_lines(const struct grid *g)
{
	return grid_lay_out_all(g, 0).lines;
}

static void free_lines(char **lines)
{
	for (char **line = lines; *line; line++)
		free(*line);
	free(lines);
}

static void put_lines(struct buf *b, char **lines)
{
	for (char **line = lines; *line; line++)
		buf_printf(b, "%s\n", *line);
	free_lines(lines);
}

static int at_least(int columns)
{
	return columns < LEAST_PROSE ? LEAST_PROSE : columns;
}

/* A row as a list: its first cell, then below it each other cell behind its head. */
static void put_list(struct buf *b, const struct grid *g, unsigned row, int heads, unsigned width)
{
	const struct grid_column columns[] = { { .least = heads }, { .kind = GRID_PROSE } };
	char **cells = grid_cells(g, row), *title = grid_cell_text(g, row, 0);
	struct grid list;

	buf_printf(b, "%s\n", title);
	free(title);
	if (grid_is_title(g, row))
		return;
	grid_begin(&list, columns, 2);
	for (unsigned i = 1; i < g->columns; i++) {
		char *head = mem_printf("%s  %s", g->strong[row] ? "" : "  ", g->column[i].head);

		if (grid_has_text(cells[i]))
			grid_row(&list, true, head)[1] = mem_strdup(cells[i]);
		free(head);
	}
	put_lines(b, grid_lay_out_all(&list, at_least((int)width - heads - 2)).lines);
	grid_free(&list);
}

static void put_lists(struct buf *b, const struct grid *g, unsigned width)
{
	int heads = 0, in = 2;

	for (unsigned row = 0; row < g->rows; row++)
		if (!g->strong[row])
			in = 4;
	for (unsigned i = 1; i < g->columns; i++)
		if (heads < utf8_width(g->column[i].head) + in)
			heads = utf8_width(g->column[i].head) + in;
	if (grid_has_text(g->column[0].head))
		buf_printf(b, "%s:\n", g->column[0].head);
	for (unsigned row = 0; row < g->rows; row++)
		put_list(b, g, row, heads, width);
}

static bool is_all_numbers(const struct grid *g)
{
	for (unsigned i = 1; i < g->columns; i++)
		if (g->column[i].kind != GRID_NUMBER)
			return false;
	return true;
}

/* As many columns from this one on as fit beside the first, at least one. */
static struct layout lay_out_panel(const struct grid *g, struct part *part, int width)
{
	struct layout l = grid_lay_out(g, part), more;

	while (part->to < g->columns) {
		more = grid_lay_out(g, &(struct part){ part->from, part->to + 1, 0 });
		if (more.wide > width) {
			free_lines(more.lines);
			return l;
		}
		free_lines(l.lines);
		l = more;
		part->to++;
	}
	return l;
}

/* Repeats the first column, each time beside as many others as there is room for. */
static void put_panels(struct buf *b, const struct grid *g, int width)
{
	struct part part;

	for (unsigned from = 1; from < g->columns; from = part.to) {
		part = (struct part){ from, from + 1, 0 };
		buf_put(b, from > 1 ? "\n" : "");
		put_lines(b, lay_out_panel(g, &part, width).lines);
	}
}

void grid_text(struct buf *b, const struct grid *g, unsigned width)
{
	struct layout l = grid_lay_out_all(g, 0);
	int room = (int)width - (l.wide - l.prose);

	if (!width || room >= l.prose) {
		put_lines(b, l.lines);
		return;
	}
	free_lines(l.lines);
	if (is_all_numbers(g))
		put_panels(b, g, (int)width);
	else if (grid_has_head(g) && g->columns > 2 && (!l.prose || room < LEAST_PROSE))
		put_lists(b, g, width);
	else
		put_lines(b, grid_lay_out_all(g, at_least(room)).lines);
}

void grid_print(const struct grid *g)
{
	struct buf b = { 0 };
	char *text;

	grid_text(&b, g, grid_terminal());
	text = buf_take(&b);
	fputs(text, stdout);
	free(text);
}
