/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Pieces of what the trace command prints. Results are the caller's to free. */
#pragma once
#include <jansson.h>
#include "life/life_watch.h"

char *trace_comm(const char comm[LIFE_COMM]); /* printable */
json_t *trace_comm_json(const char comm[LIFE_COMM]);
char *trace_number(double value);
char *trace_duration(double ns); /* "1.2 µs" */
