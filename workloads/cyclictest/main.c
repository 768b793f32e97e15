/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cyclictest: wakeup latency of periodic threads, one per CPU and free to move.
 *
 * They run in the class under test (--policy=other; sched_ext never sees the default, SCHED_FIFO) and with a
 * timer slack of 1 ns (the default of 50 us would drown the result). The machine's power management is left
 * as it is: what waking an idle CPU costs is part of what a policy decides.
 *
 * A thread that wakes up late by k periods has skipped k wakeups, which cyclictest leaves out: exactly the
 * worst ones. They are added again, each as late as it was when the thread woke (latency minus one period,
 * minus two ...), so that a stall counts in the tail as long as it lasted.
 */
#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include "../kit.h"

#define PERIOD_US 1000
#define SECONDS 2
#define BINS 1000000 /* of 1 us; the most that cyclictest takes */
#define FEW 10	     /* with fewer values beyond it a quantile is absent */
#define STR(x) STR_(x)
#define STR_(x) #x

static struct {
	uint64_t bin[BINS];
	uint64_t cycles, missed, overflow, max;
} seen;

static int cyclictest_describe(void)
{
	printf("summary wakeup latency of periodic threads, one per CPU\n"
	       "primary p99\ndefault yes\nsettle_s 0.1\n"
	       "typical_s %.1f\ntimeout_s %ld\nidentity period=%dus,duration=%lds\n"
	       "variant alone on an otherwise idle machine\n"
	       "variant loaded beside hackbench, 20 tasks per CPU over pipes\n",
	       SECONDS * kit_scale() + 0.8, 30 + 10 * kit_scale(), PERIOD_US, SECONDS * kit_scale());
	return 0;
}

/* In its own process group; returns the pid, or -1. */
static pid_t cyclictest_spawn(char *const argv[])
{
	posix_spawnattr_t attr;
	pid_t pid;
	int err;

	posix_spawnattr_init(&attr);
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETPGROUP);
	err = posix_spawnp(&pid, argv[0], NULL, &attr, argv, environ);
	posix_spawnattr_destroy(&attr);
	if (!err)
		return pid;
	kit_fail("%s can't be started: %s (package rt-tests)", argv[0], strerror(err));
	return -1;
}

/* Far more work than there is time for: it is killed at the end. Threads, so that one signal ends them all.
 */
static pid_t load_start(void)
{
	char groups[24];

	snprintf(groups, sizeof(groups), "%ld", kit_hackbench_groups());
	return cyclictest_spawn(
		(char *[]){ "hackbench", "-T", "-p", "-g", groups, "-l", "1000000000", NULL });
}

static int load_stop(pid_t load)
{
	struct rusage usage;

	if (waitpid(load, NULL, WNOHANG))
		return kit_fail("the load ended before the measurement did");
	kill(load, SIGKILL);
	wait4(load, NULL, 0, &usage);
	fprintf(kit_results(), "metric load_cpu s none %ld.%06ld\n",
		usage.ru_utime.tv_sec + usage.ru_stime.tv_sec +
			(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1000000,
		(long)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) % 1000000);
	return 0;
}

/*
 * Waits until cyclictest's threads are gone: the load must not run while it writes the result. The task
 * directory of a process has two links more than the process has threads.
 */
static void wait_measured(pid_t pid)
{
	struct timespec nap = { .tv_sec = SECONDS * kit_scale() };
	siginfo_t ended = { 0 };
	char path[64];
	struct stat st;

	snprintf(path, sizeof(path), "/proc/%d/task", pid);
	do {
		nanosleep(&nap, NULL);
		nap = (struct timespec){ .tv_nsec = 20000000 };
		waitid(P_PID, pid, &ended, WEXITED | WNOHANG | WNOWAIT);
	} while (!ended.si_pid && !stat(path, &st) && st.st_nlink > 3);
}

static int cyclictest_measure(pid_t load)
{
	char threads[24], duration[24];
	int status;
	pid_t pid;

	if (prctl(PR_SET_TIMERSLACK, 1))
		return kit_fail("the timer slack can't be set: %s", strerror(errno));
	snprintf(threads, sizeof(threads), "%ld", kit_env("SCXB_CPUS", 1));
	snprintf(duration, sizeof(duration), "%ld", SECONDS * kit_scale());
	/*
	 * Neither -S nor -a: they would pin. The JSON leaves out empty bins. The text, a line per bin, would
	 * take seconds; it is skipped at once when its file can't be made.
	 */
	pid = cyclictest_spawn((char *[]){ "cyclictest", "--policy=other", "--default-system", "-q", "-t",
					   threads, "-i", STR(PERIOD_US), "-h", STR(BINS), "-D", duration,
					   "--histfile=/proc/none", "--json=cyclictest.json", NULL });
	if (pid < 0)
		return 1;
	wait_measured(pid);
	if (load && load_stop(load))
		return 1;
	if (waitpid(pid, &status, 0) < 0 || status)
		return kit_fail("cyclictest failed (status %#x)", (unsigned)status);
	return 0;
}

