/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * crowd: a workload for tests of custody. Tasks called "bystander" that wait for a CPU nearly always, one
 * called "victim" that is changed meanwhile in all ways a task's owner can, and further victims that die.
 * Prints "victim PID" for each. CROWD_MS: how long, 600 by default.
 */
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "util/affinity.h"

#define ROUND_US 2000
#define BYSTANDERS 4
#define DIES_AFTER 20000 /* loops */

static pid_t start(const char *name, unsigned long loops)
{
	pid_t pid = fork();

	if (pid)
		return pid;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	prctl(PR_SET_NAME, name);
	for (volatile unsigned long i = 0; i < loops; i++)
		if (i % 1000 == 0)
			sched_yield();
	_exit(0);
}

static pid_t start_victim(unsigned long loops)
{
	pid_t pid = start("victim", loops);

	printf("victim %d\n", pid);
	fflush(stdout); /* or a child would print it again */
	return pid;
}

static void set_class(pid_t pid, int class, int priority)
{
	sched_setscheduler(pid, class, &(struct sched_param){ .sched_priority = priority });
}

/* Out of the class and back, from above: else it would never let us. */
static void leave_class(pid_t victim)
{
	set_class(0, SCHED_FIFO, 2);
	set_class(victim, SCHED_FIFO, 1);
	set_class(victim, SCHED_OTHER, 0);
	set_class(0, SCHED_OTHER, 0);
}

static void change(pid_t victim, int round)
{
	struct affinity all, one = { 0 };
	int *cpu, nr;

	affinity_get(&all);
	cpu = affinity_list(&all, &nr);
	affinity_add(&one, cpu[round % 2 < nr ? round % 2 : 0]);
	free(cpu);
	affinity_set_of(victim, &one);
	setpriority(PRIO_PROCESS, victim, round % 5);
	affinity_set_of(victim, &all);
	set_class(victim, round % 2 ? SCHED_BATCH : SCHED_OTHER, 0);
	if (round % 40 == 0)
		leave_class(victim);
}

static double now_s(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec + ts.tv_nsec / 1e9;
}

static void drive(double seconds)
{
	pid_t victim = start_victim(-1UL);
	double end = now_s() + seconds;

	for (int round = 0; now_s() < end; round++) {
		change(victim, round);
		if (round % 8 == 0)
			start_victim(DIES_AFTER);
		usleep(ROUND_US);
	}
	kill(victim, SIGKILL);
}

int main(int argc, char **argv)
{
	const char *ms = getenv("CROWD_MS");
	pid_t bystander[BYSTANDERS];

	if (argc == 2 && !strcmp(argv[1], "--describe"))
		return puts("summary a test\nprimary time\ntypical_s 1\ntimeout_s 60\nsettle_s 0.05") < 0;
	if (argc == 2 && !strcmp(argv[1], "prepare"))
		return 0;
	for (int i = 0; i < BYSTANDERS; i++)
		bystander[i] = start("bystander", -1UL);
	drive((ms ? atoi(ms) : 600) / 1e3);
	for (int i = 0; i < BYSTANDERS; i++)
		kill(bystander[i], SIGKILL);
	while (wait(NULL) > 0)
		;
	return 0;
}
