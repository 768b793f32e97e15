/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Our side of a job: start its keeper, read its output, keep the time, end it. */
#include "workload/job.h"
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include "util/clock.h"
#include "util/mem.h"

#define POLL_MS 500
#define KILL_S 30      /* until we give up on processes that do not die */
#define BUSY_SHARE 0.1 /* of one CPU; with less a job hangs */
#define MAX_OUTPUT (16 << 20)
#define MAX_LOG (64 << 20)

struct watch {
	const struct job *job;
	pid_t keeper;
	int output_fd;
	char *output;
	size_t len;
	double deadline;
	const struct cgroup *group; /* whose CPU time was looked at near the end; NULL: not yet */
	double looked_s;
	uint64_t cpu_ns;
	int err; /* why it is being killed, 0 while it may run */
	struct why *why;
};

/* Only the first reason counts. */
__attribute__((format(printf, 3, 4))) static void stop_job(struct watch *w, int err, const char *fmt, ...)
{
	va_list args;

	if (w->err)
		return;
	w->err = err;
	va_start(args, fmt);
	vsnprintf(w->why->text, sizeof(w->why->text), fmt, args);
	va_end(args);
	w->deadline = clock_s() + KILL_S;
	if (w->keeper > 0)
		kill(w->keeper, SIGTERM);
}

/* Reads what there is now. At end of file, or past the limit, the descriptor is not read again. */
static void read_output(struct watch *w)
{
	ssize_t n = 1;

	while (n > 0 && w->len < MAX_OUTPUT) {
		w->output = mem_resize(w->output, w->len + 65536 + 1);
		n = read(w->output_fd, w->output + w->len, 65536);
		if (n > 0)
			w->len += n;
	}
	if (n < 0 && errno == EAGAIN)
		return;
	if (n > 0)
		stop_job(w, -EBADMSG, "wrote more than %d MiB of results", MAX_OUTPUT >> 20);
	close(w->output_fd);
	w->output_fd = -1;
}

static void check_log(struct watch *w)
{
	const char *path = w->job->run ? w->job->run->log_path : NULL;
	struct stat st;

	if (!path || stat(path, &st) || st.st_size <= MAX_LOG)
		return;
	stop_job(w, -EBADMSG, "wrote more than %d MiB to its log", MAX_LOG >> 20);
	/* If the log can't be cut it is only too long. */
	if (truncate(path, MAX_LOG))
		return;
}

/* Only near the end, so that a job which keeps its time is left alone. */
static double last_s(const struct job *job)
{
	return job->timeout_s / 5;
}

/* If we come late, the job's time is a little longer: what it does can't be seen at once. */
static void look_near_end(struct watch *w)
{
	const struct workload_run *run = w->job->run;
	double now = clock_s(), last = last_s(w->job);

	if (w->group || w->err || !run || !run->cgroup || w->deadline - now >= last)
		return;
	if (cgroup_cpu_ns(run->cgroup, &w->cpu_ns))
		return;
	w->group = run->cgroup;
	w->looked_s = now;
	w->deadline = fmax(w->deadline, now + last / 2);
}

/* What still works is slow; what hangs uses no CPU. */
static void stop_late(struct watch *w)
{
	double used = 0, last = clock_s() - w->looked_s;
	uint64_t now;

	if (w->group && !cgroup_cpu_ns(w->group, &now))
		used = (double)(now - w->cpu_ns) / 1e9;
	if (used > BUSY_SHARE * last)
		stop_job(
			w, -ETIMEDOUT,
			"took longer than its limit: killed after %g s, while its tasks still ran (%.1f s of "
			"CPU time in the last %.1f s)",
			w->job->timeout_s, used, last);
	else
		stop_job(w, -ETIMEDOUT, "hung: killed after %g s", w->job->timeout_s);
}

static void check_time(struct watch *w)
{
	const struct workload_run *run = w->job->run;

	if (run && run->beat && !run->beat(run->ctx))
		stop_job(w, -ECANCELED, "was ended before its time");
	check_log(w);
	look_near_end(w);
	if (w->deadline > clock_s())
		return;
	if (!w->err)
		stop_late(w);
	else
		kill(w->keeper, SIGKILL);
}

static void watch_until_reaped(struct watch *w)
{
	struct pollfd fds[] = { { .fd = pidfd_open(w->keeper, 0), .events = POLLIN }, { .events = POLLIN } };

	if (fds[0].fd < 0)
		stop_job(w, -errno, "can't be watched: pidfd_open() failed");
	while (!(fds[0].revents & POLLIN)) {
		fds[1].fd = w->output_fd;
		if (poll(fds, 2, POLL_MS) < 0) {
			fds[0].revents = 0;
			stop_job(w, -EINTR, "was interrupted");
		} else if (fds[1].revents) {
			read_output(w);
		}
		if (fds[0].fd < 0)
			break;
		check_time(w);
	}
	close(fds[0].fd);
	waitpid(w->keeper, NULL, 0);
	w->keeper = 0;
	if (w->output_fd >= 0)
		read_output(w);
	if (w->output_fd >= 0)
		close(w->output_fd);
}

/* All signals are blocked over the fork: the keeper waits for its own, and must not run our handlers. */
static pid_t start_keeper(const struct job *job, int output[2], struct job_shared *shared)
{
	sigset_t all, before;
	pid_t pid;

	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, &before);
	pid = fork();
	if (pid == 0)
		keeper_main(job, output[1], shared);
	sigprocmask(SIG_SETMASK, &before, NULL);
	close(output[1]);
	return pid;
}

static int judge_end(struct watch *w, const struct job_shared *shared)
{
	if (shared->failed)
		stop_job(w, -shared->error, "can't be %s: %s", shared->failed, strerror(shared->error));
	else if (!shared->ended)
		stop_job(w, -ECHILD, "was left by its keeper, with processes that can't be killed");
	return w->err;
}

int job_run(const struct job *job, struct job_result *result, struct why *why)
{
	struct job_shared *shared =
		mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	struct watch w = { .job = job, .why = why, .deadline = clock_s() + job->timeout_s };
	int output[2], err;

	if (shared == MAP_FAILED || pipe2(output, O_CLOEXEC))
		return why_set(why, -errno, "can't be started: %s", strerror(errno));
	/* Only our end: a workload that writes much waits for us, as with any pipe. */
	fcntl(output[0], F_SETFL, O_NONBLOCK);
	w.output_fd = output[0];
	w.keeper = start_keeper(job, output, shared);
	if (w.keeper > 0)
		watch_until_reaped(&w);
	else
		stop_job(&w, -EAGAIN, "can't be forked");
	err = judge_end(&w, shared);
	*result = (struct job_result){ .status = shared->status,
				       .wall_s = shared->wall_s,
				       .usage = shared->usage,
				       .output = mem_resize(w.output, w.len + 1) };
	result->output[w.len] = '\0';
	/* A zero byte must not hide the text behind it. */
	for (size_t i = 0; i < w.len; i++)
		if (!result->output[i])
			result->output[i] = '?';
	munmap(shared, sizeof(*shared));
	return err;
}
