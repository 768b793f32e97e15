/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The auditor: how long the workload's tasks ran in the ext class and in others, by the kernel's own
 * accounting, for policies without our counters. Metrics audit.ext_ns and audit.other_ns. Begun only if the
 * run is audited.
 */
#pragma once
#include <linux/types.h>
#include "collect/audit_abi.h"

/* The path of its object; the caller's to free. */
char *audit_object(const char *home);
/* How deep a cgroup's directory lies below the root of the hierarchy. Pure. */
unsigned audit_level(const char *cgroup, const char *root);
/* The sum of all CPUs' times. Pure. */
struct audit_time audit_sum(const struct audit_time *cpu, int cpus);
