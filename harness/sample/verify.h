/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Sets a sample's status from its proof and metrics. Pure.
 *
 * Adds the lines that follow from metrics. One is about bypass events during the window. Another is the share
 * of the workload's CPU time (cgroup.cpu) in the ext class, which must be at least ext_share, or all but a
 * few milliseconds (a short sample must not be void for one tick elsewhere); it comes from
 * bpf.count.workload_ns, or from audit.ext_ns for a policy without our counters. In an audited sample of fair
 * that time must be 0. Then: ejected stays ejected, failed stays failed, and a sample with a line that
 * doesn't hold is void.
 */
#pragma once
#include "policy/policy.h"
#include "record/record.h"

void sample_verify(const struct policy_spec *policy, double ext_share, struct record *r);
