/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "util/clock.h"

#include <sys/timex.h>

#define NS 1000000000ULL

uint64_t clock_ns_of(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return t.tv_sec * NS + t.tv_nsec;
}

uint64_t clock_ns(void)
{
	return clock_ns_of(CLOCK_MONOTONIC);
}

/* CLOCK_BOOTTIME runs on while the machine is suspended. Both are never read at the same moment. */
double clock_suspended_s(void)
{
	uint64_t before, boot, after;
	int tries = 0;

	do {
		before = clock_ns();
		boot = clock_ns_of(CLOCK_BOOTTIME);
		after = clock_ns();
	} while (after - before > NS / 1000 && ++tries < 10);
	return boot > after ? (boot - after) / (double)NS : 0;
}

double clock_s(void)
{
	return clock_ns() / (double)NS;
}

bool clock_synchronised(void)
{
	struct timex t = { 0 };

	return adjtimex(&t) != TIME_ERROR;
}

static struct timespec timespec_of(double seconds)
{
	time_t whole = seconds > 0 ? (time_t)seconds : 0;

	return (struct timespec){ whole, seconds > 0 ? (long)((seconds - whole) * NS) : 0 };
}

void clock_sleep(double seconds)
{
	struct timespec t = timespec_of(seconds);

	clock_nanosleep(CLOCK_MONOTONIC, 0, &t, NULL);
}

void clock_sleep_until(double when)
{
	struct timespec t = timespec_of(when);

	clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL);
}
