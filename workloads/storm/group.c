/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Groups s0 to s3 below our own cgroup, which all our processes enter: one with a controller for its
 * children holds no processes itself. With the cpu controller, which we take for the time: without it groups
 * have no weight, and no scheduler hears of a move between them.
 */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "storm.h"

#define ROOT "/sys/fs/cgroup"

static char own[2048]; /* our cgroup's directory, without a slash at the end */

static const char *file_of(int group, const char *name)
{
	static __thread char path[4096];

	if (group < 0)
		snprintf(path, sizeof(path), "%s/%s", own, name);
	else
		snprintf(path, sizeof(path), "%s/s%d%s%s", own, group, *name ? "/" : "", name);
	return path;
}

/* The line "0::/PATH" of /proc/self/cgroup. */
static bool find_own(void)
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
	return found;
}

static bool enter(int group, pid_t pid)
{
	char text[16];

	snprintf(text, sizeof(text), "%d", pid);
	return write_text(file_of(group, "cgroup.procs"), text);
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

/* The controller for the children of the cgroup dir. */
static bool give_cpu(const char *dir)
{
	char path[4096];

	snprintf(path, sizeof(path), "%s/cgroup.subtree_control", dir);
	return has_cpu(path) || (!undo_note(path, "-cpu") && write_text(path, "+cpu"));
}

/* From our parent, and for our children. */
static const char *take_controller(void)
{
	char parent[2048];

	strcpy(parent, own);
	if (strcmp(own, ROOT)) {
		*strrchr(parent, '/') = '\0';
		if (!give_cpu(parent))
			return "our parent's cgroup can't have the cpu controller for its children";
	}
	return give_cpu(own) ? NULL : "our cgroup can't have the cpu controller for its children";
}

const char *groups_begin(struct storm *s, pid_t guard)
{
	int place = 0;

	if (!find_own())
		return "no cgroup2";
	for (int i = 0; i < STORM_GROUPS; i++)
		if (undo_note(file_of(i, ""), UNDO_REMOVE) || mkdir(file_of(i, ""), 0755))
			return "groups can't be made below our own";
	/* Whoever undoes comes back from there, or is elsewhere and only visits. */
	if (undo_note(file_of(-1, "cgroup.procs"), "0") || !enter(0, 0) || !enter(0, guard))
		return "our own group can't be left";
	for (struct target *t = s->target; t < s->target + s->nr_targets; t++) {
		t->group = t->tid == t->pid ? place++ % STORM_GROUPS : t[-1].group;
		if (t->tid == t->pid && !enter(t->group, t->pid))
			return "a task can't be moved into a group";
	}
	return take_controller();
}

bool change_group(struct target *t, uint64_t how)
{
	int next = (t->group + 1 + how % (STORM_GROUPS - 1)) % STORM_GROUPS;

	if (!enter(next, t->pid))
		return false;
	t->group = next;
	return true;
}

/* A process moves with all its threads; which of them knows the group is its first. */
static struct target *leader(struct storm *s, struct target *t)
{
	while (t > s->target && t->tid != t->pid)
		t--;
	return t;
}

enum outcome cgroup_change(struct storm *s, struct draw draw)
{
	enum outcome outcome;
	struct target *t = watch_pick(s, draw.who, &outcome);

	return change_group(leader(s, t), draw.how) ? outcome : REFUSED;
}

enum outcome cgweight_change(struct storm *s, struct draw draw)
{
	enum outcome outcome;
	struct target *t = watch_pick(s, draw.who, &outcome);
	char weight[16];

	snprintf(weight, sizeof(weight), "%d", (int)(1 + draw.how % 10000));
	return write_text(file_of(leader(s, t)->group, "cpu.weight"), weight) ? outcome : REFUSED;
}
