/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Graphs drawn by graphviz. */
#pragma once
#include <stddef.h>
#include "judge/life.h"
#include "text/buf.h"

/* Writes dir/NAME.dot and empties the text. Negative errno, logged. */
int dot_write(const char *dir, const char *name, struct buf *text);
/* What it shows and where it is from (judge/caption.h), in lines as long as a graph is wide; to be freed. */
char *dot_title(const char *text, const char *origin);
/*
 * Draws each dir/NAME.dot as NAME.dot.svg, all in one call of dot, with the marks behind it; a NAME that ends
 * in -dark is dark. Its output goes to dir/dot.log. NULL, or why pictures are missing.
 */
const char *dot_draw(const char *dir, char *const *names, const char *marks);

/*
 * Writes the graphs of lives into dir and has them drawn, with what a picture of the run must say of itself
 * (judge/caption.h). Negative errno, logged.
 */
int lives_draw(const struct compare *c, const char *dir, struct lives *l);
