/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A workload and its keeper: nothing that it does gets past it. */
#include <errno.h>
#include <math.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <cmocka.h>
#include "scratch.h"
#include "util/fs.h"
#include "util/cause.h"
#include "workload/describe.h"

static struct cgroup fake;

static void put(const char *path, const char *text, mode_t mode)
{
	assert_int_equal(fs_write_durable(path, text, strlen(text)), 0);
	assert_int_equal(chmod(path, mode), 0);
}

static int setup(void **state)
{
	if (scratch_setup(state) || fs_mkdirs(scratch_path("sys/fs/cgroup/w")) ||
	    fs_mkdirs(scratch_path("workloads")) || fs_mkdirs(scratch_path("tmp")))
		return -1;
	put(scratch_path("sys/fs/cgroup/w/cgroup.procs"), "", 0644);
	put(scratch_path("sys/fs/cgroup/w/cgroup.kill"), "", 0644);
	put(scratch_path("sys/fs/cgroup/w/cgroup.events"), "populated 0\nfrozen 0\n", 0644);
	put(scratch_path("sys/fs/cgroup/w/cpu.stat"), "usage_usec 5\nuser_usec 3\n", 0644);
	setenv("SCXBENCH_ROOT", scratch, 1);
	return cgroup_make("w", &fake);
}

static int teardown(void **state)
{
	unsetenv("SCXBENCH_ROOT");
	free(fake.path);
	return scratch_teardown(state);
}

/* A workload whose "run" is a line of shell. */
/* What no test waits for is far off, however busy the machine. */
static int timeout_s = 60;

static const char *primary = "time";
static const char *keys = ""; /* more lines of its description */

static void put_script(const char *name, const char *run)
{
	char path[64], text[1024];

	snprintf(path, sizeof(path), "workloads/%s", name);
	snprintf(text, sizeof(text),
		 "#!/bin/sh\ncase $1 in --describe) echo 'summary s\nprimary %s\ntimeout_s %d"
		 "%s%s' ;; run) %s ;; esac\n",
		 primary, timeout_s, keys, strstr(run, "undo)") ? "\nundo yes" : "", run);
	put(scratch_path(path), text, 0755);
}

static bool (*beat)(void *);
static const struct account *user;		      /* as which it runs */
static const char *const env[] = { "GIVEN=5", NULL }; /* in every call */

static int run_script(const char *script, struct metrics *m, struct why *why)
{
	struct workload_usage usage;
	struct workload *list;
	struct workload_run run;
	int err;

	put_script("x", script);
	assert_int_equal(workload_list(scratch, env, user, &list), 0);
	assert_int_equal(workload_count(list), 1);
	run = (struct workload_run){ .workload = list,
				     .cgroup = &fake,
				     .cpus = 3,
				     .seed = 7,
				     .beat = beat,
				     .scratch = scratch_path("tmp"),
				     .log_path = scratch_path("log") };
	err = workload_run(&run, m, &usage, why);
	workload_list_free(list);
	/* Whatever it was: no child is left, running or dead. */
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	return err;
}

static void what_has_nothing_to_prepare_is_not_called(void **state)
{
	struct workload none = {
		.name = (char *)"x", .path = (char *)"/none", .variant = (char *)"", .timeout_s = 60
	};
	struct workload_run run = { .workload = &none,
				    .cgroup = &fake,
				    .scratch = scratch_path("tmp"),
				    .log_path = scratch_path("log") };
	struct why why = { 0 };

	(void)state;
	assert_int_equal(workload_prepare(&run, &why), 0);
	none.prepares = true;
	assert_int_equal(workload_prepare(&run, &why), -ENOENT);
}

static void results_come_from_their_descriptor(void **state)
{
	struct metrics m = { 0 };
	struct why why;

	(void)state;
	assert_int_equal(run_script("echo chat; echo metric cpus count none $SCXB_CPUS >&3; "
				    "echo metric given s none $GIVEN >&3; "
				    "echo metric seed count none $SCXB_SEED >&$SCXB_RESULT_FD; sleep 0.05",
				    &m, &why),
			 0);
	assert_true(metrics_find(&m, "cpus")->value == 3 && metrics_find(&m, "seed")->value == 7);
	assert_true(metrics_find(&m, "given")->value == 5 && !getenv("GIVEN"));
	assert_true(metrics_find(&m, "time")->value >= 0.05); /* measured by us */
	metrics_free(&m);
}

