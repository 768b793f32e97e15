/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "policy/command_group.h"
#include <errno.h>
#include <glob.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "policy/children.h"
#include "policy/policy.h"
#include "util/cgroup.h"
#include "util/fs.h"
#include "util/log.h"
#include "util/mem.h"
#include "util/scan.h"

#define PREFIX "scxbench-command."

char *command_group_path(void)
{
	return mem_printf("%s/" PREFIX "%d", fs_sys("/sys/fs/cgroup"), (int)getpid());
}

void command_group_enter(const char *path)
{
	const struct cgroup cg = { .path = (char *)path };
	int fd;

	if (mkdir(path, 0755) && errno != EEXIST)
		return;
	fd = cgroup_open(&cg);
	if (fd < 0)
		return;
	cgroup_join(fd);
	close(fd);
}

void command_group_kill(const char *path)
{
	char *kill_path = mem_printf("%s/cgroup.kill", path);

	fs_write(kill_path, "1");
	free(kill_path);
}

void command_group_end(const char *path)
{
	struct cgroup cg = { .path = mem_strdup(path) };

	if (!fs_exists(path)) {
		free(cg.path);
		return;
	}
	cgroup_kill(&cg);
	cgroup_remove(&cg);
}

/* The number in its name is that of the process that measured. */
static void sweep_group(const char *path)
{
	pid_t pid;

	if (!scan_id(strrchr(path, '.') + 1, &pid) || !kill(pid, 0) || errno != ESRCH)
		return;
	log_warn("what a command of an earlier scxbench left behind is ended (%s)", path);
	children_end_marked(path);
	command_group_end(path);
}

void policy_sweep(void)
{
	char *pattern = mem_printf("%s/" PREFIX "*", fs_sys("/sys/fs/cgroup"));
	glob_t g = { 0 };

	if (!glob(pattern, 0, NULL, &g))
		for (size_t i = 0; i < g.gl_pathc; i++)
			sweep_group(g.gl_pathv[i]);
	globfree(&g);
	free(pattern);
}
