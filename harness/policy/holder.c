/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "policy/holder.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include "policy/policy.h"
#include "util/interrupt.h"
#include "util/log.h"
#include "util/self.h"

#define BEAT 'b'
#define DROP 'd'
#define TAKE_S 30 /* enabling walks all tasks and may wait for grace periods */
#define DROP_S 20

/* Out of the class under test (it sleeps nearly always), memory locked, deaf to the terminal's signals. */
static void settle_down(void)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	setsid();
	interrupt_handle(SIG_IGN);
	signal(SIGPIPE, SIG_IGN);
	prctl(PR_SET_NAME, "scxbench-holder");
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	/* Stopped, it could not drop anything when its parent dies. */
	prctl(PR_SET_PDEATHSIG, SIGCONT);
	self_leave_class_as_child();
	dup2(null, STDIN_FILENO);
	dup2(null, STDOUT_FILENO);
}

/* Inherited descriptors would keep files, pipes and locks of the parent alive after its death. */
static void close_others(unsigned a, unsigned b)
{
	unsigned low = a < b ? a : b, high = a < b ? b : a;

	if (low > 3)
		close_range(3, low - 1, 0);
	if (high > low + 1)
		close_range(low + 1, high - 1, 0);
	close_range(high + 1, ~0U, 0);
}

/* Sleeps until the thing that is held must be dropped. False: for want of signs of life. */
static bool holder_hold(int line, int what, const struct held *held)
{
	struct pollfd fd[] = { { .fd = line, .events = POLLIN },
			       { .fd = held->ends ? what : -1, .events = POLLIN } };

	for (;;) {
		int n = poll(fd, 2, POLICY_SILENCE_S * 1000);
		char byte;

		if (n == 0) {
			log_warn("no sign of life from scxbench for %d s: the policy is detached",
				 POLICY_SILENCE_S);
			return false;
		}
		if (n > 0 && fd[1].revents)
			return true;
		if (n > 0 && (read(line, &byte, 1) != 1 || byte == DROP))
			return true;
	}
}

static int child(int line, const struct held *held, void *ctx)
{
	int32_t result;
	int what, dropped;
	bool held_on;

	settle_down();
	what = held->take(ctx);
	result = what < 0 ? what : 0;
	/* A parent that does not hear it is gone, which holder_hold() sees. */
	if (write(line, &result, sizeof(result)) < 0 && what < 0)
		return 0;
	if (what < 0)
		return 0;
	close_others(line, what);
	held_on = holder_hold(line, what, held);
	dropped = held->drop(ctx);
	return dropped || held_on ? dropped : HOLDER_LOST;
}

static bool wait_line(int fd, int seconds)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	int n;

	do
		n = poll(&p, 1, seconds * 1000);
	while (n < 0 && errno == EINTR);
	return n > 0;
}

static int await_take(struct holder *h)
{
	int32_t result = -ECHILD;

	if (!wait_line(h->fd, TAKE_S)) {
		kill(h->pid, SIGKILL);
		result = log_err(-ETIMEDOUT, "the kernel did not enable the policy within %d s: see dmesg",
				 TAKE_S);
	} else if (read(h->fd, &result, sizeof(result)) != sizeof(result)) {
		result = log_err(-ECHILD, "the process that holds the policy died: see dmesg");
	}
	if (result)
		holder_end(h);
	return result;
}

int holder_start(struct holder *h, const struct held *held, void *ctx)
{
	int line[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, line))
		return log_err(-errno, "no socket for the policy's holder: %m");
	h->pid = fork();
	if (h->pid == 0) {
		close(line[0]);
		_exit(child(line[1], held, ctx));
	}
	close(line[1]);
	h->fd = line[0];
	if (h->pid < 0) {
		close(line[0]);
		h->pid = 0;
		return log_err(-errno, "no process for the policy's holder: %m");
	}
	return await_take(h);
}

bool holder_beat(struct holder *h)
{
	const char beat = BEAT;

	return h->pid && (send(h->fd, &beat, 1, MSG_NOSIGNAL | MSG_DONTWAIT) == 1 || errno == EAGAIN);
}

int holder_end(struct holder *h)
{
	const char drop = DROP;
	int status = 0;

	if (!h->pid)
		return 0;
	/*
	 * The holder closes its end when it exits. If it does not exit it is killed, and the policy goes with
	 * its descriptors. One that is stopped hears nothing, and its line fills up with signs of life.
	 */
	if (send(h->fd, &drop, 1, MSG_NOSIGNAL | MSG_DONTWAIT) == 1 ? !wait_line(h->fd, DROP_S)
								    : errno == EAGAIN)
		kill(h->pid, SIGKILL);
	while (waitpid(h->pid, &status, 0) < 0 && errno == EINTR)
		;
	close(h->fd);
	h->pid = 0;
	return WIFEXITED(status) ? WEXITSTATUS(status) : HOLDER_LOST;
}
