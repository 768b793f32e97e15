/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Follows each task through its steps and holds it against the list of life.h. Pure: fed with steps, one at a
 * time, in the order of the ring.
 */
#pragma once
#include <stddef.h>
#include <stdint.h>
#include "trace/trace.h"

struct trace_task {
	uint32_t tid, tgid;
	char comm[LIFE_COMM];
	uint32_t point; /* where it is */
	uint64_t since; /* since when */
	uint64_t steps, runs;
	uint64_t run_ns, wait_ns, custody_ns; /* wait: from runnable or stopping to running, custody in it */
};

/* What must not be. */
struct trace_fault {
	struct life_step step;
	uint32_t known; /* where the task was by its last record; differs from step.from after a loss */
};

#define TRACE_MAX_FAULTS 1000
#define TRACE_MAX_TID (1 << 22) /* the kernel's PID_MAX_LIMIT */

struct trace_lives {
	struct trace_task *task; /* in the order in which they came */
	size_t nr;
	uint32_t *place;  /* by tid: its index + 1; 0: not seen */
	uint64_t illegal; /* steps along no listed edge, of which the first TRACE_MAX_FAULTS are kept */
	uint64_t
		gaps; /* steps that do not begin where the task's last one ended: records were lost between */
	struct trace_fault *fault;
	size_t nr_faults;
};

/* The task as it is after the step, valid until the next one; a task that left and came back is the same. */
const struct trace_task *trace_lives_step(struct trace_lives *l, const struct life_step *s);
void trace_lives_of(const struct trace *t, struct trace_lives *l);
void trace_lives_free(struct trace_lives *l);
