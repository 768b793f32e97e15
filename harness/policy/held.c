/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "policy/held.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include "util/cause.h"
#include "util/clock.h"
#include "util/interrupt.h"
#include "util/log.h"
#include "util/self.h"

#define LOOK_S 0.02 /* between two checks whether a command has ended; most have at the first */

static int take_link(void *ctx)
{
	struct policy *p = ctx;

	p->link = bpf_map__attach_struct_ops(p->ops_map);
	if (!p->link)
		return log_err(errno == EBUSY ? -CAUSE_BUSY : cause_if_denied(-errno),
			       "the kernel does not attach policy %s (%s): see dmesg", p->name,
			       strerror(errno));
	return bpf_link__fd(p->link);
}

static void drop_link(void *ctx)
{
	struct policy *p = ctx;

	bpf_link__destroy(p->link);
}

const struct held held_link = { .take = take_link, .drop = drop_link };

/*
 * In the command's process: undoes the real-time class and the blocked signals of the holder that started it.
 */
static void become_command(const struct policy *p)
{
	int out = open(p->log_path ? p->log_path : "/dev/null", O_WRONLY | O_APPEND | O_CLOEXEC);
	sigset_t none;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	interrupt_handle(SIG_DFL);
	signal(SIGPIPE, SIG_DFL);
	self_return_to_class();
	prctl(PR_SET_PDEATHSIG, SIGINT);
	setpgid(0, 0);
	dup2(out, STDOUT_FILENO);
	dup2(out, STDERR_FILENO);
	execl("/bin/sh", "sh", "-c", p->command, (char *)NULL);
	_exit(127);
}

static int take_command(void *ctx)
{
	struct policy *p = ctx;
	int fd;

	p->pid = fork();
	if (p->pid == 0)
		become_command(p);
	if (p->pid < 0)
		return log_err(-errno, "no process for '%s': %m", p->command);
	/* Both processes do it, so that the group exists before either continues. */
	setpgid(p->pid, p->pid);
	fd = pidfd_open(p->pid, 0);
	return fd < 0 ? log_err(-errno, "no pidfd for '%s': %m", p->command) : fd;
}

static bool reaped_within(pid_t pid, int seconds)
{
	for (double end = clock_s() + seconds; clock_s() < end; clock_sleep(LOOK_S))
		if (waitpid(pid, NULL, WNOHANG))
			return true;
	return false;
}

static void drop_command(void *ctx)
{
	static const struct {
		int signal, patience_s;
	} step[] = { { SIGINT, 5 }, { SIGTERM, 3 }, { SIGKILL, 3 } };
	struct policy *p = ctx;

	for (int i = 0; i < 3; i++) {
		kill(-p->pid, step[i].signal);
		if (reaped_within(p->pid, step[i].patience_s))
			break;
	}
	kill(-p->pid, SIGKILL); /* what the command left behind */
}

const struct held held_command = { .take = take_command, .drop = drop_command, .ends = true };
