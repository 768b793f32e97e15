/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Looking at the policy that is in, whoever put it in: a shot is all that its counters, its tasks and the
 * CPUs say at one moment. Two shots make rates (monitor_rates.h). Needs root and a kernel that tasks can be
 * iterated on.
 *
 * Between two shots nothing is done and nothing in the kernel waits for us: the counters are memory that is
 * mapped, the tasks are one pass of a BPF iterator. The one exception is what an op takes, for which the
 * kernel must measure every call of every op (run-time stats): it does so while a monitor with costs is open.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "monitor/monitor_shot.h"

struct monitor;

struct monitor_setup {
	const char *object; /* path of monitor.bpf.o */
	bool costs;	    /* have the kernel measure the ops */
	bool queues;	    /* monitor_queue() will be called */
};

struct monitor *monitor_open(const struct monitor_setup *setup);
void monitor_close(struct monitor *m);

/*
 * Takes a shot of whoever is in now. 0, also when nobody is in; -CAUSE_CANT when not root, without
 * sched_ext, or when the kernel refuses our programs: logged. The shot is freed in any case.
 */
int monitor_look(struct monitor *m, struct monitor_shot *shot);

/* The tasks of a user DSQ of the policy of the last shot, in its order: how many; those that found no room
 * are lost. */
int monitor_queue(struct monitor *m, uint64_t dsq, struct mon_task **task, uint64_t *lost);

/* The text of /proc/stat: CPUs by number, allocated. Pure. */
struct monitor_cpu *monitor_parse_stat(const char *text, int *nr);
