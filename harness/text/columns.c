/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text/columns.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "text/buf.h"
#include "util/mem.h"
#include "util/utf8.h"

void columns_begin(struct columns *c, const struct column *column, unsigned nr)
{
	*c = (struct columns){ .column = column, .nr = nr };
}

char **columns_row(struct columns *c)
{
	char **row;

	c->cell = mem_resize(c->cell, (c->rows + 1) * c->nr * sizeof(*c->cell));
	row = &c->cell[c->rows++ * c->nr];
	for (unsigned i = 0; i < c->nr; i++)
		row[i] = NULL;
	return row;
}

void columns_free(struct columns *c)
{
	for (size_t i = 0; i < c->rows * c->nr; i++)
		free(c->cell[i]);
	free(c->cell);
	*c = (struct columns){ 0 };
}

static const char *text_of(const struct columns *c, size_t line, unsigned column)
{
	const char *text = line ? c->cell[(line - 1) * c->nr + column] : c->column[column].head;

	return text ? text : "";
}

static int *widths(const struct columns *c)
{
	int *wide = mem_zalloc(c->nr, sizeof(*wide));

	for (unsigned i = 0; i < c->nr; i++)
		wide[i] = c->column[i].least;
	for (size_t line = 0; line <= c->rows; line++) {
		for (unsigned i = 0; i < c->nr; i++) {
			char *clean = utf8_printable(text_of(c, line, i), 0);

			if (wide[i] < utf8_width(clean))
				wide[i] = utf8_width(clean);
			free(clean);
		}
	}
	return wide;
}

static char *line_of(const struct columns *c, size_t row, const int *wide)
{
	struct buf b = { 0 };
	size_t end;
	char *line;

	for (unsigned i = 0; i < c->nr; i++) {
		char *clean = utf8_printable(text_of(c, row, i), 0);
		int room = wide[i] - utf8_width(clean);
		bool left = c->column[i].left;

		buf_printf(&b, "%s%*s%s%*s", i ? " " : "", left ? 0 : room, "", clean,
			   left && i + 1 < c->nr ? room : 0, "");
		free(clean);
	}
	line = buf_take(&b);
	for (end = strlen(line); end && line[end - 1] == ' '; end--)
		line[end - 1] = '\0';
	return line;
}

char **columns_lines(const struct columns *c)
{
	int *wide = widths(c);
	char **lines = mem_zalloc(c->rows + 2, sizeof(*lines));

	for (size_t line = 0; line <= c->rows; line++)
		lines[line] = line_of(c, line, wide);
	free(wide);
	return lines;
}

void columns_print(const struct columns *c)
{
	char **lines = columns_lines(c);

	for (size_t line = 0; line <= c->rows; line++) {
		puts(lines[line]);
		free(lines[line]);
	}
	free(lines);
}
