/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Fields of a CSV file, as RFC 4180 defines them. */
#pragma once
#include "text/buf.h"

/* Quoted where needed; NULL is empty. The text may contain any byte: what is not UTF-8 is written as \xNN. */
void csv_text(struct buf *b, const char *text);
/* Empty for a value that is not finite. */
void csv_number(struct buf *b, double value);
