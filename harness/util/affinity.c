/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "util/affinity.h"

#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>

#include "util/mem.h"

#define WORD_BITS (8 * (int)sizeof(unsigned long))

int affinity_get(struct affinity *a)
{
	return affinity_get_of(0, a);
}

int affinity_get_of(pid_t tid, struct affinity *a)
{
	*a = (struct affinity){ 0 };
	return sched_getaffinity(tid, sizeof(a->mask), (cpu_set_t *)a->mask) ? -errno : 0;
}

bool affinity_has(const struct affinity *a, int cpu)
{
	return a->mask[cpu / WORD_BITS] >> cpu % WORD_BITS & 1;
}

int affinity_set(const struct affinity *a)
{
	return affinity_set_of(0, a);
}

int affinity_set_of(pid_t tid, const struct affinity *a)
{
	return sched_setaffinity(tid, sizeof(a->mask), (const cpu_set_t *)a->mask) ? -errno : 0;
}

struct affinity affinity_first(const struct affinity *a)
{
	struct affinity first = { 0 };
	size_t i = 0, words = sizeof(a->mask) / sizeof(*a->mask);

	while (i < words && !a->mask[i])
		i++;
	if (i < words)
		first.mask[i] = a->mask[i] & -a->mask[i];
	return first;
}

void affinity_add(struct affinity *a, int cpu)
{
	a->mask[cpu / WORD_BITS] |= 1UL << cpu % WORD_BITS;
}

void affinity_parse(struct affinity *a, const char *list)
{
	unsigned from, to;
	int len;

	while (sscanf(list, "%u%n", &from, &len) == 1) {
		list += len;
		to = from;
		if (sscanf(list, "-%u%n", &to, &len) == 1)
			list += len;
		for (unsigned cpu = from; cpu <= to && cpu < AFFINITY_CPUS; cpu++)
			affinity_add(a, (int)cpu);
		if (*list++ != ',')
			return;
	}
}

int *affinity_list(const struct affinity *a, int *nr)
{
	int *cpus = mem_zalloc(AFFINITY_CPUS, sizeof(*cpus));

	*nr = 0;
	for (int cpu = 0; cpu < AFFINITY_CPUS; cpu++)
		if (affinity_has(a, cpu))
			cpus[(*nr)++] = cpu;
	return cpus;
}

bool affinity_same(const struct affinity *a, const struct affinity *b)
{
	return !memcmp(a->mask, b->mask, sizeof(a->mask));
}
