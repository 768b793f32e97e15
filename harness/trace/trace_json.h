/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include "life/trace_path.h"

/*
 * Writes the trace in Chrome's trace event format, for ui.perfetto.dev. Each CPU has a track with the task
 * that runs there. Each task has a track with a slice from runnable to quiescent, and in it one for each
 * point of its life. The critical path has one with a slice for each part. Ticks and wakeups are instants,
 * SCX_EV_* are counters. Negative errno, logged.
 */
int trace_write_json(const struct trace *t, const struct trace_path *p, const char *path);
