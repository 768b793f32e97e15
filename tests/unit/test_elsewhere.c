/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Threads of this program as those of a workload: which are outside the ext class, by name and policy. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sample/elsewhere.h"
#include "scratch.h"
#include "util/fs.h"
#include "util/mem.h"

/* A machine below the scratch directory, whose workload is this process. */
static struct cgroup make_machine(const char *switch_all)
{
	struct cgroup cgroup = { .path = mem_strdup(scratch_path("cgroup")) };
	char *tid = mem_printf("%d\n1073741823\n", getpid()),
	     *of_it = mem_strdup(scratch_path("cgroup/below/deep")),
	     *proc = mem_printf("%s/proc/%d", scratch, getpid());

	setenv("SCXBENCH_ROOT", scratch, 1);
	assert_int_equal(fs_mkdirs(of_it), 0);
	assert_int_equal(fs_mkdirs(proc), 0);
	assert_int_equal(fs_mkdirs(scratch_path("sys/kernel/sched_ext")), 0);
	assert_int_equal(fs_save(scratch_path("sys/kernel/sched_ext/switch_all"), switch_all), 0);
	assert_int_equal(fs_save(scratch_path("sys/kernel/sched_ext/state"), "enabled\n"), 0);
	assert_int_equal(fs_save(scratch_path("cgroup/cgroup.threads"), ""), 0);
	assert_int_equal(fs_save(scratch_path("cgroup/below/deep/cgroup.threads"), tid), 0);
	free(of_it);
	of_it = mem_printf("%s/comm", proc);
	assert_int_equal(fs_save(of_it, "load\n"), 0);
	free(of_it);
	free(proc);
	free(tid);
	return cgroup;
}

static void expect(const char *switch_all, int policy, const char *text)
{
	struct sched_param none = { 0 };
	struct cgroup cgroup = make_machine(switch_all);
	struct elsewhere *e = elsewhere_begin(&cgroup);
	char *found = elsewhere_text(e);

	assert_non_null(strstr(found, "it ended before its threads were looked at"));
	assert_int_equal(!!strstr(found, "SCX_OPS_SWITCH_PARTIAL"), *switch_all == '0');
	free(found);
	assert_int_equal(sched_setscheduler(0, policy, &none), 0);
	elsewhere_look(e);
	elsewhere_look(e);
	assert_int_equal(sched_setscheduler(0, SCHED_OTHER, &none), 0);
	found = elsewhere_text(e);
	assert_string_equal(found, text);
	free(found);
	elsewhere_end(e);
	free(cgroup.path);
	unsetenv("SCXBENCH_ROOT");
}

static void ordinary_tasks_are_in_the_class(void **state)
{
	(void)state;
	expect("1\n", SCHED_BATCH,
	       "none of its threads was seen there; a process that leaves the workload's cgroup counts too");
}

static void not_under_a_policy_that_wants_to_be_chosen(void **state)
{
	(void)state;
	expect("0\n", SCHED_BATCH,
	       "1 thread 'load' in SCHED_BATCH; the policy schedules SCHED_EXT tasks only "
	       "(SCX_OPS_SWITCH_PARTIAL)");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(ordinary_tasks_are_in_the_class, scratch_setup,
						scratch_teardown),
		cmocka_unit_test_setup_teardown(not_under_a_policy_that_wants_to_be_chosen, scratch_setup,
						scratch_teardown),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
