/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Fields of a CSV file, as RFC 4180 wants them. */
#pragma once
#include "text/buf.h"

/* Quoted where needed; NULL is empty. Any byte may come: what is no UTF-8 is written as \xNN. */
void csv_text(struct buf *b, const char *text);
/* Empty for what is no finite number. */
void csv_number(struct buf *b, double value);
