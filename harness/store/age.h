/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How old runs are, by clocks that may have been wrong. Pure.
 *
 * A run's age is the time that the store has seen go by since: the sum of the gaps from each stored run to
 * the next, and from the last one to now. A gap is not credible, and counts nothing, if it leads back, or
 * ahead by more than AGE_PAUSE and more than twice the longest usual one (the upper quartile of all but the
 * longest). So neither a clock that jumped nor a long pause makes a run old. An age is never more than what
 * the run's date says.
 */
#pragma once
#include <stddef.h>
#include <stdint.h>

#define AGE_NS 1000000000LL
#define AGE_DAY (86400 * AGE_NS)
#define AGE_PAUSE (30 * AGE_DAY)
#define AGE_SLACK (3600 * AGE_NS) /* by which a clock may be set back */

enum clock_doubt {
	CLOCK_CREDIBLE,
	CLOCK_BEHIND, /* a run began after now: the clock is wrong, or was */
	CLOCK_JUMPED, /* the gap before now, or before the last run, is not credible */
};

struct clock_state {
	enum clock_doubt doubt;
	size_t at; /* the run in doubt */
};

/* By the starts of n runs in the order of storing. age: n. */
struct clock_state ages_of(const int64_t *started, size_t n, int64_t now, int64_t *age);