static void failures_have_their_own_error_and_reason(void **state)
{
	static const struct {
		const char *run;
		int err;
		const char *why;
	} cases[] = {
		{ "echo no luck >&2; exit 3", -ECHILD, "exited with 3: no luck" },
		{ "kill -SEGV $$", -ECHILD, "signal 11" },
		{ "echo hello >&3", -EBADMSG, "hello" },
		{ "printf 'metric a count none 1\\n\\000junk\\n' >&3", -EBADMSG, "?junk" },
		{ "trap '' TERM INT HUP; while :; do sleep 9; done", -ETIMEDOUT, "hung" },
		{ "cat /dev/zero >&3", -EBADMSG, "16 MiB" },
		{ "exec 3>&-; trap '' TERM; sleep 9", -ETIMEDOUT, "hung" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct metrics m = { 0 };
		struct why why = { 0 };
		int err;

		timeout_s = cases[i].err == -ETIMEDOUT ? 1 : 60;
		err = run_script(cases[i].run, &m, &why);
		timeout_s = 60;
		if (err != cases[i].err || !strstr(why.text, cases[i].why))
			fail_msg("'%s' gave %d, '%s'", cases[i].run, err, why.text);
		metrics_free(&m);
		unlink(scratch_path("log"));
	}
}

static void only_the_time_is_measured_for_it(void **state)
{
	struct metrics m = { 0 };
	struct why why = { 0 };

	(void)state;
	primary = "latency";
	assert_int_equal(run_script("echo metric other us lower 1 >&3", &m, &why), -EBADMSG);
	primary = "time";
	assert_non_null(strstr(why.text, "did not report its primary metric latency"));
	metrics_free(&m);
}

static void it_is_not_in_the_class_of_the_harness(void **state)
{
	const struct sched_param param = { 0 };
	struct metrics m = { 0 };
	struct why why = { 0 };

	(void)state;
	assert_int_equal(sched_setscheduler(0, SCHED_BATCH, &param), 0);
	assert_int_equal(run_script("set -- $(sed 's/.*) //' /proc/$$/stat); shift 38; "
				    "echo metric class count none $1 >&3",
				    &m, &why),
			 0);
	assert_int_equal(sched_setscheduler(0, SCHED_OTHER, &param), 0);
	assert_true(metrics_find(&m, "class")->value == SCHED_OTHER);
	metrics_free(&m);
}

static void it_may_open_as_many_files_as_the_hard_limit_allows(void **state)
{
	struct metrics m = { 0 };
	struct rlimit before, low;
	struct why why = { 0 };

	(void)state;
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
	low = (struct rlimit){ .rlim_cur = 128, .rlim_max = before.rlim_max };
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &low), 0);
	assert_int_equal(run_script("echo metric files count none $(ulimit -n) >&3", &m, &why), 0);
	setrlimit(RLIMIT_NOFILE, &before);
	assert_true(metrics_find(&m, "files")->value == (double)before.rlim_max);
	metrics_free(&m);
}

/* "KEY VALUE" for each of these lines of its own status, from the file that it leaves. */
static char *rights_seen(struct account *a)
{
	struct metrics m = { 0 };
	struct why why = { 0 };
	char *text;
	int err;

	assert_int_equal(chmod(scratch, 0711), 0);
	assert_int_equal(chmod(scratch_path("tmp"), 0777), 0);
	user = a;
	err = run_script("grep -E '^(Uid|Gid|Groups|Cap|NoNew)' /proc/self/status | tr -s '\\t ' ' ' >seen; "
			 "echo $USER >>seen; echo chat >/dev/stderr; echo metric x s none 1 >/dev/fd/3",
			 &m, &why);
	user = NULL;
	assert_string_equal(why.text, "");
	assert_int_equal(err, 0);
	metrics_free(&m);
	assert_int_equal(fs_read(scratch_path("tmp/seen"), &text, NULL), 0);
	return text;
}

static void another_user_has_no_rights_but_those_that_the_workload_needs(void **state)
{
	struct account nobody;
	char *text;

	(void)state;
	account_default(&nobody);
	if (!account_other(&nobody)) {
		account_free(&nobody);
		skip();
	}
	text = rights_seen(&nobody);
	assert_string_equal(text, "Uid: 65534 65534 65534 65534\nGid: 65534 65534 65534 65534\n"
				  "Groups: 65534 \nCapInh: 0000000000000000\nCapPrm: 0000000000000000\n"
				  "CapEff: 0000000000000000\nCapBnd: 0000000000000000\n"
				  "CapAmb: 0000000000000000\nNoNewPrivs: 1\nnobody\n");
	free(text);
	keys = "\nneeds CAP_SYS_NICE CAP_KILL";
	text = rights_seen(&nobody);
	keys = "";
	assert_non_null(strstr(text, "Uid: 65534 65534 65534 65534\n"));
	assert_non_null(strstr(text, "CapEff: 0000000000800020\nCapBnd: 0000000000800020\n"));
	free(text);
	keys = "\nneeds root";
	text = rights_seen(&nobody);
	keys = "";
	assert_non_null(strstr(text, "Uid: 0 0 0 0\n"));
	free(text);
	account_free(&nobody);
}

