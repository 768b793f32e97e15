/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the trace command found, and its output. */
#pragma once
#include "trace/trace_run.h"

/* Prints to stdout. */
void trace_print(const struct trace_found *f);
int trace_print_json(const struct trace_found *f);
