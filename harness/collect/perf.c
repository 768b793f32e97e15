/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * perf stat over all CPUs, so it makes no context switch more expensive. It starts before the window with its
 * counters off. We enable and disable them over its control descriptor, and perf acknowledges each. So
 * neither its start nor its end is part of the window.
 *
 * It runs only if the machine has hardware counters. Software events would work without them, but switching
 * them patches the kernel's code, and emulated machines have crashed on that.
 */
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include "collect/sources.h"
#include "record/metric_name.h"
#include "util/fs.h"
#include "util/locale.h"
#include "util/mem.h"

#define EVENTS \
	"cycles,instructions,branches,branch-misses,cache-references,cache-misses,cpu-migrations,page-faults"
#define ANSWER_MS 10000

struct source {
	pid_t pid; /* 0: perf is not running */
	int control;
	char *path;
	const char *absent;
};

#define COUNTERS "/sys/bus/event_source/devices/"

/* Those of cores are "cpu" or "cpu_core"; those of a kind of cores elsewhere have any name, and list their
 * CPUs. */
static bool has_counters(void)
{
	glob_t found = { 0 };
	bool any = fs_exists(fs_sys(COUNTERS "cpu")) || fs_exists(fs_sys(COUNTERS "cpu_core")) ||
		   !glob(fs_sys(COUNTERS "*/cpus"), 0, NULL, &found);

	globfree(&found);
	return any;
}

/* In the child. It keeps our class, SCHED_FIFO, so the policy does not schedule it. */
static void exec_perf(const char *path, int control)
{
	char fds[32];
	sigset_t none;
	int null = open("/dev/null", O_RDWR);

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	setsid();
	signal(SIGINT, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	snprintf(fds, sizeof(fds), "fd:%d,%d", control, control);
	fcntl(control, F_SETFD, 0);
	dup2(null, 0);
	dup2(null, 1);
	dup2(null, 2);
	locale_for_tools();
	execlp("perf", "perf", "stat", "-j", "-a", "-D", "-1", "--control", fds, "-o", path, "-e", EVENTS,
	       (char *)NULL);
	_exit(127);
}

/* One socket carries commands and answers. Unlike a pipe it breaks without a signal. */
static int perf_start(struct source *s)
{
	int control[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, control))
		return -errno;
	s->control = control[0];
	s->pid = fork();
	if (s->pid == 0)
		exec_perf(s->path, control[1]);
	close(control[1]);
	if (s->pid > 0)
		return 0;
	close(control[0]);
	s->pid = 0;
	return -EAGAIN;
}

/* Sends a command and waits for perf's acknowledgement. If perf has ended there is an end of file. */
static int perf_command(struct source *s, const char *command)
{
	struct pollfd answer = { .fd = s->control, .events = POLLIN };
	char text[16];
	size_t len = strlen(command);

	if (send(s->control, command, len, MSG_NOSIGNAL) != (ssize_t)len || poll(&answer, 1, ANSWER_MS) != 1)
		return -EPIPE;
	return read(s->control, text, sizeof(text)) >= 3 && !memcmp(text, "ack", 3) ? 0 : -EPIPE;
}

/* It writes its file on SIGINT. */
static void perf_finish(struct source *s, int sig)
{
	struct pollfd ended = { .fd = pidfd_open(s->pid, 0), .events = POLLIN };

	kill(s->pid, sig);
	if (poll(&ended, 1, ANSWER_MS) != 1)
		kill(s->pid, SIGKILL);
	waitpid(s->pid, NULL, 0);
	close(ended.fd);
	close(s->control);
	s->pid = 0;
}

static struct source *perf_begin(const struct source_ctx *ctx)
{
	struct source *s = mem_zalloc(1, sizeof(*s));

	if (!has_counters()) {
		s->absent = "this machine has no hardware counters";
		return s;
	}
	s->path = mem_printf("%s/perf-%04u.json", ctx->out_dir, ctx->seq);
	if (perf_start(s)) {
		s->absent = "perf can't be started";
	} else if (perf_command(s, "enable\n")) {
		perf_finish(s, SIGKILL);
		s->absent = "perf does not run here (is linux-perf installed?)";
	}
	return s;
}

/* Adds each event that perf did not report; all events when it did not run. */
static void add_absent(struct metrics *m, const char *why)
{
	char events[] = EVENTS, *rest, *event;

	for (event = strtok_r(events, ",", &rest); event; event = strtok_r(NULL, ",", &rest)) {
		char *name = mem_printf(METRIC_PERF "%s", event);

		if (!metrics_find(m, name))
			metrics_absent(m, name, "count", why);
		free(name);
	}
}

static void perf_end(struct source *s, struct metrics *m)
{
	char *text = NULL;

	if (s->pid) {
		if (perf_command(s, "disable\n"))
			s->absent = "perf ended before the window did";
		perf_finish(s, SIGINT);
	}
	if (!s->absent && (fs_read(s->path, &text, NULL) || perf_parse(text, m)))
		s->absent = "perf's output can't be read";
	add_absent(m, s->absent ?: "perf did not report it");
	free(text);
	free(s->path);
	free(s);
}

const struct source_kind collect_perf = { .name = "perf", .begin = perf_begin, .end = perf_end };
