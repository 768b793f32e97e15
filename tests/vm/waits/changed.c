/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * changed SECONDS   on CPU 0 two tasks that never stop, and a third one, whose nice value another CPU changes
 * a thousand times a second while it waits. Prints the longest time, in ms, that the third was not run for.
 */
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
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

static void stay_on(int cpu)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	if (sched_setaffinity(0, sizeof(set), &set))
		_exit(1);
}

/* On CPU 0; it says when it runs. */
static pid_t start(volatile double *ran)
{
	pid_t pid = fork();

	if (pid)
		return pid;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	stay_on(0);
	for (;;)
		*ran = now();
}

int main(int argc, char **argv)
{
	double seconds = argc > 1 ? atof(argv[1]) : 0, longest = 0, end, wait;
	volatile double *ran = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	struct sched_param rt = { .sched_priority = 1 };
	pid_t changed = start(&ran[0]);

	start(&ran[1]);
	start(&ran[2]);
	stay_on(1);
	if (seconds <= 0 || sched_setscheduler(0, SCHED_FIFO, &rt))
		return 2;
	while (!ran[0])
		usleep(1000);
	end = now() + seconds;
	for (int i = 0; now() < end; i++) {
		setpriority(PRIO_PROCESS, changed, i & 1);
		wait = now() - ran[0];
		longest = wait > longest ? wait : longest;
		usleep(1000);
	}
	printf("longest %.0f\n", longest * 1000);
	return 0;
}
