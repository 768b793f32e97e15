/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "util/affinity.h"

#include <errno.h>
#include <sched.h>
#include <string.h>

int affinity_get(struct affinity *a)
{
	*a = (struct affinity){ 0 };
	return sched_getaffinity(0, sizeof(a->mask), (cpu_set_t *)a->mask) ? -errno : 0;
}

int affinity_set(const struct affinity *a)
{
	return sched_setaffinity(0, sizeof(a->mask), (const cpu_set_t *)a->mask) ? -errno : 0;
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

bool affinity_same(const struct affinity *a, const struct affinity *b)
{
	return !memcmp(a->mask, b->mask, sizeof(a->mask));
}
