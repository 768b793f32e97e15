/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Marks for pictures of graphviz, which writes no text behind a graph. For gnuplot's see plots/style.gp. */
#pragma once
#include <stdbool.h>
#include "text/buf.h"

/*
 * The picture with the marks (judge/caption.h) across it, behind what is drawn, again and again where it is
 * high. What is not as graphviz writes it stays as it is. Pure.
 */
void svg_mark(struct buf *b, const char *svg, const char *marks, bool dark);
