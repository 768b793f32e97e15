/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A series of a history in a line of a table: its values, the levels and where they changed, as a picture
 * inside the page (plots/report.css: .spark). A history has hundreds of them. So each is about a kilobyte,
 * however many nights it shows, and no other program draws it.
 */
#pragma once
#include "judge/history.h"
#include "text/buf.h"

/* The nights from "first" to before "end"; nothing when fewer than two of them have a value. */
void spark_svg(struct buf *b, const struct history_series *s, size_t first, size_t end);
