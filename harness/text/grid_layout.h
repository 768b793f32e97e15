/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside text/ only: a grid's lines. Only the code that makes them uses libsmartcols. */
#pragma once
#include "text/grid.h"

/* What is laid out: the first column, and those from "from" up to but without "to". */
struct part {
	unsigned from, to;
	int prose; /* columns of the terminal that prose may take; 0: any */
};

/* The table's lines, allocated, NULL at the end, and the columns that its widest row and its prose take. */
struct layout {
	char **lines;
	int wide, prose;
};

struct layout grid_lay_out(const struct grid *g, const struct part *part);

bool grid_has_text(const char *text);
bool grid_has_head(const struct grid *g);
/* A row with only a first cell, which may be as wide as all columns. */
bool grid_is_title(const struct grid *g, unsigned row);
/* The cell, safe for a terminal. A row below a strong one is indented. */
char *grid_cell_text(const struct grid *g, unsigned row, unsigned column);
