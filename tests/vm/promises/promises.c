/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * promises CASE [SECONDS]   what the heads of the policies promise, as numbers on stdout: "NAME NUMBER" a
 *line.
 *
 *	bound	shares of tasks bound to one CPU, beside other CPUs that are less or more crowded
 *	mixed	what a task bound to one CPU gets beside two that are free, and beside six; 1: as much as each
 *	wakeups	how late tasks of 1 ms each 10 ms run beside tasks that never stop, in us
 *	yield	how often a task yields before another one on its CPU runs
 *	steps	shares of nice -10 and 10 on one CPU
 *	table	shares of nice -10, -5, 0, 5 and 10 on one CPU, each as part of what the kernel's table of
 *		weights says; free: the same of nice -5, 0 and 5, two each on two CPUs
 *	light, crowd, among, realtime
 *		the longest wait in ms: of nice 19 beside tasks that never stop; of 200 tasks on one CPU; of a
 *		task bound to a CPU beside six that are free; beside a realtime task that never sleeps
 *
 * The measuring process is a realtime task, and sleeps.
 */
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#define ANY (-1)
#define MOST_JOBS 256
#define MOST_WAKES 1024
#define MS 1000000LL

struct slot {
	volatile long long longest; /* ns that it was not run for */
	volatile unsigned turns;
	int wakes;
	long long late[MOST_WAKES];
};

static struct slot *slots;
static pid_t jobs[MOST_JOBS];
static int nr_jobs;
static double seconds = 3;

static long long now(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return t.tv_sec * 1000 * MS + t.tv_nsec;
}

static void bind_to(int cpu)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	if (cpu != ANY && sched_setaffinity(0, sizeof(set), &set))
		exit(2);
}

static void hog(struct slot *slot)
{
	long long last = now(CLOCK_MONOTONIC), t;

	for (;; last = t) {
		t = now(CLOCK_MONOTONIC);
		if (t - last > slot->longest)
			slot->longest = t - last;
		slot->turns++;
	}
}

static void sleeper(struct slot *slot)
{
	struct timespec due;
	long long began;

	clock_gettime(CLOCK_MONOTONIC, &due);
	while (slot->wakes < MOST_WAKES) {
		due.tv_nsec += 10 * MS;
		due.tv_sec += due.tv_nsec / (1000 * MS);
		due.tv_nsec %= 1000 * MS;
		clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &due, NULL);
		slot->late[slot->wakes++] = now(CLOCK_MONOTONIC) - due.tv_sec * 1000 * MS - due.tv_nsec;
		began = now(CLOCK_THREAD_CPUTIME_ID);
		while (now(CLOCK_THREAD_CPUTIME_ID) - began < MS)
			;
		clock_gettime(CLOCK_MONOTONIC, &due);
	}
	pause();
}

/* Counts its own yields until the job before it has run a loop, from its second one on. */
static void yielder(struct slot *slot)
{
	unsigned was = slot[-1].turns;

	while (slot[-1].turns - was < 2)
		sched_yield();
	for (;;) {
		was = slot[-1].turns;
		do {
			sched_yield();
			slot->turns++;
		} while (slot[-1].turns == was);
		slot->wakes++;
	}
}

static void start(void (*body)(struct slot *), int cpu, int nice)
{
	pid_t pid = fork();

	if (!pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		bind_to(cpu);
		setpriority(PRIO_PROCESS, 0, nice);
		body(&slots[nr_jobs]);
		exit(0);
	}
	jobs[nr_jobs++] = pid;
}

static double cpu_time(int job)
{
	clockid_t clock;

	return clock_getcpuclockid(jobs[job], &clock) ? 0 : now(clock) / 1e9;
}

/* The CPU time of each from a quarter of the time on, when all have begun. */
static void watch(double *used)
{
	double before[MOST_JOBS];

	usleep(seconds / 4 * 1e6);
	for (int i = 0; i < nr_jobs; i++) {
		before[i] = cpu_time(i);
		slots[i].longest = 0;
	}
	usleep(seconds * 1e6);
	for (int i = 0; i < nr_jobs; i++)
		used[i] = cpu_time(i) - before[i];
}

static long long longest_wait(int from)
{
	long long longest = 0;

	for (int i = from; i < nr_jobs; i++)
		longest = slots[i].longest > longest ? slots[i].longest : longest;
	return longest / MS;
}

static void do_bound(void)
{
	double used[MOST_JOBS];

	start(hog, 0, 0);
	start(hog, 1, -5);
	start(hog, 1, 0);
	watch(used);
	printf("lone %.2f\n", used[1] / used[2]);
	start(hog, 0, -5);
	start(hog, 1, 0);
	watch(used);
	printf("less %.2f\nmore %.2f\n", used[3] / used[0], used[1] / (used[2] + used[4]) * 2);
}

/* Of all that was used, times the number of tasks. */
static double part_of_first(void)
{
	double used[MOST_JOBS], all = 0;

	watch(used);
	for (int i = 0; i < nr_jobs; i++)
		all += used[i];
	return used[0] / all * nr_jobs;
}

