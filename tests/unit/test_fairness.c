/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "control/quota.h"
#include "monitor/fairness_watch.h"
#include "scratch.h"
#include "util/fs.h"
#include "util/cause.h"

#define near(got, want) assert_float_equal(got, want, 1e-9)

static void weights_and_quotas_are_read(void **state)
{
	static const char *const bad[] = { "",
					   "0",
					   "-1",
					   "x",
					   "1x",
					   "10001",
					   "nan",
					   "1@",
					   "1@25",
					   "1@25%",
					   "1@101%machine",
					   "1@25%%machine" };
	double weight;
	__u32 quota;

	(void)state;
	assert_true(fairness_weight_parse("2.5", &weight, &quota));
	near(weight, 2.5);
	assert_int_equal(quota, 0);
	assert_true(fairness_weight_parse("4@25%machine", &weight, &quota));
	near(weight, 4);
	near(quota_cpus(quota, 8), 2);
	assert_true(fairness_weight_parse("4@1.5cpu", &weight, &quota));
	near(quota_cpus(quota, 8), 1.5);
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_false(fairness_weight_parse(bad[i], &weight, &quota));
}

/* A machine of files. */

static void write_file(const char *path, const char *text)
{
	FILE *file = fopen(scratch_path(path), "w");

	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static void make_dirs(const char *path)
{
	assert_int_equal(fs_mkdirs(scratch_path(path)), 0);
}

static void write_thread(int pid, int tid, double ran, double waited, char state)
{
	char path[64], text[128];

	snprintf(path, sizeof(path), "proc/%d/task/%d", pid, tid);
	make_dirs(path);
	snprintf(path, sizeof(path), "proc/%d", tid);
	make_dirs(path);
	snprintf(path, sizeof(path), "proc/%d/schedstat", tid);
	snprintf(text, sizeof(text), "%.0f %.0f 17\n", ran * 1e9, waited * 1e9);
	write_file(path, text);
	snprintf(path, sizeof(path), "proc/%d/stat", tid);
	snprintf(text, sizeof(text), "%d (a) R (b) %c 1 1\n", tid, state);
	write_file(path, text);
}

static void write_cpus(int tid, const char *list)
{
	char path[64], text[128];

	snprintf(path, sizeof(path), "proc/%d/status", tid);
	snprintf(text, sizeof(text),
		 "Name:\tx\nTgid:\t%d\nCpus_allowed:\tff\nCpus_allowed_list:\t%s\nMems:\t0\n", tid, list);
	write_file(path, text);
}

static void write_cgroup(const char *name, double used, const char *threads)
{
	char path[128], text[64];

	snprintf(path, sizeof(path), "sys/fs/cgroup/%s", name);
	make_dirs(path);
	snprintf(path, sizeof(path), "sys/fs/cgroup/%s/cpu.stat", name);
	snprintf(text, sizeof(text), "usage_usec %.0f\nuser_usec 3\n", used * 1e6);
	write_file(path, text);
	snprintf(path, sizeof(path), "sys/fs/cgroup/%s/cgroup.threads", name);
	write_file(path, threads);
}

static struct fairness_target two[] = { { "cgroup:/a", 1, 0 }, { "pid:20", 1, 0 } };

static int root_setup(void **state)
{
	int err = scratch_setup(state);

	setenv("SCXBENCH_ROOT", scratch, 1);
	write_cgroup("a", 1000, "10\n");
	write_cgroup("a/below", 0, "11\n");
	write_thread(10, 10, 500, 500, 'R');
	write_thread(11, 11, 100, 100, 'S');
	write_thread(20, 20, 300, 300, 'R');
	return err;
}

static int root_teardown(void **state)
{
	unsetenv("SCXBENCH_ROOT");
	return scratch_teardown(state);
}

/* One CPU, that thread 10 has for three quarters and thread 20 for the rest; 11 sleeps. */
static void shares_of_groups_and_processes(void **state)
{
	struct fairness_watch *w = fairness_watch_begin(two, 2, 1);
	struct fairness f;

	(void)state;
	fairness_begin(&f, 2);
	for (int step = 0; step <= FAIRNESS_STEPS + 4; step++) {
		double t = step * 0.1;

		write_cgroup("a", 1000 + 0.75 * t, "10\n");
		write_thread(10, 10, 500 + 0.75 * t, 500 + 0.25 * t, 'R');
		write_thread(20, 20, 300 + 0.25 * t, 300 + 0.75 * t, 'R');
		assert_int_equal(fairness_watch_step(w, t, &f), 0);
	}
	assert_int_equal(f.windows, 5);
	assert_int_equal(f.contended, 5);
	assert_float_equal(f.share[0].ratio, 1.5, 1e-6);
	assert_float_equal(f.share[1].ratio, 0.5, 1e-6);
	near(fairness_watch_starved(w, 0), 0);
	fairness_watch_end(w);
	fairness_free(&f);
}

/* The kernel accounts a wait when it is over: it must count before, and once. */
static void a_wait_that_lasts_counts(void **state)
{
	struct fairness_watch *w = fairness_watch_begin(two, 2, 1);
	struct fairness f;

	(void)state;
	fairness_begin(&f, 2);
	for (int step = 0; step <= FAIRNESS_STEPS; step++) {
		double t = step * 0.1;

		write_cgroup("a", 1000 + t, "10\n");
		write_thread(10, 10, 500 + t, 500, 'R');
		assert_int_equal(fairness_watch_step(w, t, &f), 0);
	}
	assert_int_equal(f.contended, 1);
	assert_float_equal(f.share[1].deserved, 2.5, 1e-6);
	assert_float_equal(f.share[1].ratio, 0, 1e-6);
	assert_float_equal(fairness_watch_starved(w, 1), 5, 1e-6);

	/* It runs at last, hears of its wait, and sleeps ever after. */
	for (int step = FAIRNESS_STEPS + 1; step <= 3 * FAIRNESS_STEPS; step++) {
		double t = step * 0.1;

		write_cgroup("a", 1000 + t, "10\n");
		write_thread(10, 10, 500 + t, 500, 'R');
		write_thread(20, 20, 300.01, 305, 'S');
		fairness_free(&f);
		fairness_begin(&f, 2);
		assert_int_equal(fairness_watch_step(w, t, &f), 0);
	}
	assert_int_equal(f.windows, 1);
	assert_int_equal(f.contended, 0);
	assert_int_equal(f.share[1].windows, 0);
	assert_float_equal(fairness_watch_starved(w, 1), 5,
			   1e-6); /* and not while it slept, which was longer */
	fairness_watch_end(w);
	fairness_free(&f);
}

static void a_quota_is_of_the_machine(void **state)
{
	struct fairness_target quarter[] = { { "cgroup:/a", 1, SCXB_QUOTA_MACHINE | 250000 },
					     { "pid:20", 1, 0 } };
	struct fairness_watch *w = fairness_watch_begin(quarter, 2, 2);
	struct fairness f;

	(void)state;
	fairness_begin(&f, 2);
	for (int step = 0; step <= FAIRNESS_STEPS; step++) {
		double t = step * 0.1;

		write_cgroup("a", 1000 + 0.75 * t, "10\n");
		write_thread(10, 10, 500 + 0.75 * t, 500 + 0.25 * t, 'R');
		write_thread(20, 20, 300 + t, 300, 'R');
		assert_int_equal(fairness_watch_step(w, t, &f), 0);
	}
	assert_float_equal(f.share[0].deserved, 2.5, 1e-6); /* of 10 s of two CPUs */
	fairness_watch_end(w);
	fairness_free(&f);
}

/* Two CPUs: thread 20 and a stranger have CPU 1, thread 10 has CPU 0, to which it is bound, alone. */
static void affinity_bounds_what_is_deserved(void **state)
{
	struct fairness_target heavy[] = { { "cgroup:/a", 9, 0 }, { "pid:20", 1, 0 } };
	struct fairness_watch *w = fairness_watch_begin(heavy, 2, 2);
	struct fairness f;

	(void)state;
	write_cpus(10, "0");
	write_cpus(11, "0");
	write_cpus(20, "0-1");
	fairness_begin(&f, 2);
	for (int step = 0; step <= FAIRNESS_STEPS; step++) {
		double t = step * 0.1;

		write_cgroup("a", 1000 + t, "10\n");
		write_thread(10, 10, 500 + t, 500, 'R');
		write_thread(20, 20, 300 + 0.9 * t, 300 + 0.1 * t, 'R');
		assert_int_equal(fairness_watch_step(w, t, &f), 0);
	}
	assert_float_equal(f.share[0].deserved, 5, 1e-6);
	assert_float_equal(f.share[1].deserved, 4.5, 1e-6);
	assert_float_equal(f.share[1].ratio, 1, 1e-6);
	fairness_watch_end(w);
	fairness_free(&f);
}

static void threads_that_come_and_go(void **state)
{
	struct fairness_watch *w = fairness_watch_begin(two, 2, 1);
	struct fairness f;

	(void)state;
	fairness_begin(&f, 2);
	assert_int_equal(fairness_watch_step(w, 0, &f), 0);
	write_thread(20, 21, 0.05, 0, 'S'); /* new: all that it ran is of this process */
	assert_int_equal(fairness_watch_step(w, 0.1, &f), 0);
	remove(scratch_path("proc/20/task/21"));
	for (int step = 2; step <= FAIRNESS_STEPS; step++)
		assert_int_equal(fairness_watch_step(w, step * 0.1, &f), 0);
	assert_float_equal(f.share[1].received, 0.05, 1e-6);
	remove(scratch_path("proc/20/task/20"));
	remove(scratch_path("proc/20/task"));
	assert_int_equal(fairness_watch_step(w, 9, &f), -CAUSE_NOT_FOUND);
	fairness_watch_end(w);
	fairness_free(&f);
}

static void targets_may_not_share_a_thread(void **state)
{
	struct fairness_target same[] = { { "cgroup:a", 1, 0 }, { "cgroup:a/below", 1, 0 } };
	struct fairness_watch *w = fairness_watch_begin(same, 2, 1);
	struct fairness f;

	(void)state;
	fairness_begin(&f, 2);
	assert_int_equal(fairness_watch_step(w, 0, &f), -CAUSE_USAGE);
	fairness_watch_end(w);
	fairness_free(&f);
}

static void targets_are_read(void **state)
{
	static const char *const bad[] = { "",	       "pid:20",   "pid:20=",  "pid:20=0",
					   "tid:20=1", "policy=1", "comm:a=1", "nosuch=1" };
	struct fairness_target t;

	(void)state;
	write_file("proc/20/status", "Name:\tx\nTgid:\t20\n");
	assert_int_equal(fairness_target_parse("pid:20=3@50%machine", &t), 0);
	assert_string_equal(t.name, "pid:20");
	near(t.weight, 3);
	near(quota_cpus(t.quota, 2), 1);
	fairness_target_free(&t);
	make_dirs("sys/fs/cgroup/a=b");
	assert_int_equal(fairness_target_parse("cgroup:a=b=2", &t), 0);
	assert_string_equal(t.name, "cgroup:a=b");
	fairness_target_free(&t);
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_int_equal(fairness_target_parse(bad[i], &t), -CAUSE_USAGE);
	assert_int_equal(fairness_target_parse("pid:99=1", &t), -CAUSE_NOT_FOUND);
	assert_int_equal(fairness_target_parse("cgroup:none=1", &t), -CAUSE_NOT_FOUND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(weights_and_quotas_are_read),
		cmocka_unit_test_setup_teardown(shares_of_groups_and_processes, root_setup, root_teardown),
		cmocka_unit_test_setup_teardown(a_wait_that_lasts_counts, root_setup, root_teardown),
		cmocka_unit_test_setup_teardown(a_quota_is_of_the_machine, root_setup, root_teardown),
		cmocka_unit_test_setup_teardown(affinity_bounds_what_is_deserved, root_setup, root_teardown),
		cmocka_unit_test_setup_teardown(threads_that_come_and_go, root_setup, root_teardown),
		cmocka_unit_test_setup_teardown(targets_may_not_share_a_thread, root_setup, root_teardown),
		cmocka_unit_test_setup_teardown(targets_are_read, root_setup, root_teardown),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
