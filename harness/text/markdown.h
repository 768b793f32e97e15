/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Text for Markdown, as forges read it. Pure. */
#pragma once
#include "text/buf.h"

/*
 * In a line, with nothing in it that means something to Markdown or HTML. The text may contain any byte: what
 * is not UTF-8 is shown as \xNN, and a control character as '?'.
 */
void markdown_text(struct buf *b, const char *text);
