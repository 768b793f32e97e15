/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The tables of a page. */
#pragma once
#include "text/buf.h"

/* Every table scrolls in a box of its own. Caption and heads are plain text; heads is NULL-terminated. */
void table_begin(struct buf *b, const char *caption);
void table_head(struct buf *b, const char *first, char *const *heads);
void table_end(struct buf *b);
