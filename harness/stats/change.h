/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Change points of a series, one value a night, found as the nights come: whether night t shows a point, and
 * where, depends on no later night, so what was reported once is in every later history. Only the levels get
 * better known, and a change of level becomes an incident when the old level comes back. Pure: no I/O, no
 * clock, no globals; the same nights give the same digits every time. Time and memory are linear in n.
 *
 * Every night, the last m nights (m of 3, 5, 7, 14, 28, 56) are compared with all nights before them since
 * the last point, at most CHANGE_WINDOW in all. The statistic is that of the two-sample t-test, taken to a
 * normal deviate (Wallace, Ann. Math. Stat. 30 (1959) 1124), on values that are limited to CHANGE_CLIP
 * scaled median absolute deviations from the window's median, so that one wild night moves little (Huber,
 * Robust Statistics, 1981, 1.7). Where the nights before resemble their neighbours more than by chance,
 * with a lag-1 autocorrelation r above two standard errors, 2 / sqrt(nights), it is divided by sqrt((1 + r) /
 * (1 - r)): such nights hold less information. A sequential scan of this kind is a moving sum with several
 * windows (Eichinger, Kirch, Bernoulli 24 (2018) 526), or a window-limited likelihood ratio (Lai, J. R. Stat.
 * Soc. B 57 (1995) 613).
 *
 * What passes the threshold of its m must also pass a permutation test: the nights in view are dealt out
 * CHANGE_DEALS times, and p = (1 + deals with as large a difference) / (1 + CHANGE_DEALS) is CHANGE_ALPHA at
 * most. It assumes nothing about the distribution of the noise, only that nights are independent. Twelve
 * nights can't be dealt out in enough ways, so they never show a point. A point is put where two levels leave
 * the least squares in the nights up to the one that showed it, and the search goes on from there. Later
 * nights would hardly improve the place of a true step, and would move a false one to a night in which
 * nothing happened.
 *
 * After the night that showed a point, a cumulated log likelihood ratio (Page, Biometrika 41 (1954) 100)
 * says when the nights are of the old level again: at CHANGE_BACK, to which a night adds a third at most. If
 * that begins within CHANGE_SHORT nights, the point was an incident. It ends where its nights are the
 * farthest from the old level; they are then left out, and the search goes on as if they were not
 * there. A point that is due to chance ends like that as well. What lasts longer is two changes, there and
 * back.
 *
 * The thresholds are chosen for steps of five and of two times the nights' noise, to be seen within 3 and 7
 * nights at less than 1 false point in 2,000. That budget is spent where it is needed, at 7; each threshold
 * rises by CHANGE_DOUBT / nights before, because few nights are a poor measure, the more so when the first of
 * them showed the last point. tests/stats/simulate/change.c and incidents.c measure what is reached;
 * README.md in this directory has the tables, also for noise that is not normal.
 */
#pragma once
#include <stddef.h>
#include <stdint.h>

#define CHANGE_WINDOW 365
#define CHANGE_BEFORE 5 /* nights, at least, on the old level */
#define CHANGE_CLIP 4
#define CHANGE_DEALS 9999
#define CHANGE_ALPHA 0.002
#define CHANGE_DOUBT 8.0
#define CHANGE_SUPPORT 3.0
#define CHANGE_SHORT 14 /* nights after the one that showed a point, for the old level to come back */
#define CHANGE_BACK 6.0 /* log of the odds of that, 400 to 1; three nights reach it at the soonest */

enum change_kind { CHANGE_LEVEL, CHANGE_INCIDENT };

struct change {
	enum change_kind kind;
	size_t at;	  /* first night on the new level, or of the incident */
	size_t low, high; /* or any of these: less likely, but by no more than a factor exp(CHANGE_SUPPORT) */
	size_t seen;	  /* the night that showed it; low <= at <= high <= seen */
	size_t until, over;   /* of an incident: its last night, and the one that showed that it is over */
	double before, after; /* medians of the levels, incidents left out; after: of the incident's nights */
	double p;	      /* of the permutation test */
};

/*
 * x: finite values in order of time; a missing night is left out by the caller. A difference below
 * "smallest", in units of x, is not a point; a difference below half the nights' noise never passes the
 * thresholds. *out is the caller's to free.
 */
size_t stats_changes(const double *x, size_t n, double smallest, struct change **out);
