/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Graphs drawn by graphviz. */
#pragma once
#include <stddef.h>
#include "judge/life.h"
#include "text/buf.h"

/* Writes dir/NAME.dot and empties the text. Negative errno, logged. */
int dot_write(const char *dir, const char *name, struct buf *text);
/*
 * Draws each dir/NAME.dot as NAME.dot.svg, all in one call of dot. Its output goes to dir/dot.log. NULL, or
 * why pictures are missing.
 */
const char *dot_draw(const char *dir, char *const *names);

/*
 * Writes the graphs of lives into dir and has them drawn, with what a picture of the run must say of itself
 * (judge/caption.h). Negative errno, logged.
 */
int lives_draw(const struct compare *c, const char *dir, struct lives *l);
