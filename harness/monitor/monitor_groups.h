/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside monitor/ only: the parts of monitor_rates() for tasks. Each fills in its list of r. Pure. */
#pragma once
#include "monitor/monitor_rates.h"

void monitor_tasks(const struct monitor_shot *before, struct monitor_rates *r);
void monitor_groups(const struct monitor_shot *before, struct monitor_rates *r);
void monitor_queues(struct monitor_rates *r);
