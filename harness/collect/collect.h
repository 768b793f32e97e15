/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is measured around a workload, one file a source. Each source is begun before the window and
 * ended after it, and adds metrics; one that the machine does not have adds its metrics as absent with
 * the reason, never as numbers, and never fails the sample.
 */
#pragma once
#include "policy/policy.h"
#include "record/metrics.h"
#include "workload/workload.h"

struct source; /* a begun source; ended exactly once */

/* What a source may ask for. A new one asks here rather than be handed something of its own. */
struct source_ctx {
	struct policy *policy; /* may be fair */
	const struct cgroup *cgroup;
	const char *home;    /* where a source finds its BPF object, below harness/ */
	const char *out_dir; /* where a source may keep files of its own, perf's output say */
	unsigned seq;
	bool instrumented;
	bool audited; /* a policy of the run keeps no count of its own */
};

struct source_kind {
	const char *name;
	/* NULL when there is nothing to end: this sample is none that it measures. */
	struct source *(*begin)(const struct source_ctx *ctx);
	void (*end)(struct source *s, struct metrics *m);
};
extern const struct source_kind *const collect_sources[]; /* ends with NULL */

/*
 * After detach: the policy's ledger, totals since load. Adds custody.* metrics and custody_ns.* histograms,
 * and the lines of the proof (entries = exits, no violation); a policy without a ledger has no such lines.
 */
void collect_ledger(struct policy *p, struct record *r);
