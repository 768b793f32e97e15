/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How often policies are thrown out, an hour: every sample counts, warm-ups and instrumented ones too, with
 * the time that it ran under the policy. Pure.
 */
#pragma once
#include "stats/poisson.h"
#include "store/store.h"

struct endured {
	const char *policy, *hash; /* of the runs; hash: or NULL */
	double hours;
	unsigned ejections, stalls; /* stalls: those of them that the watchdog saw */
};

struct endurance {
	struct endured *policy; /* without the baseline, which nobody throws out */
	size_t nr;
	bool emulated;
};

/*
 * Of all these runs together. -CAUSE_USAGE, logged: a policy's object is not the same in all of them.
 * endurance_free() in any case.
 */
int endurance_make(const struct store_run *run, size_t nr, struct endurance *e);
void endurance_free(struct endurance *e);

/* Two of the policies. */
struct endurance_pair {
	const struct endured *a, *b;
	struct interval ratio; /* ejections an hour, a to b */
	double p;	       /* adjusted for all pairs */
	unsigned least;	       /* ejections of a, and none of b, that these hours would show; 0: too many */
};
/* All pairs; how many. *pair is the caller's to free. */
size_t endurance_pairs(const struct endurance *e, struct endurance_pair **pair);
