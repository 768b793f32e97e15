/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The tasks of a campaign as jobs of Slurm: its own programs are called (sbatch, squeue, sacct, scancel), by
 * the job's name scxbench-ID.
 */
#pragma once
#include <stddef.h>
#include "fleet/campaign.h"

struct slurm_ask {
	const char *tasks;    /* "1-10", "3,7" */
	const char *node;     /* the only one that will do; NULL: any */
	char *const *options; /* of sbatch, which win over all others, NULL-terminated; or NULL */
};

/*
 * One array job with the campaign's options, a node for itself each task; it may be requeued. *job: the id,
 * to be freed. -CAUSE_CANT where Slurm is not there, -CAUSE_FAILED where it refuses; it says why itself.
 */
int slurm_submit(const struct campaign *c, const struct slurm_ask *ask, char **job);
int slurm_cancel(const struct campaign *c);

/* What Slurm knows of each task. */
struct slurm_task {
	char *state; /* "PENDING", "NODE_FAIL"; NULL: it knows nothing of it */
	char *node;  /* or NULL */
	char *why;   /* it waits; or NULL */
	int queued;  /* it waits or runs */
};
/* c->hosts of them, task N at N - 1; freed by slurm_free(). Of accounting that is not there only a warning.
 */
int slurm_tasks(const struct campaign *c, struct slurm_task **tasks);
void slurm_free(struct slurm_task *tasks, unsigned nr);
