/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside monitor/ only: the programs of monitor.bpf.c, loaded for one policy. */
#pragma once
#include "monitor/monitor.h"

struct monitor_prog;

/*
 * ledger: a descriptor of the policy's map of tasks; or < 0: it has none, and counted says whether it keeps
 * our ledger all the same, in the tasks. Negative errno, logged.
 */
int monitor_prog_load(const struct monitor_setup *setup, int ledger, bool counted, struct monitor_prog **out);
void monitor_prog_free(struct monitor_prog *p); /* NULL is fine */
/* All tasks, in no order. */
int monitor_prog_tasks(struct monitor_prog *p, struct mon_task **task, size_t *nr);
int monitor_prog_queue(struct monitor_prog *p, uint64_t dsq, struct mon_task **task, uint64_t *lost);
