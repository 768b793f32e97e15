/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A trace: every record of a window of a running policy, kept in memory in the order of the ring, and the
 * results made of it. The steps of one task are in order, because the kernel serializes them. Steps of two
 * tasks may not be.
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
	struct life_counts counts; /* from the kernel side: complete, even if records were lost */
	uint64_t begin_ns, end_ns; /* CLOCK_MONOTONIC, as the records' */
};

/* Adds a record of the ring, of len bytes. A record that is too short for its kind is left out. */
void trace_add(struct trace *t, const void *rec, size_t len);
void trace_free(struct trace *t);

/*
 * Records from the attach of the programs until more(), which is called some times a second, returns false.
 */
struct trace_window {
	struct life_watch_setup watch;
	bool (*more)(void *ctx);
	void *ctx;
};
/* 0 or an error, logged. -CAUSE_CANT: the life of tasks can't be watched on this kernel. */
int trace_take(const struct trace_window *window, struct trace *t);
