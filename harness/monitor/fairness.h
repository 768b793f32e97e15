/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How much CPU time each target received, compared with what it deserved by weight, over windows of time.
 * Pure.
 *
 * Received is what a target got. Wanted is what it would have used without any wait. A thread that in a
 * window ran for R, slept for S and waited for the rest would have run for R/(R+S) of it. So a thread that
 * never sleeps wants a whole CPU, however little it gets. A thread that is soon done and sleeps wants hardly
 * more than it got, however late: that is latency, not unfairness. (For work that arrives at its own pace the
 * result is a little too high, by the part of the time in which it waits.)
 *
 * Deserved divides only what all targets together received, by weighted max-min fairness: each gets what it
 * wants or its quota allows, up to its weight's part of what is left for those that want more (Bertsekas and
 * Gallager, Data Networks, 2nd ed., 6.5.2). A thread can't want more than a CPU, so a weight that no
 * scheduler could serve counts for no more (Chandra et al., Surplus Fair Scheduling, OSDI 2000). A CPU that
 * idles while a task waits is a loss for all, not an unfairness, and does not show here.
 *
 * Nor can a target have more than the CPUs give it on which its threads may run, by affinity and cpuset, and
 * those that may run on the same few CPUs only, together no more than these CPUs: of three targets of equal
 * weight on two CPUs, two of which are bound to one CPU, these deserve half a CPU each and the third a whole
 * one.
 *
 * Jain's index of x = received/deserved over n targets is (sum x)^2 / (n sum x^2): 1 when all are alike, 1/n
 * when one has everything (Jain, Chiu and Hawe, DEC-TR-301, 1984). A target that wanted nothing in a window
 * is left out.
 */
#pragma once
#include <stdbool.h>

/* How much of a window a thread wants that ran and waited so long in it; all in s. */
double fairness_wanted(double ran, double waited, double seconds);

/* A set of CPUs, a bit each. */
#define FAIRNESS_CPUS 8192
#define FAIRNESS_WORD_BITS (8 * sizeof(unsigned long))
#define FAIRNESS_CPU_WORDS (FAIRNESS_CPUS / FAIRNESS_WORD_BITS)
struct fairness_cpus {
	unsigned long word[FAIRNESS_CPU_WORDS];
};

/* A target in one window; times in CPU s. */
struct fairness_claim {
	double weight; /* above 0 */
	double most;   /* what its quota allows; INFINITY: no quota */
	double received, wanted;
	const struct fairness_cpus *may; /* where its threads may run; NULL: everywhere */
	double deserved;		 /* out */
};
/* The most that it could have had: what it wants, or its quota allows. */
double fairness_bound(const struct fairness_claim *c);
void fairness_deserve(struct fairness_claim *claim, unsigned nr, double seconds);

/* NAN without values. */
double fairness_jain(const double *x, unsigned nr);

/* A target over all windows. The mean is over those in which it wanted anything; NAN without one. */
struct fairness_share {
	double received, deserved;	       /* sums, CPU s */
	double ratio, ratio_least, ratio_most; /* received/deserved: mean, and farthest from it */
	unsigned windows;
};

struct fairness {
	unsigned nr;
	struct fairness_share *share;
	unsigned windows,
		contended;	 /* contended: at least two wanted time, and one of them more than it got */
	double jain, jain_least; /* mean and least; these and the following are NAN before the first window */
	double error,
		error_most; /* |received/deserved - 1| of the target that is farthest off: mean, worst */
	unsigned error_of;  /* the target, at error_most */
	double error_at;    /* when that window ended, s */
};
void fairness_begin(struct fairness *f, unsigned nr);
/* Adds a window of some seconds that ended at "at", and sets what each claim deserved. */
void fairness_add(struct fairness *f, struct fairness_claim *claim, double at, double seconds);
void fairness_free(struct fairness *f);
