/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What watching costs, over the instrumented samples that are ok, those too whose figures are refused for it
 * (judge/instrumented.h). Pure.
 */
#pragma once
#include "judge/compare.h"
#include "stats/stats.h"

/*
 * A workload's primary metric there, to the median of the timed samples, paired by policy. It is of all that
 * watches there together: the kernel's BPF statistics, histograms, the life of tasks, moves and the audit.
 */
struct watching {
	struct effect effect; /* n: policies */
	struct extent extent; /* of them, where they are too few for an interval */
};
void watching_cost(const struct compare *c, unsigned work, struct watching *w);

/*
 * The CPU time of a collector's own BPF programs (collect/watch.h), as share of the CPU time of the
 * workload's cgroup, cgroup.cpu: whose figures they are, and known of every sample. Programs also run beside
 * the workload, so of one that hardly runs it can be more than 1. collector: NULL: all of them together, as
 * far as each is known. NAN: not known.
 */
double watching_share(const struct record *r, const char *collector);

/* The collectors whose programs were measured in a sample of the run, in the order in which they came. */
struct watching_collectors {
	char **name;
	unsigned nr;
};
void watching_collectors(const struct compare *c, struct watching_collectors *w);
void watching_collectors_free(struct watching_collectors *w);

/* The share over the samples of a workload, under all policies; work: see compare_cell(). */
struct watching_tax {
	size_t n;	       /* samples where it is known */
	struct interval share; /* their median */
	struct extent extent;  /* of them, where they are too few for an interval: then they have no median */
	const char *absent;    /* why it is not known of a sample; or NULL */
};
void watching_tax(const struct compare *c, unsigned work, const char *collector, struct watching_tax *t);
/* Timed samples have the auditor, too; what it costs there is not measured. */
bool watching_is_timed(const struct compare *c);
