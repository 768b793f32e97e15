/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A task like the workload's goes round the CPUs of this machine, and is gone whatever holds it up. */
#include <errno.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>
#include "scratch.h"
#include "util/affinity.h"
#include "util/clock.h"
#include "util/fs.h"

/* What the task did: shared with it. */
static struct seen {
	unsigned stops, elsewhere; /* naps; of them on another CPU than the one that was asked for */
	int class;
} *seen;
static bool stuck; /* it never wakes from a nap */

static void nap(double seconds)
{
	struct affinity now, here = { 0 };

	clock_sleep(seconds);
	affinity_add(&here, sched_getcpu());
	seen->stops++;
	seen->elsewhere += affinity_get(&now) || !affinity_same(&now, &here);
	seen->class = sched_getscheduler(0);
	while (stuck)
		pause();
}

#define clock_sleep nap
#include "workload/visit.c" /* NOLINT(bugprone-suspicious-include) */

static struct cgroup cgroup;
static bool goes_on;
static unsigned beats;

static bool beat(void *ctx)
{
	(void)ctx;
	beats++;
	return goes_on;
}

static int setup(void **state)
{
	if (scratch_setup(state) || fs_mkdirs(scratch_path("cgroup")) ||
	    fs_save(scratch_path("cgroup/cgroup.procs"), ""))
		return -1;
	cgroup.path = strdup(scratch_path("cgroup"));
	seen = mmap(NULL, sizeof(*seen), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	stuck = false;
	goes_on = true;
	beats = 0;
	return seen == MAP_FAILED ? -1 : 0;
}

static int teardown(void **state)
{
	munmap(seen, sizeof(*seen));
	free(cgroup.path);
	return scratch_teardown(state);
}

static int visit(double limit_s)
{
	struct workload_run run = { .cgroup = &cgroup, .beat = beat };
	int err = workload_visit(&run, limit_s);

	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	return err;
}

static void it_stops_on_each_cpu(void **state)
{
	struct affinity allowed;
	int nr;

	(void)state;
	assert_int_equal(affinity_get(&allowed), 0);
	free(affinity_list(&allowed, &nr));
	assert_int_equal(visit(60), 0);
	assert_int_equal(seen->stops, nr);
	assert_int_equal(seen->elsewhere, 0);
	assert_int_equal(seen->class, SCHED_OTHER);
}

static void it_is_killed_when_its_time_is_over(void **state)
{
	(void)state;
	stuck = true;
	assert_int_equal(visit(0.001), -ETIMEDOUT);
}

static void it_is_killed_when_the_policy_left(void **state)
{
	(void)state;
	stuck = true;
	goes_on = false;
	assert_int_equal(visit(60), -ECANCELED);
	assert_int_equal(beats, 1);
}

static void it_enters_the_cgroup_or_says_why_not(void **state)
{
	char *text;

	(void)state;
	assert_int_equal(visit(60), 0);
	assert_int_equal(fs_read(scratch_path("cgroup/cgroup.procs"), &text, NULL), 0);
	assert_true(text[0]);
	free(text);
	assert_int_equal(unlink(scratch_path("cgroup/cgroup.procs")), 0);
	assert_int_equal(visit(60), -ENOENT);
	assert_int_equal(seen->elsewhere, 0);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(it_stops_on_each_cpu),
		TEST(it_is_killed_when_its_time_is_over),
		TEST(it_is_killed_when_the_policy_left),
		TEST(it_enters_the_cgroup_or_says_why_not),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
