/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "policy/children.h"
#include <ctype.h>
#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "util/fs.h"
#include "util/mem.h"

/* "PID (name) STATE PARENT ...". The name may contain anything, so it ends at the last ')'. 0: not known. */
static pid_t parent_of(const char *pid)
{
	char *path = mem_printf("/proc/%s/stat", pid), *stat = NULL, *name_end;
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

void children_signal(int sig)
{
	DIR *dir = opendir("/proc");
	struct dirent *e;

	while (dir && (e = readdir(dir)))
		if (isdigit((unsigned char)e->d_name[0]) && parent_of(e->d_name) == getpid())
			kill(atoi(e->d_name), sig);
	if (dir)
		closedir(dir);
}
