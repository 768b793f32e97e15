/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Cgroups, by their path below the root, and hogs in them. */
#pragma once
#include <fcntl.h>
#include "kit.h"

#define ROOT "/sys/fs/cgroup/"

static inline void enter(const char *group)
{
	char path[64];
	int fd;

	snprintf(path, sizeof(path), ROOT "%s/cgroup.procs", group);
	fd = open(path, O_WRONLY);
	if (fd < 0 || write(fd, "0", 1) != 1)
		_exit(1);
	close(fd);
}

static inline void burn_in(void *group)
{
	enter(group);
	burn(NULL);
}

/* CPU seconds that the group used so far. */
static inline double used(const char *group)
{
	char path[64];
	unsigned long long us = 0;
	FILE *f;

	snprintf(path, sizeof(path), ROOT "%s/cpu.stat", group);
	f = fopen(path, "re");
	if (!f || fscanf(f, "usage_usec %llu", &us) != 1)
		exit(3);
	fclose(f);
	return us / 1e6;
}
