/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What two shots of the monitor say of the time between them. Pure. What can't be told is NAN or absent: of
 * counters when the policy keeps none or was put in meanwhile, of a task that came to the class meanwhile.
 */
#pragma once
#include "monitor/monitor_shot.h"

/* Percentiles 50, 99 and 99.9 of time in custody, ns; NAN with fewer than 10 periods beyond
 * (stats_hist_quantile()). */
#define MONITOR_NR_PERCENTILES 3
struct monitor_wait {
	uint64_t periods;
	double ns[MONITOR_NR_PERCENTILES];
};

struct monitor_cost {
	double per_s; /* calls; NAN where the policy does not count them and they are not measured */
	double ns;    /* a call; NAN: not called, not measured */
};

struct monitor_queue {
	uint64_t id; /* struct scxb_queue's, or, when the policy does not count, the DSQ's */
	int64_t nr, weight;
	double oldest_ns; /* in custody; NAN: nobody is, or not told */
	int32_t oldest;	  /* that task; 0: none */
};

/* Shares are of one CPU: 1 is all of it. */
struct monitor_task {
	struct mon_task task;
	double run, wait;
	double moves; /* migrations a second */
};

/*
 * The tasks of a cgroup, without those below it; those that ended in between are not in run, wait and moves.
 * used is of all in it and below it, also of who came and ended in between, and of every class.
 */
struct monitor_group {
	uint64_t cgroup;
	double used;			 /* NAN: not told */
	unsigned tasks, running, inside; /* inside: in custody */
	double run, wait, moves;	 /* of the tasks for which it is known; NAN: for none */
	double oldest_ns;		 /* longest in custody now; NAN: none */
};

struct monitor_rates {
	const struct monitor_shot *now; /* borrowed */
	double seconds;			/* NAN: it is the first shot, and there are no rates */
	bool counted;			/* the counters' rates hold */
	struct monitor_cost op[SCXB_NR_OPS];
	double count[SCXB_NR_COUNTS], custody[SCXB_NR_CUSTODY]; /* a second */
	uint64_t violations;					/* ever */
	struct monitor_wait last[SCXB_NR_CAUSES], ever[SCXB_NR_CAUSES];
	double *idle;		     /* share, by CPU; NAN: offline, or no tick between the shots */
	struct monitor_queue *queue; /* that hold a task, by id */
	size_t nr_queues;
	struct monitor_task *task; /* of the class */
	size_t nr_tasks;
	size_t nr_all, nr_running, nr_inside; /* of the class, also where task[] was narrowed since */
	struct monitor_group *group;
	size_t nr_groups;
};

/* before may be NULL: the first shot. */
void monitor_rates(const struct monitor_shot *before, const struct monitor_shot *now,
		   struct monitor_rates *r);
void monitor_rates_free(struct monitor_rates *r);

/* Who runs on the CPU, of whatever class; NULL: nobody. */
const struct mon_task *monitor_running(const struct monitor_shot *shot, int cpu);
