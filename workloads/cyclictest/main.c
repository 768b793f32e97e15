/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cyclictest: wakeup latency of periodic threads, one per CPU and free to move. They begin together, and
 * their wakeups are spread evenly over the period (--aligned): a thread that began later would have a shorter
 * window, which looks like wakeups that were lost.
 *
 * They run in the class under test (--policy=other; sched_ext never sees the default, SCHED_FIFO) and with a
 * timer slack of 1 ns (the default of 50 us would drown the result). The machine's power management is left
 * as it is: what waking an idle CPU costs is part of what a policy decides.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include "../kit.h"
#include "child.h"
#include "results.h"

/* At 1 ms a wakeup that is 20 values beyond p99 for each thread. */
#define SECONDS 2
#define STR(x) STR_(x)
#define STR_(x) #x

static struct wakeups seen;

static long cyclictest_timeout_s(void)
{
	return 30 + 10 * kit_scale();
}

static int cyclictest_describe(void)
{
	printf("summary wakeup latency of periodic threads, one per CPU\n"
	       "primary p99\ndefault yes\nsettle_s 5\n"
	       /* cyclictest ends at once where it can't enter SCHED_FIFO, also when it needn't; and see
		  hackbench */
	       "needs CAP_SYS_NICE CAP_SYS_RESOURCE\n"
	       "typical_s %.1f\ntimeout_s %ld\nidentity period=%dus,aligned,duration=%lds\n"
	       "variant alone on an otherwise idle machine\n"
	       "variant loaded beside hackbench, 20 tasks per CPU over pipes\n",
	       SECONDS * kit_scale() + 0.5, cyclictest_timeout_s(), PERIOD_US, SECONDS * kit_scale());
	return 0;
}

/* Far more work than there is time for: it is killed at the end. Threads, so that one signal ends them all.
 */
static pid_t load_start(void)
{
	char groups[24];

	snprintf(groups, sizeof(groups), "%ld", kit_hackbench_groups());
	return child_start((char *[]){ "hackbench", "-T", "-p", "-g", groups, "-l", "1000000000", NULL });
}

static int load_stop(pid_t load)
{
	struct rusage usage;

	if (waitpid(load, NULL, WNOHANG))
		return kit_fail("the load ended before the measurement did: %s",
				child_last_line("hackbench"));
	kill(load, SIGKILL);
	wait4(load, NULL, 0, &usage);
	fprintf(kit_results(), "metric load_cpu s none %ld.%06ld\n",
		usage.ru_utime.tv_sec + usage.ru_stime.tv_sec +
			(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1000000,
		(long)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) % 1000000);
	return 0;
}

/* Waits while cyclictest lives and "more" says so of the number of its threads. */
static void wait_threads(pid_t pid, int wait_ms, bool (*more)(long threads))
{
	struct pollfd ended = { .fd = pidfd_open(pid, 0), .events = POLLIN };
	char path[64];
	struct stat st;

	snprintf(path, sizeof(path), "/proc/%d/task", pid);
	/* The task directory of a process has two links more than the process has threads. */
	while (!poll(&ended, 1, wait_ms) && !stat(path, &st) && more((long)st.st_nlink - 2))
		wait_ms = wait_ms < 20 ? wait_ms : 20;
	close(ended.fd);
}

static bool few_threads(long threads)
{
	return threads <= kit_env("SCXB_CPUS", 1);
}

static bool any_threads(long threads)
{
	return threads > 1;
}

static int cyclictest_measure(pid_t load)
{
	char threads[24], duration[24], apart[40];
	int status;
	pid_t pid;

	if (prctl(PR_SET_TIMERSLACK, 1))
		return kit_fail("the timer slack can't be set: %s", strerror(errno));
	snprintf(threads, sizeof(threads), "%ld", kit_env("SCXB_CPUS", 1));
	snprintf(duration, sizeof(duration), "%ld", SECONDS * kit_scale());
	snprintf(apart, sizeof(apart), "--aligned=%ld", PERIOD_US / kit_env("SCXB_CPUS", 1));
	if (load)
		kill(load, SIGSTOP);
	/*
	 * Neither -S nor -a: they would pin. The JSON leaves out empty bins. The text, a line per bin, would
	 * take seconds; it is skipped at once when its file can't be made.
	 */
	pid = child_start((char *[]){ "cyclictest", "--policy=other", "--default-system", "-q", "-t", threads,
				      apart, "-i", STR(PERIOD_US), "-h", STR(BINS), "-D", duration,
				      "--histfile=/proc/none", "--json=cyclictest.json", NULL });
	if (pid < 0)
		return 1;
	/* They are to begin before the load goes on. */
	if (load) {
		wait_threads(pid, 1, few_threads);
		kill(load, SIGCONT);
	}
	/* The load must not run while cyclictest writes the result. */
	wait_threads(pid, (int)(1000 * SECONDS * kit_scale()), any_threads);
	if (load && load_stop(load))
		return 1;
	if (waitpid(pid, &status, 0) < 0 || status)
		return kit_fail("cyclictest failed (status %#x): %s", (unsigned)status,
				child_last_line("cyclictest"));
	return 0;
}

static int cyclictest_run(void)
{
	const char *variant = getenv("SCXB_VARIANT") ?: "";
	struct window window = { .threads = kit_env("SCXB_CPUS", 1),
				 .cycles = SECONDS * kit_scale() * (1000000 / PERIOD_US),
				 .longest_us = cyclictest_timeout_s() * 1000000 };
	pid_t load = 0;

	if (!strcmp(variant, "loaded")) {
		load = load_start();
		if (load < 0)
			return 1;
	}
	if (cyclictest_measure(load) || wakeups_read("cyclictest.json", &window, &seen))
		return 1;
	results_report(&seen, &window);
	return 0;
}

int main(int argc, char **argv)
{
	return kit_main(argc, argv, cyclictest_describe, cyclictest_run);
}
