/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Sets a sample's status from its proof and metrics. Pure.
 *
 * Adds the lines that follow from metrics. One is about bypass events during the window; for a sub-scheduler
 * others say that no ancestor ran its tasks (rescue, bypass). Another is the share
 * of the workload's CPU time (cgroup.cpu) in the ext class, which must be at least the workload's ext_share,
 * or all but a few milliseconds (a short sample must not be void for one tick elsewhere); it comes from
 * bpf.count.workload_ns, or from audit.ext_ns for a policy without our counters. In an audited sample of fair
 * that time must be 0. In the exact lab, which has no auditor, such a policy must instead have all ordinary
 * tasks. The workload's own time must fit ours, see own_time.h, and the machine must have been awake. Then:
 * ejected stays ejected, failed stays failed, and a sample with a line that doesn't hold is void.
 */
#pragma once
#include "policy/policy.h"
#include "record/record.h"
#include "workload/workload.h"

/* What the sample's metrics do not say. */
struct sample_facts {
	const struct policy_spec *policy;
	const struct workload *workload;
	const char *elsewhere; /* see elsewhere.h; NULL: nobody looked */
	double suspended_s;    /* during the window */
	bool exact;	       /* no auditor: it would be in every count */
	bool partial;	       /* the policy leaves ordinary tasks to fair */
};

void sample_verify(const struct sample_facts *facts, struct record *r);
