/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text/grid_layout.h"

#include <libsmartcols.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "util/mem.h"
#include "util/utf8.h"

static void *must_have(void *p)
{
	if (!p)
		abort();
	return p;
}

char *grid_cell_text(const struct grid *g, unsigned row, unsigned column)
{
	const char *text = grid_cells(g, row)[column];
	char *clean = utf8_printable(text ? text : "", 0), *in;

	if (column || g->strong[row])
		return clean;
	in = mem_printf("  %s", clean);
	free(clean);
	return in;
}

bool grid_has_text(const char *text)
{
	return text && *text;
}

bool grid_has_head(const struct grid *g)
{
	for (unsigned i = 0; i < g->columns; i++)
		if (grid_has_text(g->column[i].head))
			return true;
	return false;
}

bool grid_is_title(const struct grid *g, unsigned row)
{
	for (unsigned i = 1; i < g->columns; i++)
		if (grid_has_text(grid_cells(g, row)[i]))
			return false;
	return true;
}

static void add_column(struct libscols_table *t, const struct grid_column *c, bool hidden)
{
	static const int flags[] = { [GRID_NUMBER] = SCOLS_FL_RIGHT, [GRID_PROSE] = SCOLS_FL_WRAP };
	char *head = utf8_printable(c->head ? c->head : "", 0);
	struct libscols_column *column = must_have(
		scols_table_new_column(t, head, c->least, flags[c->kind] | (hidden ? SCOLS_FL_HIDDEN : 0)));

	if (c->kind == GRID_PROSE)
		scols_column_set_wrapfunc(column, scols_wrapnl_chunksize, scols_wrapnl_nextchunk, NULL);
	free(head);
}

/* prose: the columns that it may take; 0: any number. */
static void add_row(struct libscols_table *t, const struct grid *g, unsigned row, int prose)
{
	struct libscols_line *line = must_have(scols_table_new_line(t, NULL));

	/* The line of a title is filled in later. */
	for (unsigned i = 0; i < g->columns && !grid_is_title(g, row); i++) {
		char *text = grid_cell_text(g, row, i), *folded;

		if (prose && g->column[i].kind == GRID_PROSE) {
			folded = utf8_fold(text, prose);
			free(text);
			text = folded;
		}
		scols_line_refer_data(line, i, text);
	}
}

/*
 * It never cuts, because it knows of no terminal. Texts are already clean: encoding them again would double
 * each backslash. A table without rows gets an empty one, or not even its heads would be printed.
 */
static struct libscols_table *table_of(const struct grid *g, const struct part *part)
{
	struct libscols_table *t = must_have(scols_new_table());

	scols_table_set_termforce(t, SCOLS_TERMFORCE_NEVER);
	scols_table_enable_noencoding(t, 1);
	scols_table_enable_minout(t, 1);
	scols_table_enable_noheadings(t, !grid_has_head(g));
	scols_table_set_column_separator(t, g->close ? " " : "  ");
	for (unsigned i = 0; i < g->columns; i++)
		add_column(t, &g->column[i], i && (i < part->from || i >= part->to));
	for (unsigned row = 0; row < g->rows; row++)
		add_row(t, g, row, part->prose);
	if (!g->rows)
		must_have(scols_table_new_line(t, NULL));
	return t;
}

/*
 * libsmartcols gets characters and widths from the locale. Our texts are UTF-8 in every locale of the user.
 */
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

static void add_line(struct layout *l, size_t nr, char *line)
{
	l->lines = mem_grow(l->lines, nr, sizeof(*l->lines));
	l->lines[nr] = line;
}

/* Takes text over. An empty line is the place of the next title. */
static void add_lines(struct layout *l, const struct grid *g, char *text)
{
	char *line, *rest = text;
	unsigned row = 0;
	size_t nr = 0;

	while ((line = strsep(&rest, "\n"))) {
		for (size_t len = strlen(line); len && line[len - 1] == ' '; len--)
			line[len - 1] = '\0';
		while (!*line && row < g->rows && !grid_is_title(g, row))
			row++;
		if (*line)
			add_line(l, nr++, mem_strdup(line));
		else if (row < g->rows)
			add_line(l, nr++, grid_cell_text(g, row++, 0));
		if (l->wide < utf8_width(line))
			l->wide = utf8_width(line);
	}
	add_line(l, nr, NULL);
	free(text);
}

struct layout grid_lay_out(const struct grid *g, const struct part *part)
{
	struct libscols_table *t = table_of(g, part);
	struct layout l = { 0 };

	add_lines(&l, g, table_text(t));
	for (unsigned i = 0; i < g->columns; i++)
		if (g->column[i].kind == GRID_PROSE)
			l.prose = (int)scols_column_get_width(must_have(scols_table_get_column(t, i)));
	scols_unref_table(t);
	return l;
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
