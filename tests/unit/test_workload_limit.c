/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How long a workload may take: what still works is slow, what does nothing hangs. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <cmocka.h>
#include "scratch.h"
#include "util/fs.h"
#include "workload/workload.h"

static struct cgroup fake;
static char *script, *log_file, *stat_file;

static void put_file(const char *path, const char *text)
{
	assert_int_equal(fs_write_durable(path, text, strlen(text)), 0);
}

static int setup(void **state)
{
	if (scratch_setup(state) || fs_mkdirs(scratch_path("sys/fs/cgroup/w")))
		return -1;
	put_file(scratch_path("sys/fs/cgroup/w/cgroup.procs"), "");
	put_file(scratch_path("sys/fs/cgroup/w/cgroup.kill"), "");
	put_file(scratch_path("sys/fs/cgroup/w/cgroup.events"), "populated 0\nfrozen 0\n");
	put_file(stat_file = strdup(scratch_path("sys/fs/cgroup/w/cpu.stat")), "usage_usec 5\n");
	script = strdup(scratch_path("x"));
	log_file = strdup(scratch_path("log"));
	setenv("SCXBENCH_ROOT", scratch, 1);
	return cgroup_make("w", &fake);
}

static int teardown(void **state)
{
	unsetenv("SCXBENCH_ROOT");
	free(stat_file);
	free(script);
	free(log_file);
	free(fake.path);
	return scratch_teardown(state);
}

/* Each look finds ten seconds more of CPU time. */
static bool uses_cpu(void *ctx)
{
	static unsigned usec;
	char text[64];

	(void)ctx;
	snprintf(text, sizeof(text), "usage_usec %u\n", usec += 10000000);
	put_file(stat_file, text);
	return true;
}

/* A workload that has one second by itself. */
static int run_it(const char *text, const struct workload_run *more, struct why *why)
{
	struct workload w = { .name = "x", .path = script, .variant = "", .primary = "time", .timeout_s = 1 };
	struct workload_run run = *more;
	struct workload_usage usage;
	struct metrics m = { 0 };
	int err;

	put_file(script, text);
	assert_int_equal(chmod(script, 0755), 0);
	run.workload = &w;
	run.cgroup = &fake;
	run.scratch = scratch;
	run.log_path = log_file;
	err = workload_run(&run, &m, &usage, why);
	metrics_free(&m);
	return err;
}

static void what_still_runs_is_slow_and_does_not_hang(void **state)
{
	struct why why = { 0 };

	(void)state;
	assert_int_equal(run_it("#!/bin/sh\nsleep 60\n", &(struct workload_run){ .beat = uses_cpu }, &why),
			 -ETIMEDOUT);
	assert_non_null(
		strstr(why.text, "took longer than its limit: killed after 1 s, while its tasks still ran"));
}

static void what_uses_no_cpu_hangs(void **state)
{
	struct why why = { 0 };

	(void)state;
	assert_int_equal(run_it("#!/bin/sh\nsleep 60\n", &(struct workload_run){ 0 }, &why), -ETIMEDOUT);
	assert_string_equal(why.text, "hung: killed after 1 s");
}

static void a_longer_limit_than_its_own_holds(void **state)
{
	struct why why = { 0 };

	(void)state;
	assert_int_equal(run_it("#!/bin/sh\nsleep 1.3\n", &(struct workload_run){ .limit_s = 60 }, &why), 0);
}

#define WITH_ROOT(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_ROOT(what_still_runs_is_slow_and_does_not_hang),
		WITH_ROOT(what_uses_no_cpu_hangs),
		WITH_ROOT(a_longer_limit_than_its_own_holds),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
