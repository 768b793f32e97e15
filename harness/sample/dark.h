/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How long an ordinary task does not run while a policy comes in or goes out. A probe, bound to a CPU other
 * than the caller's where there is one, wakes every DARK_WAKE_S in the class that policies have, and notes
 * the longest time between two wakeups. It is there for the time of a swap alone, never while a workload is
 * measured.
 */
#pragma once
#include "record/metrics.h"

#define DARK_WAKE_S 500e-6 /* more often, it would be a load of its own on an emulated machine */
#define DARK_LIMIT_S 1.0   /* it is waited for so long */

struct dark;

/* Returns when the probe runs; NULL: there can be none. */
struct dark *dark_begin(void);
/* The swap is over: the metric, absent where the probe has not run within DARK_LIMIT_S. d may be NULL. */
void dark_look(struct dark *d, struct metrics *m, const char *name);
/*
 * The same of the time from dark_begin() to its first wakeup after the swap, which whoever is in now has
 * decided. After dark_look().
 */
void dark_back(const struct dark *d, struct metrics *m, const char *name);
/* Waits for the end of the probe; d may be NULL. Where it may not run any more, only after the detach. */
void dark_free(struct dark *d);
