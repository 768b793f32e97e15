/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One plan on many machines: a folder results/fleet/ID, on a file system that all of them share. fleet.json
 * says what was asked; task is what each machine does; task-N/ has the results of task N, as any folder of
 * results, with a run ID-N-NODE for each machine that it was on; task-N.log is what it said.
 *
 * The samples of a machine are never another's: a task that is started again on the machine where it was
 * goes on with its run, and on another one it begins a run of that.
 */
#pragma once
#include <stdint.h>

struct campaign {
	char *id, *dir; /* dir: absolute */
	char *plan;	/* NULL: the default */
	unsigned hosts;
	uint64_t seed; /* task N has seed + N, so that the order of samples is another on each machine */
	int64_t started_ns;
	char *program;	 /* that measures, as the machines see it */
	char **options;	 /* of its command bench, NULL-terminated */
	char *partition; /* of Slurm, or NULL */
	char **sbatch;	 /* further options of sbatch, NULL-terminated; or NULL */
};

#define CAMPAIGN_MAX_SEED (UINT64_C(1) << 62) /* shells count to 2^63 */
#define CAMPAIGN_MAX_HOSTS 100000

/* Makes the folder with its files. c->dir is set. -CAUSE_EXISTS, or another cause, logged. */
int campaign_make(struct campaign *c, const char *results);
/* id NULL: the latest. -CAUSE_NOT_FOUND, logged. campaign_free() in any case. */
int campaign_load(struct campaign *c, const char *results, const char *id);
void campaign_free(struct campaign *c);
char *campaign_file(const struct campaign *c, const char *name); /* in its folder; to be freed */
