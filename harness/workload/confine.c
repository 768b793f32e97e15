/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Turns our fork into a workload: everything that it must not inherit is reset to the default. */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>
#include "workload/job.h"
#include "util/affinity.h"
#include "util/owner.h"

#ifndef SCHED_EXT
#define SCHED_EXT 7
#endif

static void __attribute__((noreturn)) give_up(struct job_shared *shared, const char *what)
{
	shared->failed = what;
	shared->error = errno;
	_exit(126);
}

/*
 * We run in SCHED_FIFO; the workload must run in the class under test. SCHED_OTHER is in it, unless the
 * policy is partial.
 */
static void reset_class(struct job_shared *shared, bool sched_ext)
{
	struct sched_param param = { 0 };

	if (sched_setscheduler(0, sched_ext ? SCHED_EXT : SCHED_OTHER, &param) ||
	    setpriority(PRIO_PROCESS, 0, 0))
		give_up(shared, sched_ext ? "set to SCHED_EXT, nice 0" : "set to SCHED_OTHER, nice 0");
}

static void reset_signals(void)
{
	sigset_t none;

	for (int sig = 1; sig < NSIG; sig++)
		signal(sig, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

/*
 * The usual soft limit of 1024 is for programs that call select(); hackbench needs more files from 52 CPUs
 * on.
 */
static void raise_file_limit(void)
{
	struct rlimit files;

	if (getrlimit(RLIMIT_NOFILE, &files))
		return;
	files.rlim_cur = files.rlim_max;
	setrlimit(RLIMIT_NOFILE, &files);
}

/*
 * The last step before exec: all instructions of the executable are charged to the cgroup, and none of ours.
 * The cgroup lies outside of our cpuset, and who moves out of a cpuset may use all CPUs: the executable may
 * use no more than we, because that is what the run says of the machine.
 */
static void join_cgroup(const struct cgroup *cg, struct job_shared *shared)
{
	struct affinity before, after;
	bool known = !affinity_get(&before);

	errno = -cgroup_join(cg);
	if (errno)
		give_up(shared, "moved into its cgroup");
	if (known && !affinity_get(&after) && !affinity_same(&before, &after) && affinity_set(&before))
		give_up(shared, "kept to the CPUs that scxbench may use");
}

static void setenv_u64(const char *name, uint64_t value)
{
	char text[24];

	snprintf(text, sizeof(text), "%lu", value);
	setenv(name, text, 1);
}

static void set_environment(const struct workload_run *run)
{
	setenv("SCXB_VARIANT", run->workload->variant, 1);
	setenv("SCXB_SCRATCH", run->scratch, 1);
	setenv_u64("SCXB_CPUS", run->cpus);
	setenv_u64("SCXB_SEED", run->seed);
	setenv_u64("SCXB_RESULT_FD", JOB_RESULTS);
}

/* 0 is empty, 1 and 2 are the log, JOB_RESULTS is open already. For --describe 1 is its output instead. */
static void set_descriptors(const struct job *job, struct job_shared *shared)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC), log = null;

	if (job->run)
		log = owner_create(job->run->log_path, O_WRONLY | O_APPEND, 0644);
	if (null < 0 || log < 0)
		give_up(shared, "given its log");
	dup2(null, 0);
	dup2(job->run ? log : JOB_RESULTS, 1);
	dup2(log, 2);
	close_range(job->run ? JOB_RESULTS + 1 : JOB_RESULTS, ~0U, 0);
}

void job_exec(const struct job *job, struct job_shared *shared)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	setsid();
	/* The log's path may be relative to where we are now. */
	set_descriptors(job, shared);
	for (const char *const *e = job->env; e && *e; e++)
		putenv((char *)*e);
	if (job->run) {
		set_environment(job->run);
		if (chdir(job->run->scratch))
			give_up(shared, "moved to its scratch directory");
	}
	reset_signals();
	raise_file_limit();
	reset_class(shared, job->run && job->run->sched_ext);
	if (job->run && job->run->cgroup)
		join_cgroup(job->run->cgroup, shared);
	execl(job->path, job->path, job->verb, (char *)NULL);
	give_up(shared, "executed");
}
