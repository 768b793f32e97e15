/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The machine's own clock: how long one turn of a fixed loop takes. No policy is attached while it runs, and
 * it is counted in CPU time of a fixed CPU, so that only the machine can change it: its frequency, its heat,
 * what shares a core with that CPU, the host of a virtual machine.
 */
#include <stdint.h>
#include "collect/collect.h"
#include "record/metric_name.h"
#include "util/affinity.h"
#include "util/clock.h"

/* A count and not a time: 18 ms at 3.5 GHz, where a multiplication that waits for the last one takes 4
 * cycles. */
#define SPIN_TURNS 16000000

static void spin(void)
{
	uint64_t x = 1;

	for (unsigned i = 0; i < SPIN_TURNS; i++) {
		x = x * 6364136223846793005 + 1;
		asm volatile("" : "+r"(x)); /* the compiler may not leave out a turn */
	}
}

void collect_spin(struct record *r)
{
	struct affinity allowed, first;
	bool known = !affinity_get(&allowed);
	uint64_t begun;

	first = affinity_first(&allowed);
	if (known)
		affinity_set(&first);
	begun = clock_ns_of(CLOCK_THREAD_CPUTIME_ID);
	spin();
	metrics_add(&r->metrics, METRIC_SPIN, "ns", BETTER_NONE,
		    (double)(clock_ns_of(CLOCK_THREAD_CPUTIME_ID) - begun) / SPIN_TURNS);
	if (known)
		affinity_set(&allowed);
}
