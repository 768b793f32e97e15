/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Watches the attached policy, whichever process attached it. A shot is the state of its counters, its tasks
 * and the CPUs at one moment. Two shots make rates (monitor_rates.h). Needs root and a kernel with BPF task
 * iterators.
 *
 * Between two shots nothing happens, and nothing in the kernel waits for us: the counters are mapped memory,
 * the tasks are one pass of a BPF iterator. The one exception is the cost of an op. For it the kernel must
 * measure every call of every op (run-time stats), which it does while a monitor with costs is open.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "monitor/monitor_shot.h"

struct monitor;

struct monitor_setup {
	const char *object; /* path of monitor.bpf.o */
	bool costs;	    /* let the kernel measure the ops */
	bool queues;	    /* monitor_queue() will be called */
};

struct monitor *monitor_open(const struct monitor_setup *setup);
void monitor_close(struct monitor *m);

/*
 * Takes a shot of the policy that is attached now. 0, also when no policy is attached. -CAUSE_CANT: not root,
 * no sched_ext, or the kernel refuses our programs; logged. The caller frees the shot in any case.
 */
int monitor_look(struct monitor *m, struct monitor_shot *shot);

/*
 * The tasks of a user DSQ in its order, for the policy of the last shot. Returns how many; *lost counts those
 * without room.
 */
int monitor_queue(struct monitor *m, uint64_t dsq, struct mon_task **task, uint64_t *lost);

/* Parses the text of /proc/stat: CPUs by number, allocated. Pure. */
struct monitor_cpu *monitor_parse_stat(const char *text, int *nr);
