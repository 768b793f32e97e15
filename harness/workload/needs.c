/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "workload/needs.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "util/fs.h"

#define ROOT "/sys/fs/cgroup"

struct mount {
	char type[32];
	bool read_only, has_v1; /* has_v1: of any place */
};

static bool has_option(const char *list, const char *option)
{
	size_t len = strlen(option);

	for (; list; list = strchr(list, ',')) {
		list += *list == ',';
		if (!strncmp(list, option, len) && (!list[len] || list[len] == ','))
			return true;
	}
	return false;
}

/* "36 25 0:31 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate" */
static void take_mount(const char *line, struct mount *m)
{
	const char *rest = strstr(line, " - ");
	char point[256], here[256], type[32], super[256];

	if (!rest || sscanf(line, "%*s %*s %*s %*s %255s %255s", point, here) != 2 ||
	    sscanf(rest, " - %31s %*s %255s", type, super) != 2)
		return;
	m->has_v1 |= !strcmp(type, "cgroup");
	if (strcmp(point, ROOT) != 0)
		return;
	snprintf(m->type, sizeof(m->type), "%s", type);
	m->read_only = has_option(here, "ro") || has_option(super, "ro");
}

/* Of what is mounted last on the root of all cgroups. */
static int find_mount(struct mount *m)
{
	char *text, *save = NULL;
	int err = fs_read(fs_sys("/proc/self/mountinfo"), &text, NULL);

	*m = (struct mount){ 0 };
	if (err)
		return err;
	for (char *line = strtok_r(text, "\n", &save); line; line = strtok_r(NULL, "\n", &save))
		take_mount(line, m);
	free(text);
	return 0;
}

/* Another group's limit: a group may be given to a container with no room for groups below it. */
static bool is_full(void)
{
	static const char *const limit[] = { ROOT "/cgroup.max.descendants", ROOT "/cgroup.max.depth" };
	uint64_t most;

	for (int i = 0; i < 2; i++)
		if (!fs_read_u64(fs_sys("%s", limit[i]), &most) && most == 0)
			return true;
	return false;
}

static bool is_threaded(void)
{
	char *type = NULL;
	bool threaded = !fs_read_line(fs_sys(ROOT "/cgroup.type"), &type) && strcmp(type, "domain") != 0;

	free(type);
	return threaded;
}

/* It is cgroup2; may root make a group in it, and join that? Others are told to be root first. */
static void need_delegation(struct findings *f)
{
	const char *cure = "run it outside the container, or delegate the group (systemd: Delegate=yes)";

	if (!geteuid() && access(fs_sys(ROOT "/cgroup.procs"), W_OK) && errno == EACCES)
		findings_add(f, FINDING_NO_SAMPLE, cure, "cgroup %s is not delegated: it can't be written",
			     ROOT);
	else if (is_full())
		findings_add(f, FINDING_NO_SAMPLE, cure, "cgroup %s may have no group below it", ROOT);
	else if (is_threaded())
		findings_add(f, FINDING_NO_SAMPLE, cure,
			     "cgroup %s is threaded: no process can be put in a group below it", ROOT);
}

void workload_needs(struct findings *f)
{
	struct mount m;

	if (find_mount(&m))
		return;
	if (strcmp(m.type, "cgroup2") != 0)
		findings_add(f, FINDING_NO_SAMPLE,
			     m.has_v1 ? "boot with systemd.unified_cgroup_hierarchy=1 and cgroup_no_v1=all"
				      : "mount it: mount -t cgroup2 cgroup2 " ROOT,
			     "%s is not cgroup2%s", ROOT,
			     m.has_v1 ? ", but cgroup v1 or a hybrid of both" : "");
	else if (m.read_only)
		findings_add(f, FINDING_NO_SAMPLE,
			     "mount -o remount,rw " ROOT " (a container: run it privileged, or outside)",
			     "%s is a read-only file system", ROOT);
	else
		need_delegation(f);
}
