/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the trace command found, and how it is told. */
#pragma once
#include <stdbool.h>
#include "trace/trace.h"
#include "trace/trace_lives.h"
#include "trace/trace_wakers.h"
#include "life/life_graph.h"

struct trace_found {
	const char *policy;	 /* ops name, as the kernel has it */
	const char *dir;	 /* where the files are */
	const char *no_pictures; /* why, or NULL */
	struct trace trace;
	struct trace_lives lives;
	struct trace_wakers wakers;
	struct life_graph graph;
};

/* On stdout. */
void trace_print(const struct trace_found *f);
int trace_print_json(const struct trace_found *f);
