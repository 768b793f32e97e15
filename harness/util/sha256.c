/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Through sha256sum, which is on every Debian: a few hashes a run are not worth a crypto library. */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "util/fs.h"

extern char **environ;

/* Reads in, writes out; both stay the caller's to close. */
static int spawn_sum(int in, int out, pid_t *pid)
{
	char *argv[] = { "sha256sum", NULL };
	posix_spawn_file_actions_t fa;
	int err;

	posix_spawn_file_actions_init(&fa);
	posix_spawn_file_actions_adddup2(&fa, in, STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&fa, out, STDOUT_FILENO);
	err = -posix_spawnp(pid, argv[0], &fa, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&fa);
	return err;
}

static int read_hex(int fd, char hex[65])
{
	size_t used = 0;
	ssize_t n;

	while (used < 64) {
		n = read(fd, hex + used, 64 - used);
		if (n <= 0 && !(n < 0 && errno == EINTR))
			return -EIO;
		used += n > 0 ? n : 0;
	}
	hex[64] = '\0';
	return strspn(hex, "0123456789abcdef") == 64 ? 0 : -EIO;
}

static int sum(int in, char hex[65])
{
	int fds[2], status, err;
	pid_t pid;

	if (pipe2(fds, O_CLOEXEC))
		return -errno;
	err = spawn_sum(in, fds[1], &pid);
	close(fds[1]);
	if (!err) {
		err = read_hex(fds[0], hex);
		while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
			;
	}
	close(fds[0]);
	return err;
}

int fs_sha256(const char *path, char hex[65])
{
	int in = open(path, O_RDONLY | O_CLOEXEC);
	int err;

	if (in < 0)
		return -errno;
	err = sum(in, hex);
	close(in);
	return err;
}

int fs_sha256_text(const char *text, char hex[65])
{
	FILE *f = tmpfile();
	int err;

	if (!f)
		return -errno;
	err = fputs(text, f) < 0 || fflush(f) || fseek(f, 0, SEEK_SET) ? -errno : sum(fileno(f), hex);
	fclose(f);
	return err;
}
