/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The host's settings are really made, below $SCXBENCH_ROOT; only our own class and memory, which need root,
 * are left alone. Each setting made or put back is a step, "change", so that we can die at any of them.
 */
#include <errno.h>
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

int __wrap_change_write(const char *path, const char *value)
{
	if (double_step("change") == FAIL)
		return -EACCES;
	return strstr(path, "/sched/features") ? write_feature(path, value)
					       : __real_change_write(path, value);
}

int __wrap_self_leave_class(void)
{
	return 0;
}

void __wrap_self_return_to_class(void)
{
}
