/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The host's settings are really made, below $SCXBENCH_ROOT; only our own class and memory, which need root,
 * are left alone. Each setting made or put back is a step, "change", so that we can die at any of them.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "double.h"
#include "host/host.h"
#include "util/cause.h"
#include "util/fs.h"
#include "util/log.h"

int __real_host_prepare(const struct host_wish *wish);
void __real_host_restore(void);
int __real_change_write(const char *path, const char *value);

int __wrap_host_prepare(const struct host_wish *wish)
{
	return double_step("host_prepare") == FAIL
		       ? log_err(-CAUSE_CANT, "SCHED_FIFO was refused: run as root")
		       : __real_host_prepare(wish);
}

void __wrap_host_restore(void)
{
	double_step("host_restore");
	__real_host_restore();
}

/* The kernel's file of features takes one word, and changes that one alone. */
static int write_feature(const char *path, const char *value)
{
	const char *name = strncmp(value, "NO_", 3) ? value : value + 3;
	char *list, *save = NULL, text[256] = "";
	int err = fs_read_line(fs_sys("%s", path), &list);

	if (err)
		return err;
	for (char *word = strtok_r(list, " ", &save); word; word = strtok_r(NULL, " ", &save)) {
		bool same = !strcmp(strncmp(word, "NO_", 3) ? word : word + 3, name);

		snprintf(text + strlen(text), sizeof(text) - strlen(text), "%s ", same ? value : word);
	}
	free(list);
	return __real_change_write(path, text);
}

/* Writes a file beside path, if the machine has it. */
static void write_beside(const char *path, const char *name, const char *value)
{
	int dir = (int)(strrchr(path, '/') - path);

	fs_write(fs_sys("%.*s/%s", dir, path, name), value);
}

static bool is_beside(const char *path, const char *name, const char *value)
{
	char *line = NULL;
	bool is = !fs_read_line(fs_sys("%.*s/%s", (int)(strrchr(path, '/') - path), path, name), &line) &&
		  !strcmp(line, value);

	free(line);
	return is;
}

static bool is_file(const char *path, const char *name)
{
	return !strcmp(strrchr(path, '/') + 1, name);
}

/* As cpufreq drivers do: a governor forces the energy preference, boost the limits of every policy. */
static int write_cpufreq(const char *path, const char *value)
{
	bool on = strcmp(value, "0");
	int err;

	if (is_file(path, "energy_performance_preference") && strcmp(value, "performance") &&
	    is_beside(path, "scaling_governor", "performance"))
		return -EBUSY;
	err = __real_change_write(path, value);
	if (is_file(path, "scaling_governor") && !strcmp(value, "performance"))
		write_beside(path, "energy_performance_preference", value);
	for (char dir[] = "policy0"; is_file(path, "boost") && dir[6] < '4'; dir[6]++) {
		char name[64];

		snprintf(name, sizeof(name), "%s/boost", dir);
		write_beside(path, name, value);
		snprintf(name, sizeof(name), "%s/scaling_max_freq", dir);
		write_beside(path, name, on ? "4000000" : "2000000");
	}
	return err;
}

int __wrap_change_write(const char *path, const char *value)
{
	if (double_step("change") == FAIL)
		return -EACCES;
	if (strstr(path, "/cpufreq/"))
		return write_cpufreq(path, value);
	return strstr(path, "/sched/features") ? write_feature(path, value)
					       : __real_change_write(path, value);
}

int __wrap_self_leave_class(void)
{
	return 0;
}

bool __wrap_self_may_leave_class(void)
{
	return true;
}

void __wrap_self_return_to_class(void)
{
}