static void one_that_the_user_cannot_execute_is_a_wrong_use(void **state)
{
	struct account nobody;
	struct workload *list;

	(void)state;
	account_default(&nobody);
	put_script("private", "true");
	assert_int_equal(chmod(scratch, 0711), 0);
	assert_int_equal(chmod(scratch_path("workloads/private"), 0700), 0);
	assert_int_equal(workload_list(scratch, NULL, account_other(&nobody), &list),
			 account_other(&nobody) ? -CAUSE_USAGE : 0);
	workload_list_free(list);
	account_free(&nobody);
}

static void leftovers_die_in_any_session(void **state)
{
	struct metrics m = { 0 };
	struct why why;

	(void)state;
	assert_int_equal(
		run_script("for i in 1 2 3 4 5 6 7 8 9; do (setsid sh -c \"trap '' TERM; sleep 99\" &); done",
			   &m, &why),
		0);
	metrics_free(&m);
}

/* Its own end, a kill or ours: what it did to the machine is undone, once, in its directory. */
static void what_it_changed_is_undone(void **state)
{
	static const char *const ends[] = { "", "kill -KILL $$", "sleep 99" };
	struct why why;
	char *text;

	(void)state;
	for (int i = 0; i < 3; i++) {
		struct metrics m = { 0 };
		char script[128];

		snprintf(script, sizeof(script), "echo done >changed; %s ;; undo) echo undone >>changed",
			 ends[i]);
		timeout_s = i == 2 ? 2 : 60;
		run_script(script, &m, &why);
		timeout_s = 60;
		assert_int_equal(fs_read(scratch_path("tmp/changed"), &text, NULL), 0);
		assert_string_equal(text, "done\nundone\n");
		free(text);
		metrics_free(&m);
	}
}

static void an_undo_that_fails_is_told(void **state)
{
	struct metrics m = { 0 };
	struct why why;

	(void)state;
	assert_int_equal(run_script("true ;; undo) exit 1", &m, &why), -EIO);
	assert_non_null(strstr(why.text, "undone"));
	metrics_free(&m);
}

static bool refuse(void *ctx)
{
	(void)ctx;
	return false;
}

static void a_beat_can_end_it(void **state)
{
	struct metrics m = { 0 };
	struct why why;

	(void)state;
	beat = refuse;
	assert_int_equal(run_script("sleep 99", &m, &why), -ECANCELED);
	beat = NULL;
	metrics_free(&m);
}

static void only_what_describes_itself_is_listed(void **state)
{
	struct workload *list;

	(void)state;
	put_script("good", "true");
	put_script("a.dot", "true");
	put(scratch_path("workloads/README.md"), "text", 0755);
	put(scratch_path("workloads/data"), "text", 0644);
	put(scratch_path("workloads/rude"), "#!/bin/sh\necho hi\n", 0755);
	put(scratch_path("workloads/broken"), "#!/bin/sh\nexit 1\n", 0755);
	assert_int_equal(workload_list(scratch, NULL, NULL, &list), 0);
	assert_int_equal(workload_count(list), 1);
	assert_string_equal(list->name, "good");
	workload_list_free(list);
	assert_int_equal(workload_list(scratch_path("none"), NULL, NULL, &list), -CAUSE_CANT);
	workload_list_free(list);
}

static void a_cgroup_tells_its_cpu_time(void **state)
{
	struct cgroup none = { .path = (char *)scratch_path("none") };
	uint64_t ns;

	(void)state;
	assert_int_equal(cgroup_cpu_ns(&fake, &ns), 0);
	assert_int_equal(ns, 5000);
	assert_int_equal(cgroup_cpu_ns(&none, &ns), -ENOENT);
}

#define WITH_ROOT(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_ROOT(what_has_nothing_to_prepare_is_not_called),
		WITH_ROOT(results_come_from_their_descriptor),
		WITH_ROOT(failures_have_their_own_error_and_reason),
		WITH_ROOT(only_the_time_is_measured_for_it),
		WITH_ROOT(it_is_not_in_the_class_of_the_harness),
		WITH_ROOT(it_may_open_as_many_files_as_the_hard_limit_allows),
		WITH_ROOT(another_user_has_no_rights_but_those_that_the_workload_needs),
		WITH_ROOT(one_that_the_user_cannot_execute_is_a_wrong_use),
		WITH_ROOT(leftovers_die_in_any_session),
		WITH_ROOT(a_beat_can_end_it),
		WITH_ROOT(what_it_changed_is_undone),
		WITH_ROOT(an_undo_that_fails_is_told),
		WITH_ROOT(only_what_describes_itself_is_listed),
		WITH_ROOT(a_cgroup_tells_its_cpu_time),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("workload", tests, NULL, NULL);
}
