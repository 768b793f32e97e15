/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What each CPU has of a setting, and all of it in a line: CPUs may differ, and a task may run on any. */
#pragma once

struct by_cpu {
	char **value; /* by CPU; NULL: the CPU has none, or is not there */
	unsigned nr;
};

/* The first line of a file of each CPU, such as "cpufreq/scaling_governor". Fills an empty by_cpu. */
void by_cpu_read(struct by_cpu *b, const char *file);
void by_cpu_free(struct by_cpu *b);
/*
 * "performance"; where CPUs differ "performance on CPU 0-3,8, powersave on CPU 4"; NULL where no CPU has any.
 * The caller's to free.
 */
char *by_cpu_text(const struct by_cpu *b);
