/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What to run and in which order. Pure: the same input and seed give the same plan.
 *
 * A block is one sample of every policy for one workload, in random order. The order of the workloads within
 * a round of blocks is random too. So neither drift of the machine nor the order of policies favours any
 * policy.
 *
 * Nor does what a policy leaves behind for the sample after it (warm caches, a raised clock): each policy
 * runs about equally often right before every policy, itself included, so that this cancels. A block begins
 * with the policy that ended the block before; of many random orders of the rest the plan takes the one that
 * repeats the fewest successions of its workload. Two policies so alternate (AB, BA, AB, ...), and which is
 * first is random. The first block of a later boot follows that boot's warm-up instead.
 *
 * Instrumented samples (BPF run-time stats and histograms on, never compared for speed) come after
 * all timed ones: one for each workload and each policy that is flagged.
 *
 * The order of the first blocks does not depend on how many follow. A plan of fewer blocks is the same plan,
 * cut short, so a run may end early or continue later.
 *
 * With several boots (restarts) each boot takes an equal share of the blocks, in order. What differs from
 * boot to boot is then part of the design and not a constant of the run.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct nearest;

struct plan_item {
	unsigned block;		   /* from 1; 0: warm-up or instrumented */
	unsigned boot;		   /* from 1: the boot whose share it is in */
	unsigned policy, workload; /* indices into what the plan was made from */
	bool instrumented, warmup;
	unsigned retake_of; /* seq of the void sample that it repeats; never in a plan, where it is 0 */
};

struct plan {
	struct plan_item *item;
	size_t nr;
};

struct plan_spec {
	unsigned policies, workloads, blocks;
	unsigned restarts; /* boots; 0 is 1 */
	/* One flag for each policy: take an instrumented sample of it. NULL: of no policy. */
	const bool *instrument;
	uint64_t seed;
};

/* -EINVAL when there is no policy, no workload or no block, or a boot would have no block. */
int plan_make(const struct plan_spec *spec, struct plan *plan);
/*
 * The warm-up of a boot, whose samples are not data points: each workload once, under a policy drawn for it.
 * That covers what the first sample of a boot would pay for all others (files not yet in memory, cold
 * clocks), and because of the draw no policy is always the warm one. Unplanned boots (after a machine died)
 * have a warm-up too, so it is not part of the plan. -EINVAL without policies or workloads.
 */
int plan_warmup(const struct plan_spec *spec, unsigned boot, struct plan *plan);
void plan_free(struct plan *plan);

/* Seconds that the items from first on will take, if a sample of a workload takes seconds[workload]. */
double plan_estimate(const struct plan *plan, size_t first, const double *seconds);

/*
 * The named plans. blocks: for each workload. "demo" shows all there is within a coffee break, in the fewest
 * blocks that have intervals and verdicts. "quick" is the shortest way to a verdict: one comparison alone,
 * for each further one in the family costs blocks. "decide" has the blocks that a verdict needs. "nightly" is
 * the run of every night; its name makes these runs a series. "exact" is the exact lab's, with a boot for
 * each seed.
 */
struct plan_kind {
	const char *name;
	unsigned blocks;
	bool aa;     /* fair twice */
	bool warmup; /* each boot begins with plan_warmup() */
	bool bare;   /* no instrumented samples */
	bool exact;  /* instructions are counted, and no time is kept: nothing but the work may run beside it
		      */
	/*
	 * What is compared with fair, and in which workload, if no other is named; fair joins the policies
	 * that are. NULL: every policy, the default workloads, and the policies as they are named.
	 */
	const char *policy, *workload;
	const char *summary;
};
extern const struct plan_kind plan_kinds[];	     /* ends with a NULL name */
const struct plan_kind *plan_kind(const char *name); /* or NULL */
void plan_try_all(struct nearest *n);		     /* tries all plan names for a misspelled one */
