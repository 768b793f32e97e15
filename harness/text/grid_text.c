/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The only user of libsmartcols, which lays out the lines; what is in them, and their limits, are ours. */
#include "text/grid.h"

#include <libsmartcols.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "util/mem.h"
#include "util/utf8.h"

static void *must(void *p)
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
	static const int flags[] = { [GRID_NUMBER] = SCOLS_FL_RIGHT };
	char *head = utf8_printable(c->head ? c->head : "", 0);

	must(scols_table_new_column(t, head, c->least, flags[c->kind]));
	free(head);
}

static void add_row(struct libscols_table *t, const struct grid *g, unsigned row)
{
	struct libscols_line *line = must(scols_table_new_line(t, NULL));

	for (unsigned i = 0; i < g->columns; i++)
		scols_line_refer_data(line, i, cell_text(g, row, i));
}

/*
 * Never cuts, for it knows of no terminal. Texts are clean: encoded once more, a backslash would be doubled.
 * A table without rows has an empty one, or not even its head would be printed.
 */
static struct libscols_table *table_of(const struct grid *g)
{
	struct libscols_table *t = must(scols_new_table());

	scols_table_set_termforce(t, SCOLS_TERMFORCE_NEVER);
	scols_table_enable_noencoding(t, 1);
	scols_table_enable_minout(t, 1);
	scols_table_enable_noheadings(t, !has_head(g));
	scols_table_set_column_separator(t, g->close ? " " : "  ");
	for (unsigned i = 0; i < g->columns; i++)
		add_column(t, &g->column[i]);
	for (unsigned row = 0; row < g->rows; row++)
		add_row(t, g, row);
	if (!g->rows)
		must(scols_table_new_line(t, NULL));
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

char **grid_lines(const struct grid *g)
{
	struct libscols_table *t = table_of(g);
	char **lines = split(table_text(t));

	scols_unref_table(t);
	return lines;
}

void grid_text(struct buf *b, const struct grid *g)
{
	char **lines = grid_lines(g);

	for (char **line = lines; *line; line++) {
		buf_printf(b, "%s\n", *line);
		free(*line);
	}
	free(lines);
}

void grid_print(const struct grid *g)
{
	struct buf b = { 0 };
	char *text;

	grid_text(&b, g);
	text = buf_take(&b);
	fputs(text, stdout);
	free(text);
}
