/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sooner SECONDS   under a policy, beside 'scxbench hintd': on CPU 0 two hogs, and two tasks that wake every
 * 12 ms and run for 3, so that each asks for about its share. One of them has the hint LATENCY. Prints its
 * answer, and of each, that with the hint first: the 50th and 99th percentile of the time from when it should
 * wake until it runs, in ms, and the CPU time that it got, in percent.
 */
#include <sched.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include "control/scxbench-hint.h"
#include "kit.h"

#define PERIOD 0.012
#define WORK 0.003
#define MOST 100000

static struct waker {
	int answer;
	volatile int nr;
	double late[MOST], used;
} *waker; /* with the hint, and without; shared */

static void stay_on_first(void)
{
	cpu_set_t first;

	CPU_ZERO(&first);
	CPU_SET(0, &first);
	if (sched_setaffinity(0, sizeof(first), &first))
		_exit(1);
}

static void hog(void *arg)
{
	stay_on_first();
	burn(arg);
}

static double cpu_time(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return t.tv_sec + t.tv_nsec / 1e9;
}

/* What it could not do in time is left out, as it would be of a player that drops pictures. */
static void wake_and_work(void *at)
{
	struct waker *w = at;
	double next, until;

	prctl(PR_SET_TIMERSLACK, 1);
	if (w == waker)
		w->answer = scxbench_hint(getpid(), SCXBENCH_HINT_LATENCY, 0);
	stay_on_first();
	for (next = now(); w->nr<MOST; next = next> now() ? next : now()) {
		next += PERIOD;
		rest(next - now());
		w->late[w->nr++] = now() - next;
		until = cpu_time() + WORK;
		while (cpu_time() < until)
			;
		w->used = cpu_time();
	}
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
	double seconds = argc > 1 ? atof(argv[1]) : 0;
	pid_t pid[4];

	if (seconds <= 0)
		return 2;
	waker = mmap(NULL, 2 * sizeof(*waker), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	for (int i = 0; i < 4; i++)
		pid[i] = i < 2 ? start(wake_and_work, &waker[i]) : start(hog, NULL);
	rest(seconds);
	for (int i = 0; i < 4; i++)
		end(pid[i]);
	printf("%d", waker[0].answer);
	for (int i = 0; i < 2; i++) {
		int nr = waker[i].nr;

		qsort(waker[i].late, nr, sizeof(double), by_size);
		printf(" %.2f %.2f %.1f", 1e3 * waker[i].late[nr / 2], 1e3 * waker[i].late[nr * 99 / 100],
		       100 * waker[i].used / seconds);
	}
	printf("\n");
	return 0;
}
