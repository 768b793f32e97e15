/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * siblings: two groups of CPU-bound tasks on the SMT siblings of one core, one at nice 0 and one at nice 5,
 * each with a core-scheduling cookie of its own and a task for each sibling.
 *
 * Siblings may only run tasks of one cookie at a time, so the groups take turns on the whole core, and their
 * nice values say how long: 3.06 to 1 is right (weights 1024 and 335). The kernel asks a policy's
 * core_sched_before() whose turn it is; one without it is off by a factor, which no workload without cookies
 * shows.
 *
 * "least_share" is what the group that is worse off got, of what it deserves: 100 % is right. "ratio" is nice
 * 0 to nice 5, both in CPU time. Not measured: forced idle time, and anything of other cores. Where the
 * kernel has no core scheduling, or the core no siblings, both are absent.
 */
#include <sched.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>
#include "kit.h"
#include "kit/cookie.h"
#include "kit/together.h"

#define SECONDS 2
#define GROUPS 2
#define MOST_SIBLINGS 8

static const struct {
	int nice;
	double weight; /* the kernel's, of that nice value */
} groups[GROUPS] = { { 0, 1024 }, { 5, 335 } };

struct shared {
	struct together together;
	int tasks;			    /* of a group */
	double used[GROUPS][MOST_SIBLINGS]; /* CPU s */
};

struct member {
	struct shared *shared;
	long group;
};

static int siblings_describe(void)
{
	printf("summary a nice 0 and a nice 5 group with cookies on SMT siblings (needs CONFIG_SCHED_CORE and SMT)\n"
	       "primary least_share\ndefault no\nsettle_s 5\n"
	       "typical_s %.1f\ntimeout_s %ld\nidentity duration=%lds\n",
	       SECONDS * kit_scale() + 0.5, 30 + 10 * kit_scale(), SECONDS * kit_scale());
	return 0;
}

/* Of a list like "0-1" or "0,4". */
static void read_cpus(const char *list, cpu_set_t *set)
{
	char *end = (char *)list;

	do {
		long from = strtol(list, &end, 10), to = *end == '-' ? strtol(end + 1, &end, 10) : from;

		for (; from <= to && from >= 0 && from < CPU_SETSIZE; from++)
			CPU_SET(from, set);
		list = end + 1;
	} while (*end == ',');
}

static void siblings_of(int cpu, cpu_set_t *set)
{
	char path[96], list[256];
	FILE *file;

	CPU_ZERO(set);
	snprintf(path, sizeof(path), "/sys/devices/system/cpu/cpu%d/topology/thread_siblings_list", cpu);
	file = fopen(path, "r");
	if (!file)
		return;
	if (fgets(list, sizeof(list), file))
		read_cpus(list, set);
	fclose(file);
}

/* Those of the first core of which we may use several; how many, or 0. */
static int find_siblings(cpu_set_t *set)
{
	cpu_set_t allowed;

	if (sched_getaffinity(0, sizeof(allowed), &allowed))
		return 0;
	for (int cpu = 0; cpu < CPU_SETSIZE; cpu++) {
		if (!CPU_ISSET(cpu, &allowed))
			continue;
		siblings_of(cpu, set);
		CPU_AND(set, set, &allowed);
		if (CPU_COUNT(set) > 1)
			return CPU_COUNT(set) < MOST_SIBLINGS ? CPU_COUNT(set) : MOST_SIBLINGS;
	}
	return 0;
}

/* number: of the task in its group */
static void siblings_task(long number, int gate, void *arg)
{
	const struct member *of = arg;
	struct timespec cpu;

	together_wait(gate);
	while (together_goes_on(&of->shared->together))
		for (volatile int i = 0; i < 1000; i++)
			;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &cpu);
	of->shared->used[of->group][number] = (double)cpu.tv_sec + (double)cpu.tv_nsec / 1e9;
}

static void siblings_group(long number, int gate, void *arg)
{
	struct shared *shared = arg;
	struct member of = { shared, number };

	if (cookie_new() || setpriority(PRIO_PROCESS, 0, groups[number].nice))
		_exit(kit_fail("no cookie, or not nice: %s", strerror(errno)));
	together_tasks(shared->tasks, gate, siblings_task, &of);
}

static int report_absent(const char *why)
{
	fprintf(kit_results(), "absent least_share %% %s\nabsent ratio x %s\n", why, why);
	return 0;
}

static int report_shares(const struct shared *shared)
{
	double used[GROUPS] = { 0 }, weights = 0, least = 1e9;
	FILE *out = kit_results();

	for (int g = 0; g < GROUPS; g++) {
		for (int i = 0; i < MOST_SIBLINGS; i++)
			used[g] += shared->used[g][i];
		weights += groups[g].weight;
	}
	if (used[0] + used[1] <= 0)
		return kit_fail("no task ran");
	for (int g = 0; g < GROUPS; g++) {
		double share = 100 * used[g] / (used[0] + used[1]) / (groups[g].weight / weights);

		least = share < least ? share : least;
	}
	fprintf(out, "metric least_share %% higher %.2f\n", least);
	if (used[1] > 0)
		fprintf(out, "metric ratio x none %.4f\n", used[0] / used[1]);
	else
		fprintf(out, "absent ratio x the group at nice 5 did not run at all\n");
	return 0;
}

static int siblings_run(void)
{
	const char *lacks = cookie_lacks();
	struct shared *shared;
	cpu_set_t set;
	int tasks;

	if (lacks)
		return report_absent(lacks);
	tasks = find_siblings(&set);
	if (!tasks)
		return report_absent("no core of which two siblings may be used");
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shared == MAP_FAILED || sched_setaffinity(0, sizeof(set), &set))
		return kit_fail("the tasks can't be set up: %s", strerror(errno));
	shared->tasks = tasks;
	shared->together.seconds = SECONDS * kit_scale();
	if (together_start(&shared->together, GROUPS, siblings_group, shared) || !together_reap())
		return kit_fail("a task failed");
	return report_shares(shared);
}

int main(int argc, char **argv)
{
	return kit_main(argc, argv, siblings_describe, siblings_run);
}
