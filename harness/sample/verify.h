/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From a sample's proof and metrics to its status. Pure.
 *
 * Adds the lines that follow from metrics: bypass events during the window, and the share of the
 * workload's CPU time (cgroup.cpu) that the ext class ran (bpf.count.workload_ns, or audit.ext_ns for a
 * policy without our counters), which must be at least ext_share; of an audited fair sample that it ran
 * none. Then: ejected stays ejected, failed stays failed, and what has a line that doesn't hold is void.
 */
#pragma once
#include "policy/policy.h"
#include "record/record.h"

void sample_verify(const struct policy_spec *policy, double ext_share, struct record *r);
