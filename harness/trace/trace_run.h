/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A trace from beginning to end: recorded, followed task by task, written into its files. */
#pragma once
#include <stdbool.h>
#include "life/life_graph.h"
#include "life/trace_lives.h"
#include "life/trace_path.h"
#include "trace/trace.h"
#include "trace/trace_wakers.h"

struct trace_setup {
	const char *object;  /* path of life.bpf.o */
	const char *out;     /* the directory of the files, which must exist */
	double seconds;	     /* from when everything is attached, or until interrupted() */
	uint64_t buffer_kib; /* size of the ring, a power of two */
	bool perf, ftrace;   /* record the same window with these tools */
	const char *path_of; /* whose critical path, as in trace_path.h */
};

struct trace_found {
	const char *policy;	 /* ops name, as the kernel has it; the caller's */
	const char *dir;	 /* where the files are */
	const char *no_pictures; /* why, or NULL */
	int tools; /* 0, or why a tool has no file, logged; the trace is complete all the same */
	struct trace trace;
	struct trace_link *link;
	struct trace_lives lives;
	struct trace_wakers wakers;
	struct trace_path path;
	struct life_graph graph;
};

/* The caller sets only f->policy. 0 or a negative cause, logged; free f in any case. */
int trace_run(const struct trace_setup *setup, struct trace_found *f);
bool trace_is_legal(const struct trace_found *f); /* no task took a step that the kernel does not have */
void trace_found_free(struct trace_found *f);
