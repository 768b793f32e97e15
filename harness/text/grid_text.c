/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The only user of libsmartcols, which lays out the lines; what is in them, and their limits, are ours. */
#include "text/grid.h"

#include <libsmartcols.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "util/mem.h"
#include "util/utf8.h"

#define LEAST_PROSE 20 /* columns; in fewer a text is hard to read */

static void *must_have(void *p)
{
	if (!p)
		abort();
	return p;
}

/* The cell as a terminal may get it. A row below a strong one is set in. */
static char *cell_text(const struct grid *g, unsigned row, unsigned column)
{
	const char *text = grid_cells(g, row)[column];
	char *clean = utf8_printable(text ? text : "", 0), *in;

	if (column || g->strong[row])
		return clean;
	in = mem_printf("  %s", clean);
	free(clean);
	return in;
}

static bool has_head(const struct grid *g)
{
	for (unsigned i = 0; i < g->columns; i++)
		if (g->column[i].head)
			return true;
	return false;
}

static void add_column(struct libscols_table *t, const struct grid_column *c)
{
	static const int flags[] = { [GRID_NUMBER] = SCOLS_FL_RIGHT, [GRID_PROSE] = SCOLS_FL_WRAP };
	char *head = utf8_printable(c->head ? c->head : "", 0);
	struct libscols_column *column = must_have(scols_table_new_column(t, head, c->least, flags[c->kind]));

	if (c->kind == GRID_PROSE)
		scols_column_set_wrapfunc(column, scols_wrapnl_chunksize, scols_wrapnl_nextchunk, NULL);
	free(head);
}

/* prose: the columns that it may take; 0: as many as it likes. */
static void add_row(struct libscols_table *t, const struct grid *g, unsigned row, int prose)
{
	struct libscols_line *line = must_have(scols_table_new_line(t, NULL));

	for (unsigned i = 0; i < g->columns; i++) {
		char *text = cell_text(g, row, i), *folded;

		if (prose && g->column[i].kind == GRID_PROSE) {
			folded = utf8_fold(text, prose);
			free(text);
			text = folded;
		}
		scols_line_refer_data(line, i, text);
	}
}

/*
 * Never cuts, for it knows of no terminal. Texts are clean: encoded once more, a backslash would be doubled.
 * A table without rows has an empty one, or not even its head would be printed.
 */
static struct libscols_table *table_of(const struct grid *g, int prose)
{
	struct libscols_table *t = must_have(scols_new_table());

	scols_table_set_termforce(t, SCOLS_TERMFORCE_NEVER);
	scols_table_enable_noencoding(t, 1);
	scols_table_enable_minout(t, 1);
	scols_table_enable_noheadings(t, !has_head(g));
	scols_table_set_column_separator(t, g->close ? " " : "  ");
	for (unsigned i = 0; i < g->columns; i++)
		add_column(t, &g->column[i]);
	for (unsigned row = 0; row < g->rows; row++)
		add_row(t, g, row, prose);
	if (!g->rows)
		must_have(scols_table_new_line(t, NULL));
	return t;
}

/* libsmartcols asks the locale for characters and widths: ours are UTF-8 whatever the user's is. */
static char *table_text(struct libscols_table *t)
{
	locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", NULL), before = uselocale(utf8);
	char *text = NULL;

	if (scols_print_table_to_string(t, &text))
		abort();
	uselocale(before);
	if (utf8)
		freelocale(utf8);
	return text;
}

/* Takes text over: its lines but for an empty last one, without blanks at their ends; allocated, NULL at the
 * end. */
static char **split(char *text)
{
	char **lines = NULL, *line, *rest = text;
	size_t nr = 0, len;

	while ((line = strsep(&rest, "\n")) && (*line || rest)) {
		for (len = strlen(line); len && line[len - 1] == ' '; len--)
			line[len - 1] = '\0';
		lines = mem_grow(lines, nr, sizeof(*lines));
		lines[nr++] = mem_strdup(line);
	}
	lines = mem_grow(lines, nr, sizeof(*lines));
	lines[nr] = NULL;
	free(text);
	return lines;
}

static void free_lines(char **lines)
{
	for (char **line = lines; *line; line++)
		free(*line);
	free(lines);
}

/* prose: as for add_row(); wide: what the prose takes is added, NULL: not asked for. */
static char **lines_of(const struct grid *g, int prose, int *wide)
{
	struct libscols_table *t = table_of(g, prose);
	char **lines = split(table_text(t));

	for (unsigned i = 0; wide && i < g->columns; i++)
		if (g->column[i].kind == GRID_PROSE)
			*wide += (int)scols_column_get_width(must_have(scols_table_get_column(t, i)));
	scols_unref_table(t);
	return lines;
}

char **grid_lines(const struct grid *g)
{
	return lines_of(g, 0, NULL);
}

static int widest(char *const *lines)
{
	int wide = 0;

	for (; *lines; lines++)
		if (wide < utf8_width(*lines))
			wide = utf8_width(*lines);
	return wide;
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

/* A row as a list: its first cell, then each other that it has below, behind its head. */
static void put_list(struct buf *b, const struct grid *g, unsigned row, int heads, unsigned width)
{
	const struct grid_column columns[] = { { .least = heads }, { .kind = GRID_PROSE } };
	char **cells = grid_cells(g, row), *title = cell_text(g, row, 0);
	struct grid list;

	buf_printf(b, "%s\n", title);
	free(title);
	grid_begin(&list, columns, 2);
	for (unsigned i = 1; i < g->columns; i++) {
		char *head = mem_printf("%s  %s", g->strong[row] ? "" : "  ", g->column[i].head);

		if (cells[i] && *cells[i])
			grid_row(&list, true, head)[1] = mem_strdup(cells[i]);
		free(head);
	}
	if (list.rows)
		put_lines(b, lines_of(&list, at_least((int)width - heads - 2), NULL));
	grid_free(&list);
}

static void put_lists(struct buf *b, const struct grid *g, unsigned width)
{
	int heads = 0;

	for (unsigned i = 1; i < g->columns; i++)
		if (heads < utf8_width(g->column[i].head) + 4)
			heads = utf8_width(g->column[i].head) + 4;
	if (*g->column[0].head)
		buf_printf(b, "%s\n", g->column[0].head);
	for (unsigned row = 0; row < g->rows; row++)
		put_list(b, g, row, heads, width);
}

void grid_text(struct buf *b, const struct grid *g, unsigned width)
{
	int prose = 0, room;
	char **lines = lines_of(g, 0, &prose);

	room = (int)width - (widest(lines) - prose);
	if (!width || room >= prose) {
		put_lines(b, lines);
		return;
	}
	free_lines(lines);
	if (has_head(g) && g->columns > 2 && (!prose || room < LEAST_PROSE))
		put_lists(b, g, width);
	else
		put_lines(b, lines_of(g, at_least(room), NULL));
}

unsigned grid_terminal(void)
{
	struct libscols_table *t;
	unsigned width;

	if (!isatty(STDOUT_FILENO))
		return 0;
	t = must_have(scols_new_table());
	width = (unsigned)scols_table_get_termwidth(t);
	scols_unref_table(t);
	return width;
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
