/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stddef.h>
#include "storm.h"

/*
 * Hotplug stops all CPUs each time. A re-enqueue costs the driver nothing, but the policy a walk of its
 * queues. The policy must see to it that a waiting task is not re-enqueued more often than the kernel allows
 * (256).
 */
const struct kind storm_kinds[STORM_NR_KINDS] = {
	[STORM_affinity] = { "affinity", NULL, affinity_change, 0 },
	[STORM_policy] = { "policy", NULL, policy_change, 0 },
	[STORM_fifo] = { "fifo", NULL, fifo_change, 0 },
	[STORM_nice] = { "nice", NULL, nice_change, 0 },
	[STORM_cgroup] = { "cgroup", NULL, cgroup_change, 0 },
	[STORM_cgweight] = { "cgweight", NULL, cgweight_change, 0 },
	[STORM_fork] = { "fork", NULL, fork_change, 0 },
	[STORM_hotplug] = { "hotplug", hotplug_begin, hotplug_change, 200000 },
	[STORM_reenq] = { "reenq", reenq_begin, reenq_change, 10000 },
};
