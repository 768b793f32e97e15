/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sample/scratch.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include "util/cause.h"
#include "util/fs.h"
#include "util/log.h"
#include "util/owner.h"
#include "util/scan.h"

#define PREFIX "scxbench."
#define CYCLICTEST "cyclictest"
#define TRIES 8

static int lock_dir(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB)) {
		close(fd);
		fd = -1;
	}
	return fd;
}

/* A sweep may remove the directory between its making and our lock on it. */
static bool try_scratch(struct scratch *s, const struct account *user)
{
	strcpy(s->path, SCRATCH_DIR "/" PREFIX "XXXXXX");
	if (!mkdtemp(s->path))
		return false;
	s->lock = lock_dir(s->path);
	if (s->lock >= 0 && fs_exists(s->path) && (!user || !fchown(s->lock, user->uid, user->gid)))
		return true;
	if (s->lock >= 0)
		close(s->lock);
	return false;
}

int scratch_make(struct scratch *s, const struct account *user)
{
	scratch_sweep();
	for (int i = 0; i < TRIES; i++)
		if (try_scratch(s, user))
			return 0;
	s->path[0] = '\0';
	return log_err(-CAUSE_CANT, SCRATCH_DIR " can't be written: mount a tmpfs there");
}

void scratch_remove(struct scratch *s)
{
	if (!s->path[0])
		return;
	fs_remove_tree(s->path);
	close(s->lock);
	s->path[0] = '\0';
	scratch_sweep();
}

static bool may_sweep(const struct stat *st)
{
	return !geteuid() || st->st_uid == geteuid();
}

static void sweep_dir(const char *path)
{
	int lock = lock_dir(path);

	if (lock < 0)
		return;
	fs_remove_tree(path);
	close(lock);
}

/* The number in its name is that of the process. */
static void sweep_shared(const char *path, const char *number)
{
	pid_t pid;

	if (scan_id(number, &pid) && kill(pid, 0) && errno == ESRCH)
		owner_unlink(path);
}

static void sweep_entry(const char *name)
{
	char path[sizeof(SCRATCH_DIR) + 1 + NAME_MAX];
	struct stat st;

	snprintf(path, sizeof(path), SCRATCH_DIR "/%s", name);
	if (lstat(path, &st) || !may_sweep(&st))
		return;
	if (S_ISDIR(st.st_mode) && !strncmp(name, PREFIX, strlen(PREFIX)))
		sweep_dir(path);
	if (S_ISREG(st.st_mode) && !strncmp(name, CYCLICTEST, strlen(CYCLICTEST)))
		sweep_shared(path, name + strlen(CYCLICTEST));
}

void scratch_sweep(void)
{
	DIR *dir = opendir(SCRATCH_DIR);

	if (!dir)
		return;
	for (struct dirent *e; (e = readdir(dir));)
		sweep_entry(e->d_name);
	closedir(dir);
}
