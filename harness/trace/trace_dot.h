/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The graphs of a trace, for graphviz. Pure. A title has lines of any bytes. */
#pragma once
#include "text/buf.h"
#include "life/trace_path.h"
#include "trace/trace_wakers.h"

/* The most frequent pairs, at most max of them. Below its title it says how many wakeups are left out. */
void trace_wakers_dot(struct buf *b, const struct trace_wakers *w, size_t max, const char *title);
/*
 * The critical path by the names of its tasks: how long they took, and how often it went over from one to the
 * other. The name at its end has a double line. At most max names, the longest first, below the title.
 */
void trace_path_dot(struct buf *b, const struct trace_path *p, size_t max, const char *title);
