/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "policy/children.h"
#include <ctype.h>
#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "util/clock.h"
#include "util/fs.h"
#include "util/mem.h"

#define DIE_S 3
#define LOOK_S 0.02

/* Every process but us, until one is found. */
static pid_t find_process(bool (*is)(pid_t pid, const void *of), const void *of)
{
	DIR *dir = opendir("/proc");
	pid_t found = 0;

	for (struct dirent *e; dir && !found && (e = readdir(dir));) {
		pid_t pid = isdigit((unsigned char)e->d_name[0]) ? atoi(e->d_name) : 0;

		if (pid && pid != getpid() && is(pid, of))
			found = pid;
	}
	if (dir)
		closedir(dir);
	return found;
}

/* "PID (name) STATE PARENT ...". The name may contain anything, so it ends at the last ')'. 0: not known. */
static pid_t parent_of(pid_t pid)
{
	char *path = mem_printf("/proc/%d/stat", pid), *stat = NULL, *name_end;
	int parent = 0;

	if (!fs_read_line(path, &stat)) {
		name_end = strrchr(stat, ')');
		if (!name_end || sscanf(name_end, ") %*c %d", &parent) != 1)
			parent = 0;
	}
	free(stat);
	free(path);
	return parent;
}

/* Signals it, and goes on. */
static bool signal_child(pid_t pid, const void *sig)
{
	if (parent_of(pid) == getpid())
		kill(pid, *(const int *)sig);
	return false;
}

void children_signal(int sig)
{
	find_process(signal_child, &sig);
}

/* A dead process that nobody has reaped has no environment any more. */
static bool is_marked(pid_t pid, const void *mark)
{
	char *path = mem_printf("/proc/%d/environ", pid), *environ = NULL;
	size_t len = 0;
	bool marked = !fs_read(path, &environ, &len) && memmem(environ, len, mark, strlen(mark) + 1);

	free(environ);
	free(path);
	return marked;
}

pid_t children_end_marked(const char *value)
{
	char *mark = mem_printf(CHILDREN_MARK "=%s", value);
	pid_t pid;

	for (double end = clock_s() + DIE_S; (pid = find_process(is_marked, mark)) && clock_s() < end;
	     clock_sleep(LOOK_S))
		kill(pid, SIGKILL);
	free(mark);
	return pid;
}
