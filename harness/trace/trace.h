/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A trace: every record of a window of a running policy, kept in memory in the order of the ring, and what is
 * made of it. A task's steps are in order, for what happens to a task is serialized; steps of two tasks need
 * not be.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "life/life_watch.h"

union trace_record {
	struct life_head head;
	struct life_step step;
	struct life_wake wake;
	struct life_text text;
};

struct trace {
	union trace_record *record;
	size_t nr;
	struct life_counts counts; /* of the kernel side: complete, also where records were lost */
	uint64_t begin_ns, end_ns; /* CLOCK_MONOTONIC, as the records' */
};

/* A record of the ring, of len bytes; what is too short for its kind is left out. */
void trace_add(struct trace *t, const void *rec, size_t len);
void trace_free(struct trace *t);

/* Records from when the programs are attached until more() says no, which is asked some times a second. */
struct trace_window {
	struct life_watch_setup watch;
	bool (*more)(void *ctx);
	void *ctx;
};
/* 0 or an error, logged. -CAUSE_CANT: this kernel's lives can't be watched. */
int trace_take(const struct trace_window *window, struct trace *t);

/*
 * The trace as Chrome's trace event format, for ui.perfetto.dev. A track a CPU, with who runs there; a track
 * a task, with a slice from runnable to quiescent and in it one for each point of its life; ticks and wakeups
 * are instants, SCX_EV_* counters. Negative errno, logged.
 */
int trace_write_json(const struct trace *t, const char *path);
