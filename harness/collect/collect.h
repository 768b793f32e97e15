/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is measured around a workload, one file for each source. A source begins before the window, ends after
 * it, and adds metrics. A source that this machine lacks adds its metrics as absent, with the reason and
 * never as numbers. It never fails the sample.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "policy/policy.h"
#include "record/metrics.h"
#include "topology/topology.h"
#include "util/why.h"
#include "workload/workload.h"

/* Of the sample that is being taken: how the custody audit goes, see collect/outside.h. */
struct outside_sample {
	bool begun;
	enum {
		OUTSIDE_OP_NONE, /* the policy has no ops.dequeue() */
		OUTSIDE_OP_WATCHED,
		OUTSIDE_OP_UNSEEN, /* why says the reason */
	} op;
	struct why why; /* why there are no counts, or why the op is unseen */
};

/* Collectors whose BPF programs watch the sample that is being taken, see collect/watch.h. */
#define COLLECT_WATCHERS 8
struct collect_watched {
	struct collect_watcher {
		const char *collector;
		const struct bpf_object *obj, *more; /* more: or NULL */
		uint64_t before_ns;
		bool unread;
	} watcher[COLLECT_WATCHERS];
	int nr;
};

/* What sources load at their first sample and keep for the others of the run; or why it can't be loaded. */
struct collect_kept {
	struct life_watch *life;
	struct why life_why;
	struct bpf_object *audit, *migrate, *switches;
	const char *audit_why, *migrate_why, *switches_why;
	struct outside_watch *outside;
	struct why outside_why;
	struct outside_sample outside_sample;
	struct collect_watched watched;
};
void collect_kept_free(struct collect_kept *k);

struct source; /* a begun source; ended exactly once */

/* What a source may need. A new need becomes a member here, not a parameter. */
struct source_ctx {
	struct policy *policy; /* may be fair */
	const struct cgroup *cgroup;
	const struct topology *topology;
	struct collect_kept *kept;
	const char *home;    /* where a source finds its BPF object, below harness/ */
	const char *out_dir; /* where a source may write its files, such as perf's output */
	unsigned seq;
	bool instrumented;
	bool stats;   /* the kernel's BPF run-time statistics are on until the last source has ended */
	bool first;   /* the first timed sample of this policy in the run: what is found once goes there */
	bool audited; /* a policy of the run does not count its own time */
	bool outside; /* custody is audited from outside the policy */
};

struct source_kind {
	const char *name;
	/* NULL when there is nothing to end: it does not measure this sample. */
	struct source *(*begin)(const struct source_ctx *ctx);
	void (*end)(struct source *s, struct metrics *m);
	/*
	 * NULL, or loads what takes long, once for the run. Called before begin() of each sample, when no
	 * policy is attached, whose holder waits for signs of life.
	 */
	void (*load)(const struct source_ctx *ctx);
};
extern const struct source_kind *const collect_sources[]; /* ends with NULL */

/*
 * How often the kernel has bypassed the policy that is attached, or its parent: times and tasks, by its
 * events (SCX_EV_BYPASS_*). 0 for fair, and on a kernel without that file.
 */
uint64_t collect_bypasses(const struct policy *p);

/*
 * Before attach: adds machine.spin, the time of a turn of a fixed loop on the first CPU that we may use. It
 * costs 18 ms of that CPU at 3.5 GHz, and at least 33 ms in a machine that is emulated by it.
 */
void collect_spin(struct record *r);

/*
 * After detach: the policy's ledger, totals since load. Adds custody.* metrics and custody_ns.* histograms,
 * and the lines of the proof (entries = exits, no violation). A policy without a ledger has no such lines.
 */
void collect_ledger(struct policy *p, struct record *r);
/* After that, of an audited sample: the same as it was seen from outside, see collect/outside.h. */
void collect_custody_audit(struct collect_kept *kept, struct record *r);

/* How often CPUs were slowed down for heat since boot, all their counters added; false where there are none.
 */
bool collect_throttled(uint64_t *times);
