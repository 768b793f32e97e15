/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One sample from start to end: prepare, attach, settle, measure, collect, detach, verify.
 *
 * Whatever fails, the policy is detached and the workload's cgroup is empty when sample_take() returns. The
 * record has the result: status, why, proof, metrics.
 */
#pragma once
#include "collect/collect.h"
#include "policy/policy.h"
#include "record/record.h"
#include "topology/topology.h"
#include "workload/workload.h"

struct sample_job {
	const struct policy_spec *policy;
	const struct workload *workload;
	const struct topology *topology;
	const struct cgroup *cgroup;
	const char *run_dir;	      /* logs and perf's files go below it */
	uint64_t seed;		      /* of the run; the sample derives its own seed from it and its block */
	const char *home;	      /* see home_dir(); schedulers/ and workloads/ are below it */
	struct collect_kept *kept;    /* of the run */
	struct policy_kept *policies; /* of the run */
	double attach_limit_s;	      /* of a command, see policy.h; 0: the default */
	double limit_s;		      /* of the workload, see struct workload_run */
	bool first;		      /* see struct source_ctx */
	bool audited;		      /* a policy of the run does not count its own time */
	bool outside;		      /* custody is audited from outside the policy */
	bool exact;		      /* instructions are counted: no time is kept */
};

/*
 * The caller sets seq, block, policy, workload and instrumented in r; the rest is filled in. 0: the sample
 * ended, good or bad, and must be recorded. -CAUSE_INTERRUPTED: it was given up and undone. Any other error:
 * this machine can't continue at all (another scheduler is active, not permitted), and there is nothing to
 * record.
 */
int sample_take(const struct sample_job *job, struct record *r);
