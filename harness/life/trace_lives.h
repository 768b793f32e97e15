/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Follows each task through its steps and compares them with the list of life.h. Pure: it gets the steps one
 * at a time, in the order of the ring.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "life/trace_records.h"

struct trace_task {
	uint32_t tid, tgid;
	char comm[LIFE_COMM];
	uint32_t point; /* its present point */
	uint64_t since; /* since when */
	uint32_t nr;	/* of the step that led there */
	bool known;	/* the step before that was recorded too */
	uint64_t steps, runs;
	uint64_t run_ns, wait_ns, custody_ns; /* wait: from runnable or stopping to running, custody in it */
};

/* A step that must not happen. */
struct trace_fault {
	struct life_step step;
	uint32_t known; /* the task's point by its last record; differs from step.from after a loss */
};

#define TRACE_MAX_FAULTS 1000
#define TRACE_MAX_TID (1 << 22) /* the kernel's PID_MAX_LIMIT */

struct trace_lives {
	struct trace_task *task; /* in order of their first step */
	size_t nr;
	uint32_t *place;  /* by tid: its index + 1; 0: not seen */
	uint64_t illegal; /* steps along unlisted edges; the first TRACE_MAX_FAULTS are kept */
	uint64_t gaps;	  /* steps that do not follow the task's last one, because records were lost */
	struct trace_fault *fault;
	size_t nr_faults;
};

bool trace_is_running(uint32_t point);
bool trace_is_waiting(uint32_t point); /* on a run queue, and not yet on a CPU */

/* The task after the step, valid until the next one. A task that left the class and came back is the same. */
const struct trace_task *trace_lives_step(struct trace_lives *l, const struct life_step *s);
void trace_lives_of(const struct trace *t, struct trace_lives *l);
void trace_lives_free(struct trace_lives *l);
