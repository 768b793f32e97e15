/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "exact.h"
#include "../kit.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Operations before those that are counted. */
#define WARM_UP 500

/* The ends of pipes. */
struct ends {
	int in, out;
};

/* Sends a byte to and fro n times. */
static int pass_byte(long n, const void *ctx)
{
	const struct ends *pipe = ctx;
	char byte = 0;

	while (n--)
		if (write(pipe->out, &byte, 1) != 1 || read(pipe->in, &byte, 1) != 1)
			return kit_fail("pipe: %s", strerror(errno));
	return 0;
}

static void echo_bytes(int in, int out)
{
	char byte;

	while (read(in, &byte, 1) == 1 && write(out, &byte, 1) == 1)
		;
	_exit(0);
}

int cost_pipe(long n, struct cost *cost)
{
	int to[2], back[2];
	struct ends ours;
	pid_t pid;

	if (pipe(to) || pipe(back) || (pid = fork()) < 0)
		return kit_fail("pipe: %s", strerror(errno));
	if (!pid) {
		close(to[1]);
		echo_bytes(to[0], back[1]);
	}
	ours = (struct ends){ back[0], to[1] };
	if (pass_byte(WARM_UP, &ours) || count_parts(&(struct work){ pass_byte, &ours, 2, NULL }, n, cost))
		return 1;
	close(to[1]);
	return waitpid(pid, NULL, 0) != pid;
}

/* On one CPU of several, which is what the cost of a switch there is compared with that on a single one. */
int cost_pinned(long n, struct cost *cost)
{
	cpu_set_t first;

	CPU_ZERO(&first);
	CPU_SET(0, &first);
	if (sched_setaffinity(0, sizeof(first), &first))
		return kit_fail("sched_setaffinity: %s", strerror(errno));
	return cost_pipe(n, cost);
}

/* A process that hands on each byte that comes to *in; what it hands on then comes to *in. */
static int start_link(int *in)
{
	int out[2];
	pid_t pid;

	if (pipe(out) || (pid = fork()) < 0)
		return kit_fail("a ring: %s", strerror(errno));
	if (!pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		close(out[0]);
		echo_bytes(*in, out[1]);
	}
	close(*in);
	close(out[1]);
	*in = out[0];
	return 0;
}

/* A byte goes round; we are one of the tasks. */
int cost_ring(long n, struct cost *cost)
{
	long rounds = n / cost_depth;
	struct ends ours;
	int ring[2];

	if (pipe(ring))
		return kit_fail("pipe: %s", strerror(errno));
	for (long i = 1; i < cost_depth; i++)
		if (start_link(&ring[0]))
			return 1;
	ours = (struct ends){ ring[0], ring[1] };
	return pass_byte(2 + WARM_UP / cost_depth, &ours) ||
	       count_parts(&(struct work){ pass_byte, &ours, cost_depth, NULL }, rounds, cost);
}

static uint64_t own_switches(void)
{
	struct rusage self;

	getrusage(RUSAGE_SELF, &self);
	return (uint64_t)(self.ru_nvcsw + self.ru_nivcsw);
}

static int yield(long n, const void *ctx)
{
	(void)ctx;
	while (n--)
		sched_yield();
	return 0;
}

/* A process that yields until the workload ends. 0: it could not be started. */
static pid_t start_yielding(void)
{
	pid_t pid = fork();

	if (!pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		for (;;)
			sched_yield();
	}
	return pid < 0 ? 0 : pid;
}

/* Each switch of ours is a round of all of them: a queue is first in, first out, but for policies that weigh.
 */
int cost_yield(long n, struct cost *cost)
{
	for (long i = 1; i < cost_depth; i++)
		if (!start_yielding())
			return kit_fail("fork: %s", strerror(errno));
	yield(5 + WARM_UP / cost_depth, NULL);
	return count_parts(&(struct work){ yield, NULL, cost_depth, own_switches }, n / cost_depth, cost);
}

#define PERIOD_NS 100000

static int sleep_periods(long n, const void *ctx)
{
	struct timespec next;

	(void)ctx;
	clock_gettime(CLOCK_MONOTONIC, &next);
	while (n--) {
		next.tv_nsec += PERIOD_NS;
		next.tv_sec += next.tv_nsec / 1000000000;
		next.tv_nsec %= 1000000000;
		clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &next, NULL);
	}
	return 0;
}

int cost_timer(long n, struct cost *cost)
{
	prctl(PR_SET_TIMERSLACK, 1);
	sleep_periods(WARM_UP, NULL);
	return count_parts(&(struct work){ sleep_periods, NULL, 1, NULL }, n, cost);
}

/* Runs a program and waits for it; what it prints is of no interest. */
static int run_program(char *const argv[])
{
	int status = 0;
	pid_t pid = fork();

	if (!pid) {
		dup2(open("/dev/null", O_WRONLY | O_CLOEXEC), 1);
		execvp(argv[0], argv);
		_exit(127);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid || status)
		return kit_fail("%s failed (status %#x)", argv[0], (unsigned)status);
	return 0;
}

/* Two groups of ten senders and ten receivers: a sender sends "loops" messages to each of them. */
#define MESSAGES_A_LOOP (2 * 10 * 10)

static int run_hackbench(long loops)
{
	char text[24];
	char *argv[] = { "hackbench", "-p", "-g", "2", "-f", "10", "-l", text, NULL };

	snprintf(text, sizeof(text), "%ld", loops);
	return run_program(argv);
}

/* What starting it costs is in both lengths, and so not in their difference. */
int cost_message(long n, struct cost *cost)
{
	uint64_t from = counter_now(), is_short;

	if (run_hackbench(n / 4))
		return 1;
	is_short = counter_now() - from;
	from = counter_begin();
	if (run_hackbench(n))
		return 1;
	cost->ops = (uint64_t)(n - n / 4) * MESSAGES_A_LOOP;
	cost->each = (double)(counter_end() - from - is_short) / (double)cost->ops;
	return 0;
}

static int run_children(long n, const void *ctx)
{
	char *const argv[] = { "/proc/self/exe", "nothing", NULL };

	(void)ctx;
	while (n--)
		if (run_program(argv))
			return 1;
	return 0;
}

int cost_fork(long n, struct cost *cost)
{
	return run_children(WARM_UP / 25, NULL) ||
	       count_parts(&(struct work){ run_children, NULL, 1, NULL }, n, cost);
}

/* To batch and back: the kernel takes the task out of the policy's custody, and gives it back. */
static int change_class(long n, const void *ctx)
{
	const struct sched_param none = { 0 };
	pid_t pid = *(const pid_t *)ctx;

	while (n--)
		if (sched_setscheduler(pid, n % 2 ? SCHED_BATCH : SCHED_OTHER, &none))
			return kit_fail("sched_setscheduler: %s", strerror(errno));
	return 0;
}

int cost_change(long n, struct cost *cost)
{
	pid_t pid = start_yielding();

	if (!pid)
		return kit_fail("fork: %s", strerror(errno));
	sched_yield();
	if (change_class(WARM_UP, &pid) ||
	    count_parts(&(struct work){ change_class, &pid, 1, NULL }, n, cost))
		return 1;
	kill(pid, SIGKILL);
	return waitpid(pid, NULL, 0) != pid;
}
