/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * hogs KIND SECONDS   two processes that never stop share CPU 0, and one gives a hint of that kind (hint.c).
 * Prints its answer and its share of the time of both, in percent.
 */
#include <sched.h>
#include <sys/resource.h>
#include "control/scxbench-hint.h"
#include "kit.h"

static void burn_on_first(void)
{
	cpu_set_t first;

	CPU_ZERO(&first);
	CPU_SET(0, &first);
	if (sched_setaffinity(0, sizeof(first), &first))
		_exit(1);
	burn(NULL);
}

static void burn_with_hint(void *kind)
{
	int answer = scxbench_hint(getpid(), *(int *)kind, getpid());

	printf("%d ", answer);
	fflush(stdout);
	burn_on_first();
}

static void burn_without(void *arg)
{
	(void)arg;
	burn_on_first();
}

/* CPU seconds of a process, which ends. */
static double used_by(pid_t pid)
{
	struct rusage u;

	kill(pid, SIGKILL);
	if (wait4(pid, NULL, 0, &u) != pid)
		exit(3);
	return u.ru_utime.tv_sec + u.ru_stime.tv_sec + (u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
}

int main(int argc, char **argv)
{
	int kind = argc > 2 ? atoi(argv[1]) : 99;
	pid_t hints, other;
	double used, others;

	if (argc < 3)
		return 2;
	other = start(burn_without, NULL);
	hints = start(burn_with_hint, &kind);
	rest(atof(argv[2]));
	used = used_by(hints);
	others = used_by(other);
	printf("%.1f\n", 100 * used / (used + others));
	return 0;
}
