/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who waits in which queue, in the order in which they will be taken. */
#pragma once
#include "monitor/monitor.h"

struct queued {
	struct mon_task task;
	bool own;	   /* in the policy's own structure, not in a DSQ */
	uint64_t queue;	   /* the DSQ, or as struct scxb_queue has it; 0 where the policy does not tell */
	unsigned position; /* from 1; 0: the policy tells no order */
};

struct queued_list {
	struct queued *entry; /* DSQs by id, then the policy's own queues */
	size_t nr;
	uint64_t lost; /* tasks beyond what there was room for */
};

/*
 * Of the policy of the shot, the last that m took (with queues). A DSQ's order is the kernel's; in a policy's
 * own structure tasks are by key, then by time waited. Negative errno, logged.
 */
int monitor_order(struct monitor *m, const struct monitor_shot *shot, struct queued_list *l);
void monitor_order_free(struct queued_list *l);

/* The part that asks no kernel: user DSQs in which a task was seen, ascending; and who is in an own
 * structure. Pure. */
size_t monitor_dsqs(const struct monitor_shot *shot, uint64_t **dsq);
void monitor_owned(const struct monitor_shot *shot, struct queued_list *l);
