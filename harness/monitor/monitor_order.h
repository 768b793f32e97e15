/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The tasks that wait in each queue, in the order in which they will be taken. */
#pragma once
#include "monitor/monitor.h"

struct queued {
	struct mon_task task;
	bool own;	   /* in a BPF-side queue of the policy, not in a DSQ */
	uint64_t queue;	   /* the DSQ, or as the policy counts; 0 if the policy does not report it */
	unsigned position; /* from 1; 0: the policy reports no order */
};

struct queued_list {
	struct queued *entry; /* DSQs by id, then BPF-side queues */
	size_t nr;
	uint64_t lost; /* tasks for which there was no room */
};

/*
 * For the policy of the shot, which must be the last one of m (opened with queues). The order of a DSQ is the
 * kernel's. Tasks in a BPF-side queue are sorted by key, then by time waited. Negative errno, logged.
 */
int monitor_order(struct monitor *m, const struct monitor_shot *shot, struct queued_list *l);
void monitor_order_free(struct queued_list *l);

/*
 * The parts without the kernel: user DSQs in which a task was seen, ascending; and tasks in BPF-side queues.
 * Pure.
 */
size_t monitor_dsqs(const struct monitor_shot *shot, uint64_t **dsq);
void monitor_owned(const struct monitor_shot *shot, struct queued_list *l);
