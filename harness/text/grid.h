/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A table of texts, the same for a terminal and for a page. Cells hold plain text, escaped when put. */
#pragma once
#include <stdbool.h>
#include "text/buf.h"

struct grid {
	unsigned rows, columns;
	char **text;  /* rows * columns */
	bool *strong; /* by row: a head or a sum */
};

void grid_begin(struct grid *g, unsigned columns);
/*
 * Adds a row of NULL texts but for the first, which is copied; returns its cells, whose texts become the
 * grid's.
 */
char **grid_row(struct grid *g, bool strong, const char *label);
void grid_free(struct grid *g);

/* Columns are two spaces apart; control bytes are shown as '?'. */
void grid_text(struct buf *b, const struct grid *g);
/* The first row is the head. */
void grid_html(struct buf *b, const struct grid *g, const char *caption);
