/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "group.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "undo.h"
#include "util/mem.h"

#define ROOT "/sys/fs/cgroup"

static char own[2048]; /* the directory of our cgroup, without a slash at the end */

const char *group_file(const char *name, const char *file)
{
	static __thread char path[4096];

	if (!name)
		snprintf(path, sizeof(path), "%s/%s", own, file);
	else
		snprintf(path, sizeof(path), "%s/%s%s%s", own, name, *file ? "/" : "", file);
	return path;
}

/* The line "0::/PATH" of /proc/self/cgroup. */
const char *group_begin(void)
{
	FILE *file = fopen("/proc/self/cgroup", "r");
	char line[1024];
	bool found = false;

	while (file && !found && fgets(line, sizeof(line), file)) {
		line[strcspn(line, "\n")] = '\0';
		found = !strncmp(line, "0::/", 4);
	}
	if (file)
		fclose(file);
	if (found)
		snprintf(own, sizeof(own), "%s%s", ROOT, strcmp(line, "0::/") ? line + 3 : "");
	return found ? NULL : "no cgroup2";
}

const char *group_make(const char *name)
{
	const char *path = group_file(name, "");

	if (undo_note(path, UNDO_REMOVE) || mkdir(path, 0755))
		return "no cgroup can be made below our own";
	return NULL;
}

bool group_enter(const char *name, pid_t pid)
{
	char text[16];

	snprintf(text, sizeof(text), "%d", pid);
	return write_text(group_file(name, "cgroup.procs"), text);
}

/* The process that undoes returns from there; if it is elsewhere it only passes through. */
const char *group_leave_own(const char *name, pid_t guard)
{
	if (undo_note(group_file(NULL, "cgroup.procs"), "0") || !group_enter(name, 0) ||
	    !group_enter(name, guard))
		return "we can't leave our own cgroup";
	return NULL;
}

static bool has_cpu(const char *path)
{
	char line[256] = "", *rest, *word;
	FILE *file = fopen(path, "r");

	if (file && !fgets(line, sizeof(line), file))
		line[0] = '\0';
	if (file)
		fclose(file);
	for (word = strtok_r(line, " \n", &rest); word; word = strtok_r(NULL, " \n", &rest))
		if (!strcmp(word, "cpu"))
			return true;
	return false;
}

/* Enables the controller for the children of the cgroup dir. */
static bool give_cpu(const char *dir)
{
	char *path = mem_printf("%s/cgroup.subtree_control", dir);
	bool has = has_cpu(path) || (!undo_note(path, "-cpu") && write_text(path, "+cpu"));

	free(path);
	return has;
}

const char *group_take_cpu(void)
{
	char parent[2048];

	strcpy(parent, own);
	if (strcmp(own, ROOT)) {
		*strrchr(parent, '/') = '\0';
		if (!give_cpu(parent))
			return "the cpu controller can't be enabled for the children of our parent cgroup";
	}
	return give_cpu(own) ? NULL : "the cpu controller can't be enabled for the children of our cgroup";
}
