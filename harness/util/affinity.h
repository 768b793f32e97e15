/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The CPUs that a thread may use, on machines of any size: cpu_set_t ends at 1,024. */
#pragma once
#include <stdbool.h>
#include <sys/types.h>

#define AFFINITY_CPUS 65536

struct affinity {
	unsigned long mask[AFFINITY_CPUS / (8 * sizeof(unsigned long))];
};

/* Of the calling thread, or for thread tid. Negative errno, not logged. */
int affinity_get(struct affinity *a);
int affinity_get_of(pid_t tid, struct affinity *a);
int affinity_set(const struct affinity *a);
int affinity_set_of(pid_t tid, const struct affinity *a);
/* Only the first CPU of a. */
struct affinity affinity_first(const struct affinity *a);
bool affinity_same(const struct affinity *a, const struct affinity *b);
bool affinity_has(const struct affinity *a, int cpu);
void affinity_add(struct affinity *a, int cpu);
/* Adds those of a list as the kernel writes it, "0-3,8", up to what is no list. */
void affinity_parse(struct affinity *a, const char *list);
/* Is the CPU in such a list? */
bool affinity_list_has(const char *list, int cpu);
/* The CPUs of a, lowest first; freed with free(). */
int *affinity_list(const struct affinity *a, int *nr);
