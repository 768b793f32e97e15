/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * waits: two tasks of the most weight a CPU that never stop, and one of the least. Prints the longest time,
 * in ms, that the light one was not run for. WAITS_SECONDS: how long it looks, 5 by default.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec + t.tv_nsec / 1e9;
}

static void start_heavy(void)
{
	if (fork())
		return;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	setpriority(PRIO_PROCESS, 0, -20);
	for (;;)
		;
}

static double longest_wait(double seconds)
{
	double end = now() + seconds, last = now(), longest = 0, t;

	do {
		t = now();
		longest = t - last > longest ? t - last : longest;
		last = t;
	} while (t < end);
	return longest;
}

int main(void)
{
	const char *seconds = getenv("WAITS_SECONDS");

	for (long i = 0; i < 2 * sysconf(_SC_NPROCESSORS_ONLN); i++)
		start_heavy();
	setpriority(PRIO_PROCESS, 0, 19);
	printf("longest %.0f\n", longest_wait(seconds ? atof(seconds) : 5) * 1000);
	return 0;
}
