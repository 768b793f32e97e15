/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A calendar that is $DOUBLE_CLOCK seconds ahead, and steps by $DOUBLE_CLOCK_STEP more after the first look
 * at it. It is synchronised unless $DOUBLE_UNSYNCHRONISED is set.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

time_t __real_time(time_t *now);
uint64_t __real_clock_ns_of(clockid_t clock);

static long shift(void)
{
	const char *ahead = getenv("DOUBLE_CLOCK"), *step = getenv("DOUBLE_CLOCK_STEP");
	static int looks;

	return (ahead ? atol(ahead) : 0) + (step && looks++ ? atol(step) : 0);
}

time_t __wrap_time(time_t *now)
{
	time_t is = __real_time(NULL) + shift();

	if (now)
		*now = is;
	return is;
}

uint64_t __wrap_clock_ns_of(clockid_t clock)
{
	return __real_clock_ns_of(clock) + (clock == CLOCK_REALTIME ? (uint64_t)shift() * 1000000000 : 0);
}

bool __wrap_clock_synchronised(void)
{
	return !getenv("DOUBLE_UNSYNCHRONISED");
}
