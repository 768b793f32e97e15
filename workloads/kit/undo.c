/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "undo.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include "../kit.h"
#include "util/clock.h"
#include "util/mem.h"

#define MAX_JOURNAL 65536
#define REMOVE_S 5

static pid_t guard;

/* Without a harness all workloads share one scratch directory. */
static const char *journal(void)
{
	static char path[4096];

	snprintf(path, sizeof(path), "%s/undo", getenv("SCXB_SCRATCH") ?: "/tmp");
	return path;
}

bool write_text(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	ssize_t len = strlen(text), n = fd < 0 ? -1 : write(fd, text, len);

	if (fd >= 0)
		close(fd);
	return n == len;
}

int undo_note(const char *path, const char *value)
{
	int fd = open(journal(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600), n = -1;

	if (fd >= 0) {
		n = dprintf(fd, "%s %s\n", path, value);
		close(fd);
	}
	return n < 0 ? -1 : 0;
}

/* Killed processes need some time to leave the group. */
static bool remove_group(const char *path)
{
	char *kill_file = mem_printf("%s/cgroup.kill", path);
	double end = clock_s() + REMOVE_S;
	bool gone;

	while (!(gone = !rmdir(path) || errno == ENOENT) && clock_s() < end) {
		write_text(kill_file, "1");
		clock_sleep(0.01);
	}
	free(kill_file);
	return gone;
}

/* A write fails for a CPU that is online already: so what counts is what the file has. */
static bool is_so(const char *path, const char *value)
{
	char text[256] = "";
	FILE *file = fopen(path, "r");

	if (!file)
		return errno == ENOENT;
	if (!fgets(text, sizeof(text), file))
		text[0] = '\0';
	fclose(file);
	text[strcspn(text, "\n")] = '\0';
	return !strcmp(text, value);
}

static bool undo_line(char *line)
{
	char *value = strchr(line, ' ');

	if (!value)
		return true;
	*value++ = '\0';
	if (!strcmp(value, UNDO_REMOVE))
		return remove_group(line);
	return write_text(line, value) || is_so(line, value);
}

int undo_all(void)
{
	char text[MAX_JOURNAL], *line;
	FILE *file = fopen(journal(), "r");
	int failed = 0;

	if (!file)
		return 0;
	text[fread(text, 1, sizeof(text) - 1, file)] = '\0';
	fclose(file);
	for (size_t len = strlen(text); len; len = strlen(text)) {
		text[len - 1] = '\0';
		line = strrchr(text, '\n');
		line = line ? line + 1 : text;
		if (!undo_line(line))
			failed = kit_fail("%s can't be restored: %s", line, strerror(errno));
		*line = '\0';
	}
	unlink(journal());
	return failed;
}

bool go_realtime(int priority)
{
	return !sched_setscheduler(0, SCHED_FIFO | SCHED_RESET_ON_FORK,
				   &(struct sched_param){ .sched_priority = priority });
}

/* Sleeps until the workload is gone, which alone has the other end of the pipe. */
static void guard_main(int fd)
{
	sigset_t all;
	char c;

	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, NULL);
	setsid();
	go_realtime(1);
	while (read(fd, &c, 1) < 0 && errno == EINTR)
		;
	_exit(undo_all());
}

pid_t guard_begin(void)
{
	int fds[2];

	if (undo_all() || pipe2(fds, O_CLOEXEC))
		return -1;
	guard = fork();
	if (guard == 0) {
		close(fds[1]);
		guard_main(fds[0]);
	}
	close(fds[0]);
	return guard;
}

/* Undoes in this process: the guard would kill it with the group that it is in. */
int guard_end(void)
{
	int err = undo_all();

	kill(guard, SIGKILL);
	waitpid(guard, NULL, 0);
	return err;
}
