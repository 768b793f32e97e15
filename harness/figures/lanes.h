/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The windows of switches (record/switches.h) of a workload's instrumented samples, for the figure "lanes".
 */
#pragma once
#include "judge/compare.h"
#include "record/switches.h"
#include "text/buf.h"

struct lanes_arm {
	unsigned policy, seq; /* seq: of the sample */
	struct switches window;
};

struct lanes {
	struct lanes_arm *arm; /* of each policy that has one, in the run's order */
	unsigned nr;
};

/* dir: where the run's switches-*.json are. One that can't be read is left out, which is logged. */
void lanes_read(const struct compare *c, unsigned work, const char *dir, struct lanes *l);
void lanes_free(struct lanes *l);

/* What a window says in numbers. Pure. */
struct lanes_sum {
	double part[NR_STINT]; /* of the time of all CPUs */
	double idle_waiting;   /* the same: idle while a task waited on the CPU's run queue */
	double median_ns;      /* of a stint of any task; NAN: there is none */
	uint32_t most_waiting;
	size_t stints, moved[MIGRATE_NR];
};
struct lanes_sum lanes_sum(const struct switches *s);
void lanes_moves(struct buf *b, const struct lanes_sum *sum); /* "3 core, 5 l3", or "none" */
