/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include "judge/history_event.h"
#include "text/buf.h"

/*
 * Part of history.html: a table of a machine's nights, the latest first, each with the series to which one of
 * the kinds happened, bits 1 << MARK_LEVEL and so on, and what differed. Nothing when there is none.
 */
void history_events_html(struct buf *b, const struct history_events *e, const char *caption, unsigned kinds);