/* The threads' histograms, a line per bin, and after each the totals of the thread. */
static int read_json(void)
{
	FILE *in = fopen("cyclictest.json", "r");
	uint64_t value, count, binned = 0;
	char line[256];

	if (!in)
		return kit_fail("cyclictest left no cyclictest.json: %s", strerror(errno));
	while (fgets(line, sizeof(line), in)) {
		if (sscanf(line, " \"%lu\": %lu", &value, &count) == 2 && value < BINS) {
			seen.bin[value] += count;
			binned += count;
		} else if (sscanf(line, " \"cycles\": %lu", &value) == 1) {
			seen.cycles += value;
		} else if (sscanf(line, " \"max\": %lu", &value) == 1 && value > seen.max) {
			seen.max = value;
		}
	}
	fclose(in);
	if (!seen.cycles || binned > seen.cycles)
		return kit_fail("cyclictest counted %lu cycles and binned %lu", seen.cycles, binned);
	seen.overflow = seen.cycles - binned;
	return 0;
}

static uint64_t expected(void)
{
	return kit_env("SCXB_CPUS", 1) * SECONDS * kit_scale() * (1000000 / PERIOD_US);
}

/*
 * Wakeups that were skipped while a thread was late are added below its own, so one walk downwards is enough.
 * How late those in the overflow were is not known: the wakeups that they skipped count as late as possible.
 */
static void put_back_missed(void)
{
	uint64_t running[PERIOD_US] = { [PERIOD_US - 1] = seen.overflow };

	for (long late = BINS - 1; late >= 0; late--) {
		uint64_t *above = &running[late % PERIOD_US], measured = seen.bin[late];

		seen.bin[late] += *above;
		seen.missed += *above;
		*above += measured;
	}
	/* What is still missing then was skipped beyond the end of the histogram. */
	if (seen.overflow && expected() > seen.cycles + seen.missed) {
		seen.overflow += expected() - seen.cycles - seen.missed;
		seen.missed = expected() - seen.cycles;
	}
}

static void report_quantile(const char *name, double q)
{
	uint64_t total = seen.cycles + seen.missed, below = 0;
	double beyond = (1 - q) * total;
	long i = 0;

	if (beyond < FEW || beyond < seen.overflow) {
		fprintf(kit_results(), "absent %s us %s\n", name,
			beyond < FEW ? "too few wakeups beyond it" : "beyond the histogram's end");
		return;
	}
	for (; i < BINS - 1 && below + seen.bin[i] < q * total; i++)
		below += seen.bin[i];
	fprintf(kit_results(), "metric %s us lower %ld\n", name, i);
}

static void cyclictest_report(void)
{
	FILE *out = kit_results();

	report_quantile("p50", 0.5);
	report_quantile("p99", 0.99);
	report_quantile("p99.9", 0.999);
	fprintf(out, "metric max us lower %lu\n", seen.max);
	fprintf(out, "metric cycles_expected count none %lu\n", expected());
	fprintf(out, "metric cycles_actual count higher %lu\n", seen.cycles);
	fprintf(out, "metric cycles_missed count lower %lu\n", seen.missed);
	fprintf(out, "hist latency us %lu", seen.overflow);
	for (long i = 0; i < BINS; i++)
		if (seen.bin[i])
			fprintf(out, " %ld:%ld:%lu", i, i + 1, seen.bin[i]);
	fprintf(out, "\n");
}

static int cyclictest_run(void)
{
	const char *variant = getenv("SCXB_VARIANT") ?: "";
	pid_t load = 0;

	if (!strcmp(variant, "loaded")) {
		load = load_start();
		if (load < 0)
			return 1;
	}
	if (cyclictest_measure(load) || read_json())
		return 1;
	put_back_missed();
	cyclictest_report();
	return 0;
}

int main(int argc, char **argv)
{
	return kit_main(argc, argv, cyclictest_describe, cyclictest_run);
}
