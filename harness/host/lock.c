/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "host/lock.h"
#include "util/log.h"

static int held = -1;

static int refused(int fd, const char *path)
{
	struct flock who = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	int err = errno;

	if (err != EAGAIN && err != EACCES)
		return log_err(-err, "%s can't be locked: %s", path, strerror(err));
	fcntl(fd, F_GETLK, &who);
	return log_err(-EBUSY, "process %d measures on this machine: wait for it or end it", (int)who.l_pid);
}

int lock_take(const char *path)
{
	struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644), err;

	if (fd < 0)
		return log_err(-errno, "%s can't be opened: run as root", path);
	if (!fcntl(fd, F_SETLK, &whole)) {
		held = fd;
		return 0;
	}
	err = refused(fd, path);
	close(fd);
	return err;
}

void lock_give(void)
{
	if (held >= 0)
		close(held);
	held = -1;
}
