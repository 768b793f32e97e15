/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The process between us and a workload: see job.h. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include "util/clock.h"
#include "util/fs.h"
#include "util/mem.h"
#include "workload/job.h"

#define UNDO_S 20 /* less than the time until our parent gives up on us */

/*
 * The cgroup is killed in one step, which no fork bomb outruns. A process that has left the cgroup is killed
 * once it is our child: its parents die, we adopt it, and each such death brings us back here.
 */
static void kill_all(const struct job *job)
{
	char *path, *children, *p;

	if (job->run) {
		path = mem_printf("%s/cgroup.kill", job->run->cgroup->path);
		fs_write(path, "1");
		free(path);
	}
	if (fs_read("/proc/thread-self/children", &children, NULL))
		return;
	for (p = strtok(children, " \n"); p; p = strtok(NULL, " \n"))
		kill(atoi(p), SIGKILL);
	free(children);
}

/* Reaps every child that has ended; true when the executable was among them. */
static bool reap_children(pid_t executable, struct job_shared *shared, bool *left)
{
	bool ended = false;
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
		if (pid != executable)
			continue;
		shared->status = status;
		shared->ended = ended = true;
	}
	*left = pid == 0;
	return ended;
}

static void keep_job(const struct job *job, pid_t executable, struct job_shared *shared)
{
	double start = clock_s();
	bool stop = false, left = true;
	sigset_t wanted;
	int sig;

	sigemptyset(&wanted);
	sigaddset(&wanted, SIGCHLD);
	sigaddset(&wanted, SIGTERM);
	while (left) {
		sig = sigwaitinfo(&wanted, NULL);
		if (reap_children(executable, shared, &left)) {
			shared->wall_s = clock_s() - start;
			stop = true;
		}
		stop |= sig == SIGTERM;
		if (stop && left)
			kill_all(job);
	}
	getrusage(RUSAGE_CHILDREN, &shared->usage);
}

/*
 * Runs in our cgroup, because the workload's may be in a state in which no process can enter it. Limited by
 * an alarm, which survives exec.
 */
static void undo_job(const struct job *job, struct job_shared *shared)
{
	struct workload_run run = *job->run;
	struct job last = *job;
	int status = -1;
	pid_t pid;

	run.cgroup = NULL;
	last.verb = "undo";
	last.run = &run;
	pid = fork();
	if (pid == 0) {
		alarm(UNDO_S);
		job_exec(&last, shared);
	}
	waitpid(pid, &status, 0);
	if (status && !shared->failed) {
		shared->failed = "undone";
		shared->error = EIO;
	}
}

/* The caller has blocked all signals, so none is lost before this waits for them. */
void keeper_main(const struct job *job, int output_fd, struct job_shared *shared)
{
	pid_t parent = getppid(), executable;

	/*
	 * It keeps none of our parent's descriptors: other processes take the end of some as the parent's
	 * death.
	 */
	dup2(output_fd, JOB_RESULTS);
	fcntl(JOB_RESULTS, F_SETFD, 0);
	close_range(JOB_RESULTS + 1, ~0U, 0);
	signal(SIGCHLD, SIG_DFL);
	/* Away from the terminal: only our parent acts on an interrupt. */
	setsid();
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent)
		_exit(1);
	executable = fork();
	if (executable == 0)
		job_exec(job, shared);
	if (executable < 0) {
		shared->failed = "forked";
		shared->error = errno;
		_exit(1);
	}
	close(JOB_RESULTS);
	keep_job(job, executable, shared);
	if (job->run && job->run->workload->undo && !strcmp(job->verb, "run"))
		undo_job(job, shared);
	_exit(0);
}
