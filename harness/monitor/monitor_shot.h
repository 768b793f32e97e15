/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A shot: the state of a policy, its tasks and the CPUs at one moment. monitor.h takes it. */
#pragma once
#include <linux/types.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "stats_abi.h"
#include "custody_abi.h"
#include "monitor/monitor_abi.h"

#define MONITOR_MAX_OPS 64

/* A BPF program of the policy: its totals since the kernel measures it. */
struct monitor_op {
	char name[64];
	uint64_t calls, ns;
};

/* Time of a CPU since boot, in ticks of /proc/stat. total 0: it is offline, or no CPU has that number. */
struct monitor_cpu {
	uint64_t idle, total;
};

/* A cgroup with a task of the class. */
struct monitor_cgroup {
	uint64_t id;
	char *path;	  /* below the root; NULL: it no longer exists */
	uint64_t used_ns; /* total CPU time of all tasks in it and below it, of every class; 0: not known */
};

struct monitor_shot {
	uint64_t when_ns;    /* CLOCK_MONOTONIC */
	uint64_t unix_ns;    /* the same moment by CLOCK_REALTIME */
	char policy[128];    /* "": no policy is attached, and of the members below only cpu is valid */
	uint64_t enable_seq; /* a change means another policy, or the same one attached again */
	uint64_t started_ns; /* 0: not known */
	bool counted;	     /* the policy keeps our counters, and sum is valid */
	struct scxb_cpu sum; /* of all CPUs, with what is derived; queue[] as stats_abi.h says */
	struct scxb_rare_hist rare; /* valid like sum */
	struct monitor_op op[MONITOR_MAX_OPS];
	int nr_ops;
	struct monitor_cpu *cpu; /* by number */
	int nr_cpus;
	struct mon_task *task; /* ascending by thread id; tasks of other classes only while they run */
	size_t nr_tasks;
	struct monitor_cgroup *cgroup; /* ascending by id */
	size_t nr_cgroups;
	/* Whose the queues of sum.queue[] are, as of queue_owner(); NULL: unknown, as of the last, or they
	 * have none. */
	char *owner[SCXB_QUEUES];
};

void monitor_shot_free(struct monitor_shot *shot);

/* The order of tasks. */
int monitor_by_tid(const void *a, const void *b);
/* The order of cgroups. */
int monitor_by_id(const void *a, const void *b);

/* The cgroup in the shot; NULL: no task of the shot is in it. */
const struct monitor_cgroup *monitor_cgroup(const struct monitor_shot *shot, uint64_t id);
/* Its path; "" when it no longer exists. */
const char *monitor_path(const struct monitor_shot *shot, uint64_t cgroup);
