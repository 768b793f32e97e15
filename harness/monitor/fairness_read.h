/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reads threads and cgroups for fairness_watch.c. All return 0 or a negative errno and log nothing. */
#pragma once
#include <stdbool.h>
#include <sys/types.h>
#include "monitor/fairness.h"

struct thread_times {
	double ran, waited; /* in total, s; a wait counts when it is over */
	bool ready;	    /* it runs or waits for a CPU now */
};
int fairness_read_thread(pid_t tid, struct thread_times *t);

/* Adds the CPUs on which a thread may run, by its affinity and its cpuset. */
int fairness_read_cpus(pid_t tid, struct fairness_cpus *cpus);

/* CPU time that a cgroup has used in total, s. */
int fairness_read_cgroup(const char *path, double *used);

/* Calls each with every thread of a process, or of a cgroup and the cgroups below it. */
struct thread_visit {
	void (*each)(void *ctx, pid_t tid);
	void *ctx;
};
int fairness_each_of_process(pid_t pid, const struct thread_visit *v);
int fairness_each_of_cgroup(const char *path, const struct thread_visit *v);
