/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A shot: what a policy, its tasks and the CPUs said at one moment. monitor.h takes it. */
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

void monitor_shot_free(struct monitor_shot *shot);

/* The order of tasks. */
int monitor_by_tid(const void *a, const void *b);
/* The order of cgroups. */
int monitor_by_id(const void *a, const void *b);

/* NULL: no task of the shot is in it. */
const struct monitor_cgroup *monitor_cgroup(const struct monitor_shot *shot, uint64_t id);
/* Its path; "" when it is no more. */
const char *monitor_path(const struct monitor_shot *shot, uint64_t cgroup);
