/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Watches cgroups and processes for fairness.h, under any scheduler, as any user.
 *
 * What a cgroup received is usage_usec of its cpu.stat, which includes everything below it and everything
 * that ended there. For a process it is the first number of its threads' schedstat. The second number is how
 * long a thread waited. The kernel adds a wait only when it is over, so the present wait of a ready thread is
 * added since the last step. All this is read once in a step; the kernel charges a running thread at its
 * ticks. Threads that live for less than a step show only in a cgroup's cpu.stat.
 */
#pragma once
#include <linux/types.h>
#include <stdbool.h>
#include "monitor/fairness.h"

#define FAIRNESS_STEPS 50 /* in a window, which slides by one */

struct fairness_target {
	char *name; /* as the user wrote it: "cgroup:PATH" or "pid:N" */
	double weight;
	__u32 quota; /* as of quota.h; 0: no quota */
};

/* "TARGET=WEIGHT" or "TARGET=WEIGHT@QUOTA" (quota.h): 0, -CAUSE_USAGE or -CAUSE_NOT_FOUND, logged. */
int fairness_target_parse(const char *text, struct fairness_target *t);
/* Parses only the part after "=", for callers that make targets themselves. False: it is not valid. */
bool fairness_weight_parse(const char *text, double *weight, __u32 *quota);
void fairness_target_free(struct fairness_target *t);

struct fairness_watch;

/*
 * The targets stay the caller's and must outlive the watch. cpus: the CPUs of the machine, of which quotas
 * are parts.
 */
struct fairness_watch *fairness_watch_begin(const struct fairness_target *target, unsigned nr, double cpus);
/*
 * One step, at the time now in s; the first is the beginning. From the 51st on each step adds the window of
 * the 50 steps before it to f. -CAUSE_NOT_FOUND: a target has gone, -CAUSE_USAGE: two share a thread,
 * -CAUSE_CANT: this kernel doesn't report times. Logged.
 */
int fairness_watch_step(struct fairness_watch *w, double now, struct fairness *f);
/*
 * The longest time in which a target had a thread ready to run and received nothing. It consists of whole
 * steps: shorter times are not seen, and up to two steps are missing.
 */
double fairness_watch_starved(const struct fairness_watch *w, unsigned target);
/* On how many CPUs its threads may run, by affinity and cpuset; 0: that is not known. */
unsigned fairness_watch_cpus(const struct fairness_watch *w, unsigned target);
void fairness_watch_end(struct fairness_watch *w);
