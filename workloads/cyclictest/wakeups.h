/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What cyclictest counted, thread by thread, and the wakeups that it left out.
 *
 * A thread that wakes up late by k periods has skipped k wakeups, which cyclictest leaves out: exactly the
 * worst ones. They are put back, each as late as it was when the thread woke (latency minus one period,
 * minus two ...), so that a stall counts in the tail as long as it lasted. A thread never gets more back than
 * it lacks of its window: what it would have skipped after the end of the window was not due.
 *
 * A clock that steps back makes a wakeup early: cyclictest then counts a cycle without a bin, and its least
 * or greatest value is negative or a wrapped number. Such a cycle is early, not late. Where late and early
 * cycles can't be told apart, "clock" is set and nothing about latencies is known.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>

#define PERIOD_US 1000
#define BINS 1000000 /* of 1 us; the most that cyclictest takes */

/* What each thread should have done. */
struct window {
	uint64_t threads, cycles; /* cycles: of one thread */
	uint64_t longest_us;	  /* no latency can be longer */
};

struct wakeups {
	uint64_t bin[BINS], overflow; /* measured and put back */
	uint64_t max;		      /* measured, us */
	uint64_t cycles;	      /* that cyclictest counted, early ones among them */
	uint64_t measured,
		missed; /* the values above: that cyclictest counted in a bin or beyond; put back */
	uint64_t early;
	uint64_t unaccounted; /* by how many the threads differ from their windows, up or down, together */
	uint64_t threads;
	bool clock; /* the clock went back, and what was late is not known */
};

/* Adds up the threads of cyclictest's JSON. 0, or 1 and the reason on stderr. */
int wakeups_read(const char *path, const struct window *window, struct wakeups *all);
