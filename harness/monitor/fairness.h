/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Who got how much CPU time, against what each deserved by its weight, over windows of time. Pure.
 *
 * Received is what a target got. Wanted is what it would have used had it never had to wait: a thread that in
 * a window ran for R and slept for S, and waited for the rest, would have run for R/(R+S) of it. So a thread
 * that never sleeps wants a whole CPU, however little it gets; one that is done soon and sleeps wants hardly
 * more than it got, however late it got it: that is latency, not unfairness, and it is no victim. (For work
 * that comes in at a pace of its own that is a little too much, by the part of the time in which it waits.)
 *
 * Deserved divides what all targets together received, and only that, by weighted max-min fairness: as much
 * to each as it wants, or its quota allows, up to its weight's part of what is left for those that want more
 * (Bertsekas and Gallager, Data Networks, 2nd ed., 6.5.2). A thread can't want more than a CPU, so that a
 * weight which no scheduler could serve is no claim either (Chandra et al., Surplus Fair Scheduling, OSDI
 * 2000). CPUs that idle while somebody waits are a loss for all, not an unfairness, and not seen here.
 *
 * Jain's index of x = received/deserved over n targets is (sum x)^2 / (n sum x^2): 1 when all are alike, 1/n
 * when one has all (Jain, Chiu and Hawe, DEC-TR-301, 1984). Who wanted nothing in a window isn't in it.
 */
#pragma once
#include <stdbool.h>

/* What a thread wants of a window in which it ran and waited so long; all in s. */
double fairness_wanted(double ran, double waited, double seconds);

/* A target in one window; times in CPU s. */
struct fairness_claim {
	double weight; /* above 0 */
	double most;   /* what its quota allows; INFINITY: none */
	double received, wanted;
	double deserved; /* out */
};
void fairness_deserve(struct fairness_claim *claim, unsigned nr);

/* NAN for none. */
double fairness_jain(const double *x, unsigned nr);

/* A target over all windows; the mean is over those in which it wanted anything, NAN if there is none. */
struct fairness_share {
	double received, deserved;	       /* sums, CPU s */
	double ratio, ratio_least, ratio_most; /* received/deserved: mean, and farthest from it */
	unsigned windows;
};

struct fairness {
	unsigned nr;
	struct fairness_share *share;
	unsigned windows, contended; /* contended: two at least wanted, and one of them more than it got */
	double jain, jain_least;     /* mean and least; NAN before the first window, as the following */
	double error, error_most;    /* |received/deserved - 1| of the target farthest off: mean, worst */
	unsigned error_of;	     /* whose, at error_most */
	double error_at;	     /* when that window ended, s */
};
void fairness_begin(struct fairness *f, unsigned nr);
/* Takes a window in, that ended at so many seconds; claims get what they deserved. */
void fairness_add(struct fairness *f, struct fairness_claim *claim, double at);
void fairness_free(struct fairness *f);
