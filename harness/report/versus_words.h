/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Two sides in words, which the terminal and the page have alike. Plain text; what is returned is the
 * caller's to free, and what is put are whole lines.
 */
#pragma once
#include "judge/versus.h"
#include "text/buf.h"

/* What a side of a row is: a ratio to its fair, a median with its unit, a range of blocks, "-". */
char *versus_middle(const struct versus_row *row, const struct side *side);
char *versus_p(const struct versus_row *row); /* adjusted */
/* "A / its fair" where rows are ratios to it, else "A". */
char *versus_side_head(const struct versus_view *view, const char *side);

/* What is not usable, then every difference that is shown, in a sentence, and the count of each verdict. */
void versus_findings(struct buf *b, const struct versus_view *view);
/* "Only in A: build time (fair, fifo); ..." */
void versus_alone(struct buf *b, const struct versus *v, bool in_a);
/* By what the sides are compared, and what the numbers of an emulated run are not. */
void versus_how(struct buf *b, const struct versus_view *view);
