/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A table of texts, the same for a terminal and for a page. Cells hold plain text, escaped when put. */
#pragma once
#include <stdbool.h>
#include "text/buf.h"

enum grid_kind {
	GRID_TEXT,
	GRID_NUMBER, /* to the right in a terminal */
	GRID_PROSE,  /* takes several lines where the terminal is narrow; one column at most */
};

struct grid_column {
	const char *head; /* borrowed; NULL: none. A grid whose columns have none is shown without a head */
	enum grid_kind kind;
	int least; /* columns of the terminal, so that what is shown again and again keeps its place */
};

struct grid {
	unsigned rows, columns;
	struct grid_column *column;
	char **text;  /* rows * columns */
	bool *strong; /* by row: a group, or a row without one; one with a first cell alone is a title */
	bool close;   /* columns are one blank apart in a terminal, else two */
};

void grid_begin(struct grid *g, const struct grid_column *column, unsigned nr);
/* One more column. No row may be there yet. */
void grid_column(struct grid *g, const char *head, enum grid_kind kind);
/*
 * Adds a row of NULL texts but for the first, which is copied; returns its cells, whose texts become the
 * grid's. They are good until the next row.
 */
char **grid_row(struct grid *g, bool strong, const char *label);
char **grid_cells(const struct grid *g, unsigned row);
void grid_free(struct grid *g);

/* Columns of stdout's terminal; 0 where it is a file or a pipe. */
unsigned grid_terminal(void);
/*
 * For a terminal of so many columns; 0: of any. A grid that is wider folds its prose; columns that are all
 * numbers stand one part below the other, each beside the first column; else each row is a list of its cells
 * with their heads. Nothing is cut. Control bytes are shown as '?'.
 */
void grid_text(struct buf *b, const struct grid *g, unsigned width);
/* The same on stdout, as wide as that is. */
void grid_print(const struct grid *g);
/* The lines of any width, the head first: allocated, NULL at the end. */
char **grid_lines(const struct grid *g);
void grid_html(struct buf *b, const struct grid *g, const char *caption);
