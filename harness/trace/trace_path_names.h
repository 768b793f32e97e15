/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The critical path summed up by the names of its tasks. Pure. */
#pragma once
#include "life/trace_path.h"
#include "trace/trace_wakers.h"

struct path_name {
	char comm[LIFE_COMM];	/* "": unknown */
	uint64_t ns[NR_PATH];	/* sums of its parts */
	uint64_t all_ns, parts; /* of these together, and how many */
};

struct path_names {
	struct path_name *name; /* what took longest first */
	size_t nr;
	struct trace_wakers
		over; /* how often the path goes over from one name to another; "": an interrupt */
};

void path_names_of(const struct trace_path *p, struct path_names *n);
void path_names_free(struct path_names *n);
