/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The critical path, as the trace command prints it. */
#pragma once
#include <jansson.h>
#include "life/trace_path.h"

/* To stdout: the shares of each state, the names that took longest, and the longest parts. */
void trace_path_print(const struct trace_path *p);
/* The same with all names, and the last PATH_PARTS parts in order of time; null: there is no path. */
json_t *trace_path_json(const struct trace_path *p);
#define PATH_PARTS 1000
