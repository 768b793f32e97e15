/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "util/cgroup_id.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "util/fs.h"
#include "util/mem.h"

#define FILEID_KERNFS 0xfe

/* A kernfs inode's number is the cgroup's id. */
uint64_t cgroup_id_of(const char *path)
{
	const char *root = fs_sys("/sys/fs/cgroup");
	struct stat st;

	if (!strncmp(path, root, strlen(root)))
		path += strlen(root);
	while (*path == '/')
		path++;
	if (strstr(path, "..") || stat(fs_sys("/sys/fs/cgroup/%s", path), &st) || !S_ISDIR(st.st_mode))
		return 0;
	return st.st_ino;
}

char *cgroup_path_of(uint64_t id)
{
	struct {
		struct file_handle head;
		uint64_t id;
	} handle = { { .handle_bytes = sizeof(id), .handle_type = FILEID_KERNFS }, id };
	const char *root = fs_sys("/sys/fs/cgroup");
	char link[64], path[PATH_MAX] = "";
	int mount = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC), fd;
	ssize_t len;

	if (mount < 0)
		return NULL;
	fd = open_by_handle_at(mount, &handle.head, O_PATH | O_CLOEXEC);
	close(mount);
	if (fd < 0)
		return NULL;
	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	len = readlink(link, path, sizeof(path) - 1);
	close(fd);
	if (len <= 0 || strncmp(path, root, strlen(root)) || strstr(path, " (deleted)"))
		return NULL;
	return mem_strdup(path[strlen(root)] ? path + strlen(root) : "/");
}
