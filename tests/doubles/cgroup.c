/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A directory instead of a cgroup: $DOUBLE_CGROUP. What is not one has the path of the folder of that number
 * below the root.
 */
#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "util/cgroup.h"
#include "double.h"
#include "util/affinity.h"
#include "util/fs.h"
#include "util/mem.h"

char *__real_cgroup_path_of(uint64_t id);

int __wrap_cgroup_make(const char *name, struct cgroup *cg)
{
	(void)name;
	double_step("cgroup_make");
	*cg = (struct cgroup){ .path = strdup(getenv("DOUBLE_CGROUP")), .id = 1 };
	return 0;
}

int __wrap_cgroup_open(const struct cgroup *cg)
{
	(void)cg;
	return open("/dev/null", O_WRONLY | O_CLOEXEC);
}

/* With $DOUBLE_CPUSET we come out of a cpuset: the kernel then allows all CPUs. */
int __wrap_cgroup_join(int fd)
{
	struct affinity all;

	memset(&all, 0xff, sizeof(all));
	(void)fd;
	return getenv("DOUBLE_CPUSET") ? affinity_set(&all) : 0;
}

int __wrap_cgroup_cpu_ns(const struct cgroup *cg, uint64_t *ns)
{
	static uint64_t total;

	(void)cg;
	*ns = total += 500000;
	return 0;
}

int __wrap_cgroup_kill(const struct cgroup *cg)
{
	(void)cg;
	double_step("cgroup_kill");
	return 0;
}

void __wrap_cgroup_remove(struct cgroup *cg)
{
	double_step("cgroup_remove");
	free(cg->path);
}

char *__wrap_cgroup_path_of(uint64_t id)
{
	char *path = __real_cgroup_path_of(id);
	DIR *dir = path ? NULL : opendir(fs_sys("/sys/fs/cgroup"));
	struct dirent *entry;

	while (dir && !path && (entry = readdir(dir)))
		if (entry->d_ino == id && entry->d_name[0] != '.')
			path = mem_printf("/%s", entry->d_name);
	if (dir)
		closedir(dir);
	return path;
}
