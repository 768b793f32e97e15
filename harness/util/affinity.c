/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "util/affinity.h"

#include <errno.h>
#include <sched.h>
#include <stdlib.h>
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

/* The next range of a list; false: there is none. */
static bool next_range(const char **list, unsigned long *from, unsigned long *to)
{
	char *end;

	*from = *to = strtoul(*list, &end, 10);
	if (end == *list)
		return false;
	if (*end == '-')
		*to = strtoul(end + 1, &end, 10);
	*list = *end == ',' ? end + 1 : "";
	return true;
}

void affinity_parse(struct affinity *a, const char *list)
{
	unsigned long from, to;

	while (next_range(&list, &from, &to))
		for (unsigned long cpu = from; cpu <= to && cpu < AFFINITY_CPUS; cpu++)
			affinity_add(a, (int)cpu);
}

bool affinity_list_has(const char *list, int cpu)
{
	unsigned long from, to;

	while (next_range(&list, &from, &to))
		if (from <= (unsigned long)cpu && (unsigned long)cpu <= to)
			return true;
	return false;
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
