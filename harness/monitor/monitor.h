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
#include <linux/types.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "stats_abi.h"
#include "custody_abi.h"
#include "monitor/monitor_abi.h"

#define MONITOR_MAX_OPS 64

/* A BPF program of the policy since it is measured. */
struct monitor_op {
	char name[64];
	uint64_t calls, ns;
};

/* Time of a CPU since boot, in ticks of /proc/stat; total 0: it is offline or there is none of that number.
 */
struct monitor_cpu {
	uint64_t idle, total;
};

/* One that has a task of the class. */
struct monitor_cgroup {
	uint64_t id;
	char *path;	  /* below the root; NULL: it is no more */
	uint64_t used_ns; /* CPU time of all in it and below it, ever, of every class; 0: not told */
};

struct monitor_shot {
	uint64_t when_ns;    /* CLOCK_MONOTONIC */
	char policy[128];    /* "": none is in, and nothing below holds but cpu */
	uint64_t enable_seq; /* another one: another policy, or the same once more */
	uint64_t started_ns; /* 0: not told */
	bool counted;	     /* the policy keeps our counters, sum holds */
	struct scxb_cpu sum; /* all CPUs; queue[] as told in stats_abi.h */
	struct monitor_op op[MONITOR_MAX_OPS];
	int nr_ops;
	struct monitor_cpu *cpu; /* by number */
	int nr_cpus;
	struct mon_task *task; /* ascending by thread id; those of other classes are there only if they run */
	size_t nr_tasks;
	struct monitor_cgroup *cgroup; /* ascending by id */
	size_t nr_cgroups;
};

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
void monitor_shot_free(struct monitor_shot *shot);

/* The tasks of a user DSQ of the policy of the last shot, in its order: how many; those that found no room
 * are lost. */
int monitor_queue(struct monitor *m, uint64_t dsq, struct mon_task **task, uint64_t *lost);

/* NULL: no task of the shot is in it. */
const struct monitor_cgroup *monitor_cgroup(const struct monitor_shot *shot, uint64_t id);
/* Its path; "" when it is no more. */
const char *monitor_path(const struct monitor_shot *shot, uint64_t cgroup);

/* The text of /proc/stat: CPUs by number, allocated. Pure. */
struct monitor_cpu *monitor_parse_stat(const char *text, int *nr);
