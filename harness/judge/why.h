/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What else was different where a verdict says better or worse: the internal figures that moved with it.
 * Pure.
 *
 * Exploratory: it shows what goes together, not what causes what. Each figure of a policy with such a verdict
 * is compared with fair's, paired by block as the primary metrics are. A figure that fair does not have (the
 * policies' own counters) is compared with that of the policy with the most different ratio to fair. The
 * comparisons of a workload are one family for the false discovery rate; moved: adjusted p < 0.05 and the
 * interval leaves 1 out.
 */
#pragma once
#include "text/buf.h"
#include "judge/compare.h"

/* One internal figure of a workload, policy by policy. */
struct inner {
	const char *name, *unit; /* "context switches", "/s" */
	struct cell *cell;	 /* by policy; only value and valid are filled */
};

/* One that was compared with another policy's. */
struct move {
	unsigned inner, policy, against;
	struct effect effect;
	double adjusted;
};

struct why {
	unsigned nr_policies;
	struct inner *inner; /* those that any policy has */
	unsigned nr;
	struct move *move; /* every comparison, whether why_moved() or not */
	size_t nr_moves;
};

/* Of a workload's primary metric. */
void why_make(const struct compare *c, unsigned work, struct why *w);
void why_free(struct why *w);
bool why_moved(const struct move *m);
bool why_inner_moved(const struct why *w, unsigned inner); /* under any policy */
struct interval why_median(const struct compare *c, const struct cell *cell);
/* Has any policy a verdict of better or worse there; has that one? */
bool why_asked(const struct compare *c, unsigned work);
bool why_asked_of(const struct compare *c, unsigned work, unsigned policy);
