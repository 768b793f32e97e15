/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The workloads of tests say what they took without taking it; with $DOUBLE_OWN_TIME that is found out.
 * $DOUBLE_SUSPENDED=N: the machine is suspended for an hour before the N-th reading.
 */
#include <stdlib.h>
#include "record/record.h"
#include "workload/workload.h"

void __real_prove_own_time(const struct workload *w, struct record *r);

void __wrap_prove_own_time(const struct workload *w, struct record *r)
{
	if (getenv("DOUBLE_OWN_TIME"))
		__real_prove_own_time(w, r);
}

double __wrap_clock_suspended_s(void)
{
	static int reading;
	const char *at = getenv("DOUBLE_SUSPENDED");

	return at && ++reading >= atoi(at) ? 3600 : 0;
}
