/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include "judge/history_event.h"
#include "text/buf.h"

/*
 * Part of history.html: a table of a machine's nights, the latest first. Each has the series in which an
 * event of the kinds happened, and what differed. kinds: bits 1 << MARK_LEVEL and so on. Puts nothing without
 * such a night.
 */
void history_events_html(struct buf *b, const struct history_events *e, const char *caption, unsigned kinds);
