/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "util/fs.h"
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "util/mem.h"
#include "util/owner.h"

const char *fs_sys(const char *fmt, ...)
{
	static char buffers[8][PATH_MAX];
	static unsigned next;
	char *path = buffers[next++ % 8];
	const char *root = getenv("SCXBENCH_ROOT");
	int len = snprintf(path, PATH_MAX / 2, "%s", root ? root : "");
	va_list ap;

	if (len >= PATH_MAX / 2)
		len = PATH_MAX / 2 - 1;
	va_start(ap, fmt);
	vsnprintf(path + len, PATH_MAX - len, fmt, ap);
	va_end(ap);
	return path;
}

/* The sizes of files in /proc and /sys mean nothing, so it reads to the end. */
static int read_all(int fd, size_t most, char **text, size_t *len)
{
	size_t room = 4096, used = 0;
	char *buf = NULL;
	ssize_t n;

	do {
		if (!buf || used + 1 == room)
			buf = mem_resize(buf, room *= 2);
		n = read(fd, buf + used, room - used - 1);
		if (n > 0)
			used += n;
	} while ((n > 0 && used <= most) || (n < 0 && errno == EINTR));
	if (n < 0 || used > most) {
		n = n < 0 ? -errno : -EFBIG;
		free(buf);
		return n;
	}
	buf[used] = '\0';
	*text = buf;
	if (len)
		*len = used;
	return 0;
}

/*
 * What waits for a writer is not a file: whoever may write in the folder could stop us so. A pipe that a
 * shell made for us, /dev/fd/63, is one.
 */
static int open_to_read(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat st;

	if (fd < 0)
		return -1;
	if (strncmp(path, "/dev/", 5) && !fstat(fd, &st) && S_ISFIFO(st.st_mode)) {
		close(fd);
		errno = EINVAL;
		return -1;
	}
	fcntl(fd, F_SETFL, 0);
	return fd;
}

static int read_path(const char *path, size_t most, char **text, size_t *len)
{
	int fd = open_to_read(path);
	struct stat st;
	int err;

	*text = NULL;
	if (fd < 0)
		return -errno;
	/* A device may have no end. */
	err = most < SIZE_MAX && !fstat(fd, &st) && (S_ISCHR(st.st_mode) || st.st_size > (off_t)most)
		      ? -EFBIG
		      : read_all(fd, most, text, len);
	close(fd);
	return err;
}

int fs_read(const char *path, char **text, size_t *len)
{
	return read_path(path, SIZE_MAX, text, len);
}

int fs_read_most(const char *path, size_t most, char **text, size_t *len)
{
	return read_path(path, most, text, len);
}

static int check_trusted(int fd)
{
	struct stat st;

	if (fstat(fd, &st))
		return -errno;
	return S_ISREG(st.st_mode) && (!st.st_uid || st.st_uid == geteuid()) &&
			       !(st.st_mode & (S_IWGRP | S_IWOTH))
		       ? 0
		       : -EPERM;
}

int fs_read_trusted(const char *path, char **text)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	int err;

	*text = NULL;
	if (fd < 0)
		return -errno;
	err = check_trusted(fd);
	if (!err)
		err = read_all(fd, SIZE_MAX, text, NULL);
	close(fd);
	return err;
}

int fs_read_line(const char *path, char **line)
{
	size_t len = 0;
	int err = fs_read(path, line, &len);

	if (!err && len && (*line)[len - 1] == '\n')
		(*line)[len - 1] = '\0';
	return err;
}

bool fs_read_again(int fd, char *text, size_t room)
{
	ssize_t len = fd < 0 ? -1 : pread(fd, text, room, 0);

	if (len < 0 || (size_t)len == room)
		return false;
	if (len && text[len - 1] == '\n')
		len--;
	text[len] = '\0';
	return true;
}

int fs_read_u64(const char *path, uint64_t *value)
{
	char *line, *end;
	int err = fs_read_line(path, &line);

	if (err)
		return err;
	errno = 0;
	*value = strtoull(line, &end, 10); /* not NULL, as errno was not 0: NOLINT(*.NonNullParamChecker) */
	/* strtoull accepts "-1" and blanks; the kernel writes neither. */
	if (!isdigit((unsigned char)line[0]) || *end)
		err = -EINVAL;
	else
		err = -errno;
	free(line);
	return err;
}

int fs_write(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC);
	ssize_t len = strlen(text), n;
	int err = 0;

	if (fd < 0)
		return -errno;
	/* One write: a control file takes each write as a whole value. */
	n = write(fd, text, len);
	if (n != len)
		err = n < 0 ? -errno : -EIO;
	close(fd);
	return err;
}

static int make_parts(const char *path)
{
	char *part = mem_strdup(path);
	struct stat st;
	int err = 0, above = -ENOENT;

	for (char *p = part; *p; p++) {
		if (p == part || *p != '/')
			continue;
		*p = '\0';
		if (mkdir(part, 0777) && errno != EEXIST && above == -ENOENT)
			above = -errno;
		*p = '/';
	}
	free(part);
	if (mkdir(path, 0777))
		err = errno == ENOENT ? above : -errno;
	if (err == -EEXIST && !stat(path, &st))
		err = S_ISDIR(st.st_mode) ? 0 : -ENOTDIR;
	return err;
}

int fs_mkdirs(const char *path)
{
	struct owner o = owner_enter(path);
	int err = make_parts(path);

	owner_leave(&o);
	return err;
}

bool fs_exists(const char *path)
{
	return !access(path, F_OK);
}
