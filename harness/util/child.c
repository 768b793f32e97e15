/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "util/child.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "util/cause.h"
#include "util/clock.h"
#include "util/interrupt.h"
#include "util/locale.h"
#include "util/log.h"
#include "util/mem.h"
#include "util/owner.h"

#define GRACE_S 5.0 /* between the request to end and the end */

void child_arg(struct child *c, const char *arg)
{
	if (!arg)
		return;
	c->argv = mem_resize(c->argv, (c->nr + 2) * sizeof(*c->argv));
	c->argv[c->nr++] = mem_strdup(arg);
	c->argv[c->nr] = NULL;
}

void child_self(struct child *c, const char *command)
{
	child_arg(c, "/proc/self/exe");
	child_arg(c, command);
}

static void child_free(struct child *c)
{
	for (int i = 0; i < c->nr; i++)
		free(c->argv[i]);
	free(c->argv);
	*c = (struct child){ 0 };
}

static void become_program(const struct child *c, const char *stdout_path, pid_t parent, const sigset_t *mask)
{
	int out;

	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (c->limit_s)
		setpgid(0, 0);
	if (getppid() != parent)
		_exit(EXIT_CODE_INTERRUPTED);
	interrupt_handle(SIG_DFL);
	sigprocmask(SIG_SETMASK, mask, NULL);
	if (stdout_path) {
		out = owner_create(stdout_path, O_WRONLY | O_TRUNC, 0666);
		if (out < 0 || dup2(out, STDOUT_FILENO) < 0)
			_exit(exit_code_of(log_err(-CAUSE_FAILED, "%s can't be written: %s", stdout_path,
						   strerror(errno))));
	}
	execvp(c->argv[0], c->argv);
	_exit(exit_code_of(log_err(-errno, "%s can't be started: %s", c->argv[0], strerror(errno))));
}

/*
 * A signal comes either before the fork, then no child is started, or after it, then the handler knows the
 * child.
 */
static pid_t child_start(const struct child *c, const char *stdout_path)
{
	pid_t parent = getpid(), pid = -1;
	sigset_t block, mask;

	interrupt_signals(&block);
	sigprocmask(SIG_BLOCK, &block, &mask);
	if (!interrupted()) {
		pid = fork();
		if (!pid)
			become_program(c, stdout_path, parent, &mask);
		if (pid > 0 && c->limit_s)
			setpgid(pid, pid); /* here too, because either may be first */
		interrupt_pass_to(pid > 0 ? c->limit_s ? -pid : pid : 0);
	}
	sigprocmask(SIG_SETMASK, &mask, NULL);
	return pid;
}

static int await_end(pid_t pid)
{
	int status = 0;

	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return status;
}

/* Has it ended after so many seconds? */
static bool ends_within(int pidfd, double seconds)
{
	struct pollfd fd = { .fd = pidfd, .events = POLLIN };
	double end = clock_s() + seconds, left;

	while ((left = end - clock_s()) > 0)
		if (poll(&fd, 1, (int)fmin(ceil(left * 1e3), INT_MAX)) > 0)
			return true;
	return false;
}

/* False: it took too long, and its process group has been ended. */
static bool keeps_limit(pid_t pid, double limit_s)
{
	int pidfd = limit_s ? pidfd_open(pid, 0) : -1;
	bool kept = pidfd < 0 || ends_within(pidfd, limit_s);

	if (!kept) {
		kill(-pid, SIGTERM);
		ends_within(pidfd, GRACE_S);
		kill(-pid, SIGKILL);
	}
	if (pidfd >= 0)
		close(pidfd);
	return kept;
}

int child_run(struct child *c, const char *stdout_path)
{
	pid_t pid = child_start(c, stdout_path);
	double limit_s = c->limit_s;
	char name[64];
	int status;
	bool kept;

	snprintf(name, sizeof(name), "%s", c->argv[c->nr > 1]);
	child_free(c);
	if (pid < 0)
		return interrupted() ? EXIT_CODE_INTERRUPTED
				     : exit_code_of(log_err(-CAUSE_FAILED, "no process can be started"));
	kept = keeps_limit(pid, limit_s);
	status = await_end(pid);
	interrupt_pass_to(0);
	if (!kept && !interrupted()) {
		log_err(-CAUSE_FAILED, "'%s' took longer than %.0f s and was ended", name, limit_s);
		return CHILD_TOO_LONG;
	}
	if (WIFEXITED(status))
		return WEXITSTATUS(status);
	if (interrupted())
		return EXIT_CODE_INTERRUPTED;
	log_err(-CAUSE_FAILED, "'%s' was ended by signal %d", name, WTERMSIG(status));
	return 128 + WTERMSIG(status);
}

static void become_tool(const struct child *c, const char *dir, const char *log)
{
	int out;

	locale_for_pictures();
	out = owner_become(dir) || chdir(dir) ? -1 : owner_create(log, O_WRONLY | O_TRUNC, 0666);
	if (out >= 0 && dup2(out, STDOUT_FILENO) >= 0 && dup2(out, STDERR_FILENO) >= 0)
		execvp(c->argv[0], c->argv);
	_exit(127);
}

int child_tool(struct child *c, const char *dir, const char *log)
{
	pid_t pid = fork();
	int status;

	if (!pid)
		become_tool(c, dir, log);
	status = pid > 0 ? await_end(pid) : -1;
	child_free(c);
	return pid > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}
