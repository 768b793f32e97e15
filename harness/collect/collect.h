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

/* policy may be fair; out_dir is where a source may keep files of its own (perf's output). */
struct source_ctx {
	struct policy *policy;
	const struct cgroup *cgroup;
	const char *out_dir;
	unsigned seq;
	bool instrumented;
	const char *audit; /* the auditor's object; NULL: no audit */
	const char *life;  /* life.bpf.o, for instrumented samples; NULL: lives are not watched */
};

struct source_kind {
	const char *name; /* "bpf", "events", "schedstat", "pressure", "perf", "audit", "life", "harness" */
	/* NULL when there is nothing to end. */
	struct source *(*begin)(const struct source_ctx *ctx);
	void (*end)(struct source *s, struct metrics *m);
};
extern const struct source_kind *const collect_sources[]; /* ends with NULL */

/*
 * After detach: the policy's ledger, totals since load. Adds custody.* metrics and custody_ns.* histograms,
 * and the lines of the proof (entries = exits, no violation); a policy without a ledger has no such lines.
 */
void collect_ledger(struct policy *p, struct record *r);
