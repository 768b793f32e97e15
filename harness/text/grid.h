/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A table of texts, for a terminal and for a page. Cells contain plain text, which is escaped when it is
 * printed.
 */
#pragma once
#include <stdbool.h>
#include "text/buf.h"

enum grid_kind {
	GRID_TEXT,
	GRID_NUMBER, /* right-aligned in a terminal */
	GRID_PROSE,  /* takes several lines where the terminal is narrow; one column at most */
};

struct grid_column {
	const char *head; /* borrowed; NULL: none. A grid in which no column has one is shown without heads */
	enum grid_kind kind;
	int least; /* least width in a terminal, so that a table that is redrawn keeps its columns in place */
};

struct grid {
	unsigned rows, columns;
	struct grid_column *column;
	char **text;  /* rows * columns */
	bool *strong; /* by row: a group, or a row without one; a row with only a first cell is a title */
	bool close;   /* columns are one blank apart in a terminal, else two */
};

void grid_begin(struct grid *g, const struct grid_column *column, unsigned nr);
/* Adds a column. There must be no row yet. */
void grid_column(struct grid *g, const char *head, enum grid_kind kind);
/*
 * Adds a row. Its first text is copied, the others are NULL. Returns its cells, valid until the next row; the
 * grid owns the texts that are put into them.
 */
char **grid_row(struct grid *g, bool strong, const char *label);
char **grid_cells(const struct grid *g, unsigned row);
void grid_free(struct grid *g);

/* Columns of stdout's terminal; 0 when it is a file or a pipe. */
unsigned grid_terminal(void);
/*
 * For a terminal of this many columns; 0: any width. A grid that is wider folds its prose. If that is not
 * enough, columns that are all numbers are split into parts below each other, each part beside the first
 * column. Any other grid becomes a list: each row's cells with their heads. Nothing is cut. Control bytes are
 * shown as '?'.
 */
void grid_text(struct buf *b, const struct grid *g, unsigned width);
/* The same on stdout, with its width. */
void grid_print(const struct grid *g);
/* The lines at any width, the heads first: allocated, NULL at the end. */
char **grid_lines(const struct grid *g);
/* A strong row's first cell is bold. */
void grid_markdown(struct buf *b, const struct grid *g);
void grid_html(struct buf *b, const struct grid *g, const char *caption);
