/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Watches cgroups and processes: what fairness.h asks of them, under any scheduler, as any user.
 *
 * What a cgroup received is usage_usec of its cpu.stat, with all below it and all that ended there; of a
 * process it is the first number of its threads' schedstat. How long a thread waited is the second, and, as
 * the kernel adds a wait only when it is over, what a thread that is ready now has not been told of since the
 * last step. All this is read once a step; the kernel itself charges a running thread at its ticks. What
 * threads do that live for less than a step is not seen but in a cgroup's cpu.stat.
 */
#pragma once
#include <stdbool.h>
#include "monitor/fairness.h"

#define FAIRNESS_STEPS 50 /* a window: how finely it slides */

struct fairness_target {
	char *name; /* the user's words: "cgroup:PATH" or "pid:N" */
	double weight;
	double quota; /* part of the machine, 0 to 1; INFINITY: none */
};

/* "TARGET=WEIGHT" or "TARGET=WEIGHT@QUOTA%": 0, -CAUSE_USAGE or -CAUSE_NOT_FOUND, logged. */
int fairness_target_parse(const char *text, struct fairness_target *t);
/* The part behind "=" alone, for who makes its targets itself. False: it is none. */
bool fairness_weight_parse(const char *text, double *weight, double *quota);
void fairness_target_free(struct fairness_target *t);

struct fairness_watch;

/* The targets stay the caller's and must outlive it. cpus: the machine's, which quotas are parts of. */
struct fairness_watch *fairness_watch_begin(const struct fairness_target *target, unsigned nr, double cpus);
/*
 * One step, at a time in s; the first is the beginning. From the 51st on each adds the window of the 50 steps
 * before it to f. -CAUSE_NOT_FOUND when a target has gone, -CAUSE_USAGE when two share a thread, -CAUSE_CANT
 * when this kernel doesn't report it: logged.
 */
int fairness_watch_step(struct fairness_watch *w, double now, struct fairness *f);
/*
 * The longest time in which a target had a thread ready to run and received nothing, of whole steps: what was
 * shorter than one is not seen, and up to two are missing.
 */
double fairness_watch_starved(const struct fairness_watch *w, unsigned target);
void fairness_watch_end(struct fairness_watch *w);
