/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "workload/visit.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include "util/affinity.h"
#include "util/clock.h"
#include "workload/job.h"

#define NAP_S 1e-6
#define LOOK_S 0.2

/* A CPU that went offline is none that the workload may use. */
static void go_round(const struct affinity *allowed)
{
	int nr, *cpus = affinity_list(allowed, &nr);

	for (int i = 0; i < nr; i++) {
		struct affinity one = { 0 };

		affinity_add(&one, cpus[i]);
		if (!affinity_set(&one))
			clock_sleep(NAP_S);
	}
	free(cpus);
}

/* Who leaves a cpuset for the cgroup may then use all CPUs, so it is asked first which ones we may. */
static void __attribute__((noreturn)) visitor(const struct workload_run *run)
{
	struct affinity allowed;
	int err = affinity_get(&allowed), cgroup = cgroup_open(run->cgroup);

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	prctl(PR_SET_NAME, "scxbench-visit");
	if (!err)
		err = cgroup < 0 ? cgroup : cgroup_join(cgroup);
	if (!err)
		err = job_enter_class(run->sched_ext);
	if (!err)
		go_round(&allowed);
	_exit(-err);
}

/* How long to wait for the visitor before the next look at the time and at the policy. */
static int look_ms(double left_s)
{
	return left_s > 0 && left_s < LOOK_S ? (int)(1000 * left_s) + 1 : (int)(1000 * LOOK_S);
}

/* A policy that does not let it run keeps it from dying too, until that is detached. */
static int wait_for_visitor(const struct workload_run *run, pid_t pid, double limit_s)
{
	struct pollfd ended = { .fd = pidfd_open(pid, 0), .events = POLLIN };
	int err = ended.fd < 0 ? -errno : 0;
	double end = clock_s() + limit_s;

	if (err)
		kill(pid, SIGKILL);
	while (ended.fd >= 0 && poll(&ended, 1, look_ms(err ? LOOK_S : end - clock_s())) != 1) {
		bool goes_on = !run->beat || run->beat(run->ctx);

		if (err || (goes_on && clock_s() < end))
			continue;
		err = goes_on ? -ETIMEDOUT : -ECANCELED;
		kill(pid, SIGKILL);
	}
	if (ended.fd >= 0)
		close(ended.fd);
	return err;
}

int workload_visit(const struct workload_run *run, double limit_s)
{
	pid_t pid = fork();
	int status = 0, err;

	if (pid == 0)
		visitor(run);
	if (pid < 0)
		return -errno;
	err = wait_for_visitor(run, pid, limit_s);
	waitpid(pid, &status, 0);
	if (err)
		return err;
	return WIFEXITED(status) ? -WEXITSTATUS(status) : -EINTR;
}