static void do_mixed(void)
{
	start(hog, 0, 0);
	start(hog, ANY, 0);
	start(hog, ANY, 0);
	printf("few %.2f\n", part_of_first());
	for (int i = 0; i < 4; i++)
		start(hog, ANY, 0);
	printf("many %.2f\n", part_of_first());
}

static int by_size(const void *a, const void *b)
{
	long long x = *(const long long *)a, y = *(const long long *)b;

	return (x > y) - (x < y);
}

static void do_wakeups(void)
{
	static long long late[2 * MOST_WAKES];
	double used[MOST_JOBS];
	int n = 0;

	for (int i = 0; i < 4; i++)
		start(hog, ANY, 0);
	start(sleeper, ANY, 0);
	start(sleeper, ANY, 0);
	watch(used);
	for (int i = 4; i < 6; i++)
		for (int k = 0; k < slots[i].wakes; k++)
			late[n++] = slots[i].late[k];
	qsort(late, n, sizeof(*late), by_size);
	printf("p50 %lld\np99 %lld\nmost %lld\nwakes %d\n", late[n / 2] / 1000, late[n * 99 / 100] / 1000,
	       late[n - 1] / 1000, n);
}

static void do_yield(void)
{
	double used[MOST_JOBS];

	start(hog, 1, 0);
	start(yielder, 1, 0);
	watch(used);
	printf("turns %d\nyields %.1f\nshare %.2f\n", slots[1].wakes, (double)slots[1].turns / slots[1].wakes,
	       used[1] / (used[0] + used[1]));
}

static void do_steps(void)
{
	double used[MOST_JOBS];

	start(hog, 1, -10);
	start(hog, 1, 10);
	watch(used);
	printf("ratio %.2f\nlongest %lld\n", used[0] / used[1], longest_wait(1));
}

/* What each used, as part of what its weight says. */
static void print_shares(const char *name, const int *weight)
{
	double used[MOST_JOBS], all = 0, weights = 0;

	watch(used);
	for (int i = 0; i < nr_jobs; i++) {
		all += used[i];
		weights += weight[i];
	}
	for (int i = 0; i < nr_jobs; i++)
		printf("%s%d %.3f\n", name, i, used[i] / all * weights / weight[i]);
}

static void do_table(void)
{
	static const int weight[] = { 9548, 3121, 1024, 335, 110 };

	for (int i = 0; i < 5; i++)
		start(hog, 1, 5 * i - 10);
	print_shares("nice", weight);
}

static void do_free(void)
{
	static const int weight[] = { 3121, 3121, 1024, 1024, 335, 335 };

	for (int i = 0; i < 6; i++)
		start(hog, ANY, i / 2 * 5 - 5);
	print_shares("free", weight);
}

static void do_light(void)
{
	double used[MOST_JOBS];

	for (int i = 0; i < 4; i++)
		start(hog, ANY, 0);
	start(hog, ANY, 19);
	watch(used);
	printf("longest %lld\n", longest_wait(4));
}

static void do_crowd(void)
{
	double used[MOST_JOBS];

	for (int i = 0; i < 200; i++)
		start(hog, 1, 0);
	watch(used);
	printf("longest %lld\n", longest_wait(0));
}

static void do_among(void)
{
	double used[MOST_JOBS];

	for (int i = 0; i < 6; i++)
		start(hog, ANY, 0);
	start(hog, 1, 0);
	watch(used);
	printf("longest %lld\n", longest_wait(6));
}

static void realtime_hog(struct slot *slot)
{
	struct sched_param low = { .sched_priority = 1 };

	if (sched_setscheduler(0, SCHED_FIFO, &low))
		exit(2);
	hog(slot);
}

static void do_realtime(void)
{
	double used[MOST_JOBS];

	start(realtime_hog, 1, 0);
	start(hog, 1, 0);
	watch(used);
	printf("longest %lld\nshare %.3f\n", longest_wait(1), used[1] / seconds);
}

static const struct {
	const char *name;
	void (*run)(void);
} cases[] = { { "bound", do_bound }, { "mixed", do_mixed }, { "wakeups", do_wakeups },	{ "yield", do_yield },
	      { "steps", do_steps }, { "table", do_table }, { "free", do_free },	{ "light", do_light },
	      { "crowd", do_crowd }, { "among", do_among }, { "realtime", do_realtime } };

int main(int argc, char **argv)
{
	struct sched_param first = { .sched_priority = 1 };

	if (argc > 2)
		seconds = atof(argv[2]);
	slots = mmap(NULL, sizeof(*slots) * MOST_JOBS, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
		     0);
	if (slots == MAP_FAILED || sched_setscheduler(0, SCHED_FIFO | SCHED_RESET_ON_FORK, &first))
		return 2;
	for (size_t i = 0; argc > 1 && i < sizeof(cases) / sizeof(*cases); i++) {
		if (strcmp(argv[1], cases[i].name))
			continue;
		cases[i].run();
		for (int job = 0; job < nr_jobs; job++)
			kill(jobs[job], SIGKILL);
		return 0;
	}
	return 2;
}
