/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Runs of several kernels side by side: policy x kernel, each cell the run's own comparison with the fair of
 * that kernel. Of runs of the exact lab also what an operation costs in instructions, which alone may be
 * compared from kernel to kernel: a time of one boot over that of another has what differs between the two
 * boots in it. Pure.
 */
#pragma once
#include "judge/compare.h"

/* A workload's primary metric, of any run. */
struct kernel_work {
	const char *name, *metric, *unit;
};

struct kernels {
	const struct store_run *run;
	unsigned nr_runs;
	char **label;		 /* of each run, all different: "7.3.4"; NULL-terminated */
	struct compare *compare; /* of each run */
	const char *
		*policy; /* of any run, in the order in which they first come; no second arm of a baseline */
	unsigned nr_policies;
	struct kernel_work *work; /* the same */
	unsigned nr_works;
};

/* The runs must outlive it. */
void kernels_make(const struct store_run *run, size_t nr, struct kernels *k);
void kernels_free(struct kernels *k);

/* A cell of the table. */
struct kernel_place {
	unsigned run, work, policy;
};
/* NULL: the run has no such policy or workload. *row: of the run's own comparison. */
const struct cell *kernels_cell(const struct kernels *k, struct kernel_place at, const struct work **row);
/* Why the run has no such policy, as the run says it; NULL: it was not asked for. */
const char *kernels_why(const struct kernels *k, struct kernel_place at);
/* The median of a cell; NAN. And that over the one of another place, where both are of one unit; NAN. */
double kernels_median(const struct kernels *k, struct kernel_place at);
double kernels_ratio(const struct kernels *k, struct kernel_place of, struct kernel_place to);
/*
 * What instructions of a place are a ratio to: fair of that kernel, or for fair that of the first kernel
 * which has it. False: there is none.
 */
bool kernels_against(const struct kernels *k, struct kernel_place at, struct kernel_place *to);
/* Index of a policy, or -1. */
int kernels_policy(const struct kernels *k, const char *policy);
/* "EEVDF", "CFS": what fair is in the kernel of a run. */
const char *kernels_fair(const struct kernels *k, unsigned run);
/*
 * What the run of a kernel is, in a sentence or two: what fair is, how many samples count, which policies
 * were left out and why. The caller's to free.
 */
char *kernels_answer(const struct kernels *k, unsigned run);
/* Why a run can't stand beside the first, a line each; "": it can. The caller's to free. */
char *kernels_notes(const struct kernels *k, unsigned run);
