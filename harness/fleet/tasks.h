/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The tasks of a campaign: what Slurm says of each, and what its files say, which alone are data. */
#pragma once
#include <stdbool.h>
#include "fleet/campaign.h"
#include "fleet/slurm.h"

/* A run of a task, on one machine. */
struct task_run {
	char *dir, *id, *host; /* host: fingerprint; or NULL */
	unsigned samples, planned;
	bool ended;
};

enum task_state {
	TASK_DONE,    /* a run of it has ended */
	TASK_WAITS,   /* for a node */
	TASK_RUNS,    /* or ends */
	TASK_STOPPED, /* Slurm has it no more, and no run of it has ended */
	NR_TASK_STATES
};

struct task {
	struct task_run *run;
	size_t nr;
	unsigned starts; /* of the script, on any machine */
	enum task_state state;
};

struct tasks {
	const struct campaign *c;
	struct slurm_task *slurm; /* task N at N - 1 */
	struct task *task;
	unsigned count[NR_TASK_STATES];
	unsigned machines; /* with an ended run */
};

/* -errno, logged; tasks_free() in any case. */
int tasks_load(const struct campaign *c, struct tasks *t);
void tasks_free(struct tasks *t);

const char *task_state_name(enum task_state state); /* "done", "waits", "runs", "stopped" */
/* The run that has most of it; NULL: none. */
const struct task_run *task_best(const struct task *t);
/* Of a stopped task the node with most of its samples, which only there are gone on with; NULL: it has none.
 */
const char *tasks_node(const struct tasks *t, unsigned number);
/* "3,7": stopped tasks for which any node will do, for --array; to be freed. */
char *tasks_anywhere(const struct tasks *t);
/* "3 of 4 tasks are done, 1 runs; 3 machines." and what is wrong, a sentence a line; to be freed. */
char *tasks_answer(const struct tasks *t);
/* How a command about them ends: 0 all are done, 1 some are stopped, 4 the rest goes on. */
int tasks_code(const struct tasks *t);
