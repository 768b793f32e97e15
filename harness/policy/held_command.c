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
#include "policy/children.h"
#include "policy/command_group.h"
#include "util/clock.h"
#include "util/interrupt.h"
#include "util/log.h"
#include "util/owner.h"
#include "util/self.h"

#define LOOK_S 0.02 /* between two checks whether a command has ended; most have at the first */
#define LEAVE_S 1   /* a scheduler goes with its command, at the latest after this */
#define COME_S 2    /* one that was started elsewhere comes, at the latest after this */

/*
 * In the command's process: undoes the real-time class and the blocked signals of the holder that started it.
 */
static void become_command(const struct policy *p)
{
	int out = owner_create(p->log_path ? p->log_path : "/dev/null", O_WRONLY | O_APPEND, 0644);
	sigset_t none;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	interrupt_handle(SIG_DFL);
	signal(SIGPIPE, SIG_DFL);
	self_return_to_class();
	prctl(PR_SET_PDEATHSIG, SIGINT);
	setpgid(0, 0);
	if (p->group) {
		setenv(CHILDREN_MARK, p->group, 1);
		command_group_enter(p->group);
	}
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

/* Its scheduler is enabled: for as long as it takes, at most, one that goes or comes. */
static bool stays_in(const struct policy *p, double seconds)
{
	struct scx_state s;

	scx_state_read(&s);
	for (double end = clock_s() + seconds; clock_s() < end; clock_sleep(LOOK_S)) {
		scx_state_read(&s);
		if (s.enable_seq == p->seq && strcmp(s.state, "enabled") != 0)
			return false;
	}
	return s.enable_seq == p->seq;
}

/*
 * The command has ended by itself. A scheduler that goes with it is out by now, or soon; one that it had
 * started elsewhere stays, or comes later, if all went well.
 */
static bool left_in(const struct policy *p, int status)
{
	struct scx_state s;

	scx_state_read(&s);
	if (s.enable_seq != p->seq && !(WIFEXITED(status) && !WEXITSTATUS(status)))
		return false;
	return stays_in(p, s.enable_seq == p->seq ? LEAVE_S : COME_S);
}

/* A signal that ends a process for certain goes to the children too that this one then leaves to us. */
static bool reaped_within(int sig, int seconds)
{
	pid_t pid;

	for (double end = clock_s() + seconds; clock_s() < end; clock_sleep(LOOK_S)) {
		if (sig == SIGKILL)
			children_signal(sig);
		do
			pid = waitpid(-1, NULL, WNOHANG);
		while (pid > 0);
		if (pid < 0)
			return true;
	}
	return false;
}

/*
 * What left the command's process group and lost its parents is ours too, see holder.h. What a process has
 * started that lives is not: it goes with the cgroup.
 */
static void signal_command(const struct policy *p, int sig)
{
	kill(-p->pid, sig);
	children_signal(sig);
	if (sig == SIGKILL && p->group)
		command_group_kill(p->group);
}

static void tell_end(const struct policy *p, int status)
{
	if (p->told)
		*p->told = (struct told){ .ended = true, .status = status };
}

static int drop_command(void *ctx)
{
	static const struct {
		int signal, patience_s;
	} step[] = { { SIGINT, 5 }, { SIGTERM, 3 }, { SIGKILL, 3 } };
	struct policy *p = ctx;
	int status, left = 0;

	if (waitpid(p->pid, &status, WNOHANG) == p->pid) {
		tell_end(p, status);
		left = left_in(p, status) ? HELD_LEFT_IN : 0;
	}
	for (int i = 0; i < 3; i++) {
		signal_command(p, step[i].signal);
		if (!reaped_within(step[i].signal, step[i].patience_s))
			continue;
		if (p->group)
			command_group_end(p->group);
		break;
	}
	return left;
}

const struct held held_command = { .take = take_command, .drop = drop_command, .ends = true };
