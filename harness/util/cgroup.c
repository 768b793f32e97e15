/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "util/cgroup.h"
#include <errno.h>
#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include "util/cause.h"
#include "util/clock.h"
#include "util/fs.h"
#include "util/log.h"
#include "util/mem.h"

#define EMPTY_S 10 /* until we give up on processes that do not die */

int cgroup_open(const struct cgroup *cg)
{
	char *path = mem_printf("%s/cgroup.procs", cg->path);
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	free(path);
	return fd < 0 ? -errno : fd;
}

int cgroup_join(int fd)
{
	return write(fd, "0", 1) == 1 ? 0 : -errno;
}

/* In a process of its own: can one that runs in the class under test be moved there? 0 or an errno. */
static int join_trial(const struct cgroup *cg)
{
	const struct sched_param other = { 0 };
	int fd = cgroup_open(cg), status = 0;
	pid_t pid;

	if (fd < 0)
		return -fd;
	pid = fork();
	if (pid == 0) {
		sched_setscheduler(0, SCHED_OTHER, &other);
		_exit(-cgroup_join(fd));
	}
	close(fd);
	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		return errno;
	return WEXITSTATUS(status);
}

/* Every sample would fail alike. A directory elsewhere than in cgroup2 has no files, and is removed again. */
static int try_group(struct cgroup *cg, bool stale)
{
	int err = stale ? cgroup_kill(cg) : 0, refused;

	if (err)
		return err;
	refused = join_trial(cg);
	if (!refused)
		return 0;
	log_err(-CAUSE_CANT, "no process can be moved to cgroup %s (%s): see 'scxbench doctor'", cg->path,
		strerror(refused));
	cgroup_remove(cg);
	return -CAUSE_CANT;
}

int cgroup_make(const char *name, struct cgroup *cg)
{
	struct stat st;
	int failed;

	cg->path = mem_printf("%s/%s", fs_sys("/sys/fs/cgroup"), name);
	failed = mkdir(cg->path, 0755) ? errno : 0;
	if ((failed && failed != EEXIST) || stat(cg->path, &st))
		return log_err(-CAUSE_CANT, "cgroup %s can't be made: %s: see 'scxbench doctor'", cg->path,
			       strerror(failed ? failed : errno));
	cg->id = st.st_ino;
	return try_group(cg, failed == EEXIST);
}

/* The number behind key in a file of "key number" lines. */
static int find_number(const char *text, const char *key, uint64_t *value)
{
	size_t len = strlen(key);

	for (const char *line = text; line; line = strchr(line, '\n')) {
		line += *line == '\n';
		if (!strncmp(line, key, len) && sscanf(line + len, " %lu", value) == 1)
			return 0;
	}
	return -ENOENT;
}

static int read_number(const struct cgroup *cg, const char *file, const char *key, uint64_t *value)
{
	char *path = mem_printf("%s/%s", cg->path, file), *text;
	int err = fs_read(path, &text, NULL);

	if (!err)
		err = find_number(text, key, value);
	free(text);
	if (err)
		log_err(err, "%s has no %s: %s", path, key, strerror(-err));
	free(path);
	return err;
}

int cgroup_cpu_ns(const struct cgroup *cg, uint64_t *ns)
{
	int err = read_number(cg, "cpu.stat", "usage_usec", ns);

	if (!err)
		*ns *= 1000;
	return err;
}

/*
 * A change of cgroup.events is a priority event (POLLPRI) for a descriptor that has read it before: until
 * then poll() returns at once, each time.
 */
static int read_populated(int fd, uint64_t *populated)
{
	char text[256];
	ssize_t n = pread(fd, text, sizeof(text) - 1, 0);

	if (n < 0)
		return -errno;
	text[n] = '\0';
	return find_number(text, "populated", populated);
}

static int wait_empty(const struct cgroup *cg)
{
	char *path = mem_printf("%s/cgroup.events", cg->path);
	struct pollfd events = { .fd = open(path, O_RDONLY | O_CLOEXEC), .events = POLLPRI };
	double end = clock_s() + EMPTY_S;
	uint64_t populated = 1;
	int err;

	while (!(err = read_populated(events.fd, &populated)) && populated && clock_s() < end)
		poll(&events, 1, 100);
	if (err)
		log_err(err, "%s can't be read: %s", path, strerror(-err));
	else if (populated)
		err = log_err(-CAUSE_BUSY, "processes in %s do not die", cg->path);
	free(path);
	close(events.fd);
	return err;
}

int cgroup_kill(const struct cgroup *cg)
{
	char *path = mem_printf("%s/cgroup.kill", cg->path);
	int err = fs_write(path, "1");

	if (err)
		log_err(err, "%s can't be written: %s", path, strerror(-err));
	free(path);
	return err ? err : wait_empty(cg);
}

/* What ran in it may have made groups below it. */
static void remove_tree(const char *path)
{
	DIR *dir = opendir(path);
	struct dirent *entry;

	while (dir && (entry = readdir(dir))) {
		char *child;

		if (entry->d_type != DT_DIR || entry->d_name[0] == '.')
			continue;
		child = mem_printf("%s/%s", path, entry->d_name);
		remove_tree(child);
		free(child);
	}
	if (dir)
		closedir(dir);
	rmdir(path);
}

void cgroup_remove(struct cgroup *cg)
{
	if (!cg->path)
		return;
	remove_tree(cg->path);
	if (fs_exists(cg->path))
		log_warn("cgroup %s can't be removed: %s", cg->path, strerror(errno));
	free(cg->path);
	*cg = (struct cgroup){ 0 };
}
