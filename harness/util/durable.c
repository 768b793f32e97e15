/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "util/fs.h"
#include "util/mem.h"
#include "util/owner.h"

static int write_synced(int fd, const char *data, size_t len)
{
	while (len) {
		ssize_t n = write(fd, data, len);

		if (n < 0 && errno != EINTR)
			return -errno;
		if (n > 0) {
			data += n;
			len -= n;
		}
	}
	return fsync(fd) ? -errno : 0;
}

/* A new file. One of that name is of a process that was killed, or a trap. */
static int write_new(const char *path, const void *data, size_t len)
{
	int fd, err;

	unlink(path);
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (fd < 0)
		return -errno;
	err = write_synced(fd, data, len);
	if (close(fd) && !err)
		err = -errno;
	return err;
}

/* The rename is durable only when the directory is. */
static int sync_dir_of(const char *path)
{
	char *copy = mem_strdup(path);
	int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int err = 0;

	free(copy);
	if (fd < 0)
		return -errno;
	/* Some file systems cannot sync a directory: they return EINVAL. */
	if (fsync(fd) && errno != EINVAL)
		err = -errno;
	close(fd);
	return err;
}

static int write_and_rename(const char *path, const void *data, size_t len)
{
	char *tmp = mem_printf("%s.tmp.%d", path, getpid());
	int err = write_new(tmp, data, len);

	if (!err && rename(tmp, path))
		err = -errno;
	if (err)
		unlink(tmp);
	free(tmp);
	return err ? err : sync_dir_of(path);
}

int fs_write_durable(const char *path, const void *data, size_t len)
{
	struct owner o = owner_enter(path);
	int err = write_and_rename(path, data, len);

	owner_leave(&o);
	return err;
}
