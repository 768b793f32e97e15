/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The records of a window in memory, in the order of the ring. The steps of one task are in order, because
 * the kernel serializes them. Steps of two tasks may not be.
 */
#pragma once
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
