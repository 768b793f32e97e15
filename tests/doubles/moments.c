/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Moments at which a process can be killed and that leave something different behind: every call that changes
 * a file, by us or a library of ours (SQLite), and every step of the doubles. $DOUBLE_KILL=N kills us at the
 * N-th, a write with half of its bytes written. $DOUBLE_MOMENTS names a file that gets their number at the
 * end.
 *
 * $DOUBLE_DISK="N:ERROR" makes the disk fail: the N-th call that needs a block of it returns that errno, and
 * so do all that follow unless it is EIO. $DOUBLE_DISK_CALLS names a file that gets the number of such calls.
 *
 * The dynamic linker prefers our functions to the C library's, which it still uses inside itself.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "double.h"

static pid_t self;
static long count, last;
static long disk_calls, disk_fails_at;
static int disk_error;

static void __attribute__((constructor)) begin(void)
{
	const char *at = getenv("DOUBLE_KILL"), *disk = getenv("DOUBLE_DISK");

	self = getpid();
	last = at ? atol(at) : 0;
	if (disk && sscanf(disk, "%ld:%d", &disk_fails_at, &disk_error) != 2)
		abort();
}

static void leave_number(const char *path, long number)
{
	FILE *f = path && getpid() == self ? fopen(path, "w") : NULL;

	if (f) {
		fprintf(f, "%ld\n", number);
		fclose(f);
	}
}

static void __attribute__((destructor)) end(void)
{
	leave_number(getenv("DOUBLE_MOMENTS"), count);
	leave_number(getenv("DOUBLE_DISK_CALLS"), disk_calls);
}

/* A child that is not yet another program has no moments. */
static bool is_last(void)
{
	return getpid() == self && ++count == last;
}

static void die(void)
{
	syscall(SYS_kill, getpid(), SIGKILL);
}

void double_moment(void)
{
	if (is_last())
		die();
}

/* With errno. */
static bool disk_fails(void)
{
	if (getpid() != self)
		return false;
	disk_calls++;
	if (!disk_fails_at || disk_calls < disk_fails_at || (disk_calls > disk_fails_at && disk_error == EIO))
		return false;
	errno = disk_error;
	return true;
}

/* The kernel's files, which the tests have below $SCXBENCH_ROOT, are not on a disk. */
static bool is_on_disk(const char *path)
{
	const char *root = getenv("SCXBENCH_ROOT");
	size_t len = root ? strlen(root) : 0;

	return strncmp(path, "/dev/", 5) && strncmp(path, "/proc/", 6) &&
	       !(len && !strncmp(path, root, len) &&
		 (!strncmp(path + len, "/sys/", 5) || !strncmp(path + len, "/proc/", 6)));
}

static bool disk_fails_for(int fd)
{
	char link[32], path[4096];
	struct stat st;
	ssize_t len;

	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	len = readlink(link, path, sizeof(path) - 1);
	if (len < 0 || fstat(fd, &st) || !S_ISREG(st.st_mode))
		return false;
	path[len] = '\0';
	return is_on_disk(path) && disk_fails();
}

ssize_t write(int fd, const void *data, size_t len)
{
	if (is_last()) {
		syscall(SYS_write, fd, data, len / 2);
		die();
	}
	return disk_fails_for(fd) ? -1 : syscall(SYS_write, fd, data, len);
}

ssize_t pwrite64(int fd, const void *data, size_t len, off64_t at)
{
	if (is_last()) {
		syscall(SYS_pwrite64, fd, data, len / 2, at);
		die();
	}
	return disk_fails_for(fd) ? -1 : syscall(SYS_pwrite64, fd, data, len, at);
}

int fsync(int fd)
{
	double_moment();
	return disk_fails_for(fd) ? -1 : (int)syscall(SYS_fsync, fd);
}

int fdatasync(int fd)
{
	double_moment();
	return disk_fails_for(fd) ? -1 : (int)syscall(SYS_fdatasync, fd);
}

int ftruncate64(int fd, off64_t len)
{
	double_moment();
	return disk_fails_for(fd) ? -1 : (int)syscall(SYS_ftruncate, fd, len);
}

int rename(const char *from, const char *to)
{
	double_moment();
	return disk_fails() ? -1 : (int)syscall(SYS_rename, from, to);
}

int renameat2(int from_dir, const char *from, int to_dir, const char *to, unsigned flags)
{
	double_moment();
	return disk_fails() ? -1 : (int)syscall(SYS_renameat2, from_dir, from, to_dir, to, flags);
}

int symlink(const char *to, const char *path)
{
	double_moment();
	return disk_fails() ? -1 : (int)syscall(SYS_symlink, to, path);
}

/* What is removed needs no block. */
int unlink(const char *path)
{
	double_moment();
	return (int)syscall(SYS_unlink, path);
}

int mkdir(const char *path, mode_t mode)
{
	double_moment();
	return disk_fails() ? -1 : (int)syscall(SYS_mkdir, path, mode);
}

/* A file that is made. */
int open64(const char *path, int flags, ...)
{
	mode_t mode = 0;
	va_list ap;

	if (flags & O_CREAT) {
		va_start(ap, flags);
		mode = va_arg(ap, mode_t);
		va_end(ap);
		double_moment();
		if (access(path, F_OK) && is_on_disk(path) && disk_fails())
			return -1;
	}
	return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

int open(const char *path, int flags, ...) __attribute__((alias("open64")));
