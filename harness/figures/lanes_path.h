/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The critical path through a window of switches (record/switches.h), for the figure "path". Pure. */
#pragma once
#include "life/trace_path.h"
#include "record/switches.h"

/*
 * To the last sleep, or end, of a task of the workload in the window; times are since it began. Its tid is 0
 * where none of them went to sleep, or wakeups were not recorded. trace_path_free() frees it.
 */
void lanes_path(const struct switches *s, struct trace_path *p);

/* What the path does in one task, from when that was woken until it woke the next one. */
struct path_link {
	const struct path_part *first; /* whose task it is */
	const char *by;		       /* who woke it: a task's name, "an interrupt"; "": not known */
	uint64_t ns[NR_PATH];
};
/* In order of time; the caller's to free. They point into the path. */
struct path_link *lanes_path_links(const struct trace_path *p, size_t *nr);
