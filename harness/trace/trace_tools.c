/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "trace/trace_tools.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include "util/cause.h"
#include "util/clock.h"
#include "util/fs.h"
#include "util/log.h"
#include "util/mem.h"
#include "util/owner.h"

#define INSTANCE "/sys/kernel/tracing/instances/scxbench"

#define READY_S 60  /* enough for a busy, emulated machine */
#define LOOK_S 0.01 /* between two checks for its file; what happens meanwhile is lost */

/* In the child, which keeps our class. */
static void exec_perf(const char *dir)
{
	int null = open("/dev/null", O_RDWR), log;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	setsid();
	signal(SIGINT, SIG_DFL);
	if (chdir(dir))
		_exit(127);
	log = owner_create("perf.log", O_WRONLY | O_TRUNC, 0644);
	dup2(null, 0);
	dup2(log, 1);
	dup2(log, 2);
	execlp("perf", "perf", "sched", "record", "-o", "perf.data", (char *)NULL);
	_exit(127);
}

static bool has_ended(pid_t pid)
{
	siginfo_t info = { 0 };

	return waitid(P_PID, pid, &info, WEXITED | WNOHANG | WNOWAIT) || info.si_pid;
}

/*
 * perf makes its file when its events are open. A command over --control would be more exact, but makes perf
 * 6.12 end: "Thread and evlist pollfd index mismatch".
 */
static void wait_until_ready(const char *path, pid_t pid)
{
	for (double end = clock_s() + READY_S; clock_s() < end && !fs_exists(path) && !has_ended(pid);)
		clock_sleep(LOOK_S);
}

int perf_sched_begin(const char *dir, pid_t *pid)
{
	char *path = mem_printf("%s/perf.data", dir);

	owner_unlink(path);
	*pid = fork();
	if (!*pid)
		exec_perf(dir);
	if (*pid > 0)
		wait_until_ready(path, *pid);
	free(path);
	return *pid < 0 ? log_err(-errno, "perf can't be started: %m") : 0;
}

int perf_sched_end(const char *dir, pid_t pid)
{
	bool early = has_ended(pid);
	int status = 0;

	kill(pid, SIGINT);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (early && WIFEXITED(status) && WEXITSTATUS(status) == 127)
		return log_err(-CAUSE_CANT, "perf is not installed: install linux-perf, or leave out --perf");
	return early ? log_err(-EIO, "perf sched record ended too early: see %s/perf.log", dir) : 0;
}

static int trace_tools_enable(const char *events)
{
	const char *path = fs_sys(INSTANCE "/events/%s/enable", events);
	int err = fs_write(path, "1\n");

	return err ? log_err(-CAUSE_CANT, "%s can't be switched on: %s", path, strerror(-err)) : 0;
}

int ftrace_begin(void)
{
	int err;

	if (mkdir(fs_sys(INSTANCE), 0700) && errno != EEXIST)
		return log_err(-CAUSE_CANT,
			       "%s can't be made: %m (mount -t tracefs none /sys/kernel/tracing)", INSTANCE);
	err = trace_tools_enable("sched");
	if (!err)
		err = trace_tools_enable("sched_ext");
	if (err)
		rmdir(fs_sys(INSTANCE));
	return err;
}

int ftrace_end(const char *dir)
{
	char *path = mem_printf("%s/ftrace.txt", dir), *text = NULL;
	size_t len;
	int err;

	fs_write(fs_sys(INSTANCE "/tracing_on"), "0\n");
	err = fs_read(fs_sys(INSTANCE "/trace"), &text, &len);
	if (!err)
		err = fs_write_durable(path, text, len);
	if (err)
		log_err(err, "can't keep ftrace's events in %s: %s", path, strerror(-err));
	free(text);
	free(path);
	rmdir(fs_sys(INSTANCE));
	return err;
}
