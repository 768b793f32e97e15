/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How much of a histogram of wakeups was measured: the rest was put back for wakeups that were skipped while
 * a thread was late. Pure.
 */
#pragma once
#include "record/metrics.h"
#include "text/buf.h"

/* Sums over samples; all 0 where the workload does not count its wakeups. */
struct wakeups {
	double expected, missed, early, unaccounted;
};

void wakeups_add(struct wakeups *w, const struct metrics *of);
/*
 * Under the total: measured and put back, early ones, and a warning when more than 1 % is unaccounted for:
 * the tails beside it are then not known. Nothing for a workload that does not count them.
 */
void wakeups_put(struct buf *b, const struct wakeups *w, double total);
