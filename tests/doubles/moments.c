/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Moments at which a process can be killed and that leave something different behind: every call that changes
 * a file, by us or a library of ours (SQLite), and every step of the doubles. $DOUBLE_KILL=N kills us at the
 * N-th, a write with half of its bytes written. $DOUBLE_MOMENTS names a file that gets their number at the
 * end.
 *
 * The dynamic linker prefers our functions to the C library's, which it still uses inside itself.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "double.h"

static pid_t self;
static long count, last;

static void __attribute__((constructor)) begin(void)
{
	const char *at = getenv("DOUBLE_KILL");

	self = getpid();
	last = at ? atol(at) : 0;
}

static void __attribute__((destructor)) end(void)
{
	const char *path = getenv("DOUBLE_MOMENTS");
	FILE *f = path && getpid() == self ? fopen(path, "w") : NULL;

	if (f) {
		fprintf(f, "%ld\n", count);
		fclose(f);
	}
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

ssize_t write(int fd, const void *data, size_t len)
{
	if (is_last()) {
		syscall(SYS_write, fd, data, len / 2);
		die();
	}
	return syscall(SYS_write, fd, data, len);
}

ssize_t pwrite64(int fd, const void *data, size_t len, off64_t at)
{
	if (is_last()) {
		syscall(SYS_pwrite64, fd, data, len / 2, at);
		die();
	}
	return syscall(SYS_pwrite64, fd, data, len, at);
}

int fsync(int fd)
{
	double_moment();
	return (int)syscall(SYS_fsync, fd);
}

int fdatasync(int fd)
{
	double_moment();
	return (int)syscall(SYS_fdatasync, fd);
}

int ftruncate64(int fd, off64_t len)
{
	double_moment();
	return (int)syscall(SYS_ftruncate, fd, len);
}

int rename(const char *from, const char *to)
{
	double_moment();
	return (int)syscall(SYS_rename, from, to);
}

int unlink(const char *path)
{
	double_moment();
	return (int)syscall(SYS_unlink, path);
}

int mkdir(const char *path, mode_t mode)
{
	double_moment();
	return (int)syscall(SYS_mkdir, path, mode);
}
