/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The rates between two shots of the monitor. Pure. What is not known is NAN or absent: counters, if the
 * policy keeps none or was attached meanwhile, and a task that entered the class meanwhile.
 */
#pragma once
#include "monitor/monitor_shot.h"

/*
 * Percentiles 50, 99 and 99.9 of time in custody, ns; NAN with fewer than 10 periods beyond
 * (stats_hist_quantile()). Without counters periods are NAN too.
 */
#define MONITOR_NR_PERCENTILES 3
struct monitor_wait {
	double periods;
	double ns[MONITOR_NR_PERCENTILES];
};

struct monitor_cost {
	double per_s; /* calls; NAN where the policy does not count them and they are not measured */
	double ns;    /* a call; NAN: not called, not measured */
};

struct monitor_queue {
	uint64_t id;	  /* as the policy counts (SCXB_QUEUES), or, when it does not, the DSQ's */
	int64_t nr;	  /* tasks */
	uint64_t weight;  /* of those tasks that were seen there, a moment later; 0: none was */
	double oldest_ns; /* in custody; NAN: no task is, or not known */
	int32_t oldest;	  /* tid of that task; 0: none */
};

/* Shares are of one CPU: 1 is a whole CPU. */
struct monitor_task {
	struct mon_task task;
	double run, wait;
	double moves; /* migrations a second */
};

/*
 * The tasks of a cgroup, without the cgroups below it. run, wait and moves lack tasks that ended in between.
 * used includes all tasks in it and below it, of every class, and those that started or ended in between.
 */
struct monitor_group {
	uint64_t cgroup;
	double used;			 /* NAN: not known */
	unsigned tasks, running, inside; /* inside: in custody */
	double run, wait, moves;	 /* of the tasks for which it is known; NAN: known for none */
	double oldest_ns;		 /* longest in custody now; NAN: none */
};

struct monitor_rates {
	const struct monitor_shot *now; /* borrowed */
	double seconds;			/* NAN: first shot, there are no rates */
	bool counted;			/* the rates of counters are valid */
	struct monitor_cost op[SCXB_NR_OPS];
	double count[SCXB_NR_COUNTS], custody[SCXB_NR_CUSTODY]; /* a second */
	uint64_t violations;					/* ever */
	struct monitor_wait last[SCXB_NR_CAUSES], ever[SCXB_NR_CAUSES];
	double *idle;		     /* share, by CPU; NAN: offline, or no tick between the shots */
	struct monitor_queue *queue; /* that hold a task, by id */
	size_t nr_queues;
	struct monitor_task *task; /* of the class */
	size_t nr_tasks;
	size_t nr_all, nr_running, nr_inside; /* of the class, also after task[] was filtered */
	struct monitor_group *group;	      /* by id of the cgroup */
	size_t nr_groups;
};

/* before may be NULL: the first shot. One that is not before is none. */
void monitor_rates(const struct monitor_shot *before, const struct monitor_shot *now,
		   struct monitor_rates *r);
void monitor_rates_free(struct monitor_rates *r);

/* The task that runs on the CPU, of any class; NULL: none. */
const struct mon_task *monitor_running(const struct monitor_shot *shot, int cpu);
/* Adds a value to a sum that is NAN as long as nothing is known; NAN adds nothing. */
void monitor_add_known(double *sum, double value);
