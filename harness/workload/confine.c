/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Turns our fork into a workload: everything that it must not inherit is reset to the default. */
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include "workload/job.h"
#include "util/affinity.h"
#include "util/mem.h"
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

int job_enter_class(bool sched_ext)
{
	struct sched_param param = { 0 };

	if (sched_setscheduler(0, sched_ext ? SCHED_EXT : SCHED_OTHER, &param) ||
	    setpriority(PRIO_PROCESS, 0, 0))
		return -errno;
	return 0;
}

static void reset_class(struct job_shared *shared, bool sched_ext)
{
	errno = -job_enter_class(sched_ext);
	if (errno)
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
 * The usual soft limit of 1024 open files is for programs that call select(); hackbench needs more from 52
 * CPUs on. That of processes does not count for root, but for other users.
 */
static void raise_limits(void)
{
	static const int raised[] = { RLIMIT_NOFILE, RLIMIT_NPROC };
	struct rlimit limit;

	for (int i = 0; i < 2; i++) {
		if (getrlimit(raised[i], &limit))
			continue;
		limit.rlim_cur = limit.rlim_max;
		setrlimit(raised[i], &limit);
	}
}

/*
 * The last step before exec: all instructions of the executable are charged to the cgroup, and hardly one of
 * ours. The cgroup lies outside of our cpuset, and who moves out of a cpuset may use all CPUs: the executable
 * may use no more than we, because that is what the run says of the machine.
 */
static void join_cgroup(int fd, struct job_shared *shared)
{
	struct affinity before, after;
	bool known = !affinity_get(&before);

	errno = -cgroup_join(fd);
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

/* With the rights of its folder's owner: the log itself may belong to the workload's user. */
static int open_log(const char *path)
{
	char *dir = mem_strdup(path);
	struct owner o = owner_enter(dirname(dir));
	int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);

	owner_leave(&o);
	free(dir);
	return fd;
}

/*
 * So that the user can open them again, as /dev/stderr or /dev/fd/3. Logs in a folder of another user stay
 * that user's.
 */
static void give_descriptors(const struct account *user, int log)
{
	struct stat st;

	if (fchown(JOB_RESULTS, user->uid, user->gid) || fstat(log, &st) || !S_ISREG(st.st_mode) || st.st_uid)
		return;
	if (fchown(log, user->uid, user->gid))
		return;
}

/* 0 is empty, 1 and 2 are the log, JOB_RESULTS is open already. For --describe 1 is its output instead. */
static void set_descriptors(const struct job *job, struct job_shared *shared)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC), log = null;

	if (job->run)
		log = open_log(job->run->log_path);
	if (null < 0 || log < 0)
		give_up(shared, "given its log");
	if (job->user)
		give_descriptors(job->user, log);
	dup2(null, 0);
	dup2(job->run ? log : JOB_RESULTS, 1);
	dup2(log, 2);
	close_range(job->run ? JOB_RESULTS + 1 : JOB_RESULTS, ~0U, 0);
}

/* The kernel forgets with the user that it is to die with the keeper, which may have died meanwhile. */
static void change_user(const struct job *job, struct job_shared *shared)
{
	pid_t keeper = getppid();

	errno = -account_become(job->user, job->caps);
	if (errno)
		give_up(shared, "run as its user");
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != keeper)
		_exit(126);
	if (access(job->path, R_OK | X_OK))
		give_up(shared, "executed");
}

void job_exec(const struct job *job, struct job_shared *shared)
{
	int cgroup = -1;

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
		reset_class(shared, job->run->sched_ext);
	}
	reset_signals();
	raise_limits();
	if (job->run && job->run->cgroup && (cgroup = cgroup_open(job->run->cgroup)) < 0) {
		errno = -cgroup;
		give_up(shared, "moved into its cgroup");
	}
	if (job->user)
		change_user(job, shared);
	if (cgroup >= 0)
		join_cgroup(cgroup, shared);
	execl(job->path, job->path, job->verb, (char *)NULL);
	give_up(shared, "executed");
}
