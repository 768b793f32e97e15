/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside monitor/ only: the cost of each op of a policy, by the kernel's run-time stats. */
#pragma once
#include "policy/find.h"
#include "monitor/monitor_shot.h"

struct monitor_ops; /* measured while it exists */

/* NULL when the kernel does not measure. */
struct monitor_ops *monitor_ops_open(const struct found *f);
void monitor_ops_close(struct monitor_ops *o); /* NULL is fine */
/* Fills in op[] and nr_ops; NULL: none. */
void monitor_ops_read(const struct monitor_ops *o, struct monitor_shot *shot);
