/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Change points of a series, one value a night, found as the nights come: whether night t shows a point, and
 * where, depends on no later night, so what was reported once is in every later history; only the levels get
 * better known. Pure: no I/O, no clock, no globals; a seed gives the same digits every time. Time and memory
 * are linear in n.
 *
 * Every night, the last m nights (m of 3, 5, 7, 14, 28, 56) are compared with all nights before them since
 * the last point, at most CHANGE_WINDOW in all. The statistic is that of the two-sample t-test, taken to a
 * normal deviate (Wallace, Ann. Math. Stat. 30 (1959) 1124), on values that are brought in to CHANGE_CLIP
 * scaled median absolute deviations from the window's median, so that one wild night moves little (Huber,
 * Robust Statistics, 1981, 1.7). Where the nights before follow one another more closely than chance has it,
 * with a lag-1 autocorrelation r above two standard errors, 2 / sqrt(nights), it is divided by sqrt((1 + r) /
 * (1 - r)): such nights tell less. A sequential scan of this kind is a moving sum with several windows
 * (Eichinger, Kirch, Bernoulli 24 (2018) 526), or a window-limited likelihood ratio (Lai, J. R. Stat. Soc. B
 * 57 (1995) 613).
 *
 * What passes the threshold of its m must also pass a permutation test: the nights in view are dealt out anew
 * CHANGE_DEALS times, and p = (1 + deals with as large a difference) / (1 + CHANGE_DEALS) is CHANGE_ALPHA at
 * most. It asks nothing of the noise's distribution, but that nights do not hang together. So few nights as
 * 12 can't be dealt out in enough ways: they show no point. A point is put where two levels leave the least
 * squares in the nights up to the one that showed it, and the search goes on from there. Later nights would
 * make the place of a true step little better, and that of a false one a night that nothing happened in.
 *
 * The thresholds are made for steps of five and of two times the nights' noise, to be seen within 3 and 7
 * nights at less than 1 false point in 1,000. That budget is spent where it is needed, at 7; each threshold
 * rises by CHANGE_DOUBT / nights before, for few nights are a poor measure, the more so where they begin with
 * those that showed the last point. tests/stats/simulate/change.c measures what is reached; README.md beside
 * this file has the table, also for noise that is not normal.
 */
#pragma once
#include <stddef.h>
#include <stdint.h>

#define CHANGE_WINDOW 365
#define CHANGE_BEFORE 5 /* nights, at least, on the old level */
#define CHANGE_CLIP 4
#define CHANGE_DEALS 1999
#define CHANGE_ALPHA 0.002
#define CHANGE_DOUBT 8.0

struct change {
	size_t at;	  /* first night on the new level */
	size_t low, high; /* or any of these: less likely, but by no more than a factor exp(CHANGE_SUPPORT) */
	size_t seen;	  /* the night that showed it; low <= at <= high <= seen */
	double before, after; /* medians from the point before, and to the point after */
	double p;	      /* of the permutation test */
};
#define CHANGE_SUPPORT 3.0

/* x: finite values in order of time; a missing night is left out by the caller. *out is the caller's to free.
 */
size_t stats_changes(const double *x, size_t n, uint64_t seed, struct change **out);
