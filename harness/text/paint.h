/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a terminal can do beside text: colours and links. */
#pragma once
#include <stdbool.h>
#include "text/buf.h"

/* stdout is a terminal that obeys escape sequences, which TERM says ("dumb" or empty: it doesn't). */
bool paint_takes_escapes(void);

/*
 * A text with its verdicts in colours: "▲ faster" blue and "▼ slower" yellow, which are told apart by
 * colour-blind readers too, "✗ not usable" bold. The words say the same without them.
 */
void paint_verdicts(struct buf *b, const char *text);
/* Prints it on stdout: so where that takes escapes and NO_COLOR is unset or empty, else as it is. */
void paint_print(const char *text);
