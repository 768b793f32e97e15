/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One sample, start to end: prepare, attach, settle, measure, collect, detach, verify.
 *
 * Whatever fails, the policy is out and the workload's cgroup is empty when sample_take() returns. What
 * the sample says of itself is in the record: status, why, proof, metrics.
 */
#pragma once
#include "policy/policy.h"
#include "record/record.h"
#include "topology/topology.h"
#include "workload/workload.h"

struct sample_job {
	const struct policy_spec *policy;
	const struct workload *workload;
	const struct topology *topology;
	const struct cgroup *cgroup;
	const char *run_dir; /* logs and perf's files go below it */
	uint64_t seed;	     /* of the run; the sample derives its own from it and its block */
	const char *home;    /* what is ours lies below it */
	bool audited;	     /* a policy of the run keeps no count of its own */
};

/*
 * r comes with seq, block, policy, workload and instrumented set; the rest is filled. 0: the sample ended,
 * good or bad, and is to be recorded. -CAUSE_INTERRUPTED: it was given up and undone. Any other error: this
 * machine can't go on at all (another scheduler is active, not permitted), and nothing is to be recorded.
 */
int sample_take(const struct sample_job *job, struct record *r);
