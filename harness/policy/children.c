/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "policy/children.h"
#include <ctype.h>
#include <dirent.h>
#include <signal.h>
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

#define STAT_PARENT 4
#define STAT_START 22 /* in ticks since boot */

/*
 * "PID (name) STATE PARENT ...", counted from 1. The name may contain anything, so it ends at the last ')'.
 * 0: not known.
 */
static unsigned long long stat_field(pid_t pid, int field)
{
	char *path = mem_printf("/proc/%d/stat", pid), *stat = NULL, *at = NULL;
	unsigned long long value = 0;

	if (!fs_read_line(path, &stat))
		at = strrchr(stat, ')');
	for (int i = 2; at && i < field; i++)
		at = strchr(at + 1, ' ');
	if (at)
		value = strtoull(at, NULL, 10);
	free(stat);
	free(path);
	return value;
}

/* Signals it, and goes on. */
static bool signal_child(pid_t pid, const void *sig)
{
	if ((pid_t)stat_field(pid, STAT_PARENT) == getpid())
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

struct holding {
	unsigned link;
	double since_s;
};

static bool has_link(const char *fdinfo, unsigned link)
{
	char *text = NULL;
	const char *id = fs_read(fdinfo, &text, NULL) ? NULL : strstr(text, "link_id:");
	bool has = id && strtoul(id + strlen("link_id:"), NULL, 10) == link;

	free(text);
	return has;
}

/* By a tick's precision. */
static bool is_older(pid_t pid, double since_s)
{
	return (double)(stat_field(pid, STAT_START) + 1) / (double)sysconf(_SC_CLK_TCK) < since_s;
}

static bool holds_link(pid_t pid, const void *of)
{
	const struct holding *h = of;
	char *path = mem_printf("/proc/%d/fdinfo", pid);
	DIR *dir = is_older(pid, h->since_s) ? NULL : opendir(path);
	bool holds = false;

	for (struct dirent *e; dir && !holds && (e = readdir(dir));) {
		char *fdinfo = mem_printf("%s/%s", path, e->d_name);

		holds = e->d_name[0] != '.' && has_link(fdinfo, h->link);
		free(fdinfo);
	}
	if (dir)
		closedir(dir);
	free(path);
	return holds;
}

pid_t children_end_holder(unsigned link, double since_s)
{
	const struct holding h = { link, since_s };
	pid_t pid, found = 0;

	for (double end = clock_s() + DIE_S; (pid = find_process(holds_link, &h)) && clock_s() < end;
	     clock_sleep(LOOK_S)) {
		found = pid;
		kill(pid, SIGKILL);
	}
	return found;
}
