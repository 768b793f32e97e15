/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "host/lock.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "host/state_dir.h"
#include "util/cause.h"
#include "util/fs.h"
#include "util/log.h"

static int held = -1;

static int lock_refused(int fd, const char *path)
{
	struct flock who = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	int err = errno;

	if (err != EAGAIN && err != EACCES)
		return log_err(-err, "%s can't be locked: %s", path, strerror(err));
	fcntl(fd, F_GETLK, &who);
	return log_err(-CAUSE_BUSY, "process %d measures on this machine: wait for it or end it",
		       (int)who.l_pid);
}

/* Who can open it can lock it, also a reader against us. So it gets its mode whoever made it. */
static int open_lock(const char *path)
{
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600), err;

	if (fd < 0 || !fchmod(fd, 0600))
		return fd;
	err = errno;
	close(fd);
	errno = err;
	return -1;
}

int lock_take(const char *path)
{
	struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	int fd = open_lock(path), err;

	if (fd < 0)
		return state_dir_refused(-errno, path, "opened");
	if (!fcntl(fd, F_SETLK, &whole)) {
		held = fd;
		return lock_publish("");
	}
	err = lock_refused(fd, path);
	close(fd);
	return err;
}

int lock_publish(const char *text)
{
	ssize_t len = (ssize_t)strlen(text);

	if (ftruncate(held, 0) || pwrite(held, text, len, 0) != len)
		return log_err(-errno, "other processes can't be given the folder of this run: %m");
	return 0;
}

char *lock_published(const char *path)
{
	struct flock who = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	char *text = NULL;
	int fd;

	/* Closing any descriptor of the file would release our own lock. */
	if (held >= 0)
		return NULL;
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return NULL;
	if (!fcntl(fd, F_GETLK, &who) && who.l_type != F_UNLCK && fs_read(path, &text, NULL))
		text = NULL;
	close(fd);
	if (text && !*text) {
		free(text);
		text = NULL;
	}
	return text;
}

void lock_give(void)
{
	if (held >= 0)
		close(held);
	held = -1;
}
