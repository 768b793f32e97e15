/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside monitor/ only: the cgroups of the tasks of a shot. */
#pragma once
#include "monitor/monitor_shot.h"

/*
 * Fills in cgroup[] from task[]. known: the cgroups of the shot before, for their paths; afterwards those of
 * this shot.
 */
void monitor_cgroups(struct monitor_shot *known, struct monitor_shot *shot);

/* usage_usec of the text of a cgroup's cpu.stat, in ns; 0 without it. Pure. */
uint64_t monitor_parse_usage(const char *text);
