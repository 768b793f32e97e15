/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A table for a terminal: columns of text and of numbers, the latter to the right. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

struct column {
	const char *head;
	bool left; /* text; else a number */
	int least; /* characters, so that what is shown again and again keeps its place; 0: as it comes */
};

struct columns {
	const struct column *column; /* borrowed */
	unsigned nr;
	char **cell; /* rows * nr; NULL: empty */
	size_t rows;
};

void columns_begin(struct columns *c, const struct column *column, unsigned nr);
/* Adds a row; its cells become the table's. */
char **columns_row(struct columns *c);
void columns_free(struct columns *c);

/*
 * Lines without a newline, the head first: rows + 1, allocated. No control byte gets through; what is cut by
 * nothing may be as long as it likes.
 */
char **columns_lines(const struct columns *c);
/* The lines, printed. */
void columns_print(const struct columns *c);
