/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The machine's own clock: how long one turn of a fixed loop takes. No policy is attached while it runs, and
 * it is counted in CPU time of a fixed CPU, so that only the machine can change it: its frequency, its heat,
 * what shares a core with that CPU, the host of a virtual machine.
 */
#include <sched.h>
#include <stdint.h>
#include "collect/collect.h"
#include "record/metric_name.h"
#include "util/clock.h"

/* A count and not a time: 18 ms at 3.5 GHz, where a multiplication that waits for the last one takes 4
 * cycles. */
#define SPIN_TURNS 16000000

static void stay_on_first(const cpu_set_t *allowed)
{
	cpu_set_t one;
	int cpu = 0;

	while (cpu < CPU_SETSIZE - 1 && !CPU_ISSET(cpu, allowed))
		cpu++;
	CPU_ZERO(&one);
	CPU_SET(cpu, &one);
	sched_setaffinity(0, sizeof(one), &one);
}

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
	cpu_set_t allowed;
	bool known = !sched_getaffinity(0, sizeof(allowed), &allowed);
	uint64_t begun;

	if (known)
		stay_on_first(&allowed);
	begun = clock_ns_of(CLOCK_THREAD_CPUTIME_ID);
	spin();
	metrics_add(&r->metrics, METRIC_SPIN, "ns", BETTER_NONE,
		    (double)(clock_ns_of(CLOCK_THREAD_CPUTIME_ID) - begun) / SPIN_TURNS);
	if (known)
		sched_setaffinity(0, sizeof(allowed), &allowed);
}
