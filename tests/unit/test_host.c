/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The host's settings on a machine made of files: what is there, what changes, what comes back. */
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <cmocka.h>
#include "scratch.h"
#include "host/change.h"
#include "host/host.h"
#include "host/lock.h"
#include "util/process.h"
#include "host/settings.h"
#include "util/fs.h"
#include "util/mem.h"
#include "util/cause.h"

#define CPU "/sys/devices/system/cpu"
#define AUTOGROUP "/proc/sys/kernel/sched_autogroup_enabled"
#define THP "/sys/kernel/mm/transparent_hugepage/enabled"
#define RESTORE "/run/scxbench/host-restore"

static void put(const char *path, const char *text)
{
	char *dir = mem_strdup(fs_sys("%s", path));

	*strrchr(dir, '/') = '\0';
	assert_int_equal(fs_mkdirs(dir), 0);
	free(dir);
	assert_int_equal(fs_write_durable(fs_sys("%s", path), text, strlen(text)), 0);
}

static void holds(const char *path, const char *text)
{
	char *line;

	assert_int_equal(fs_read_line(fs_sys("%s", path), &line), 0);
	assert_string_equal(line, text);
	free(line);
}

static int machine(void **state)
{
	int err = scratch_setup(state);

	setenv("SCXBENCH_ROOT", scratch, 1);
	put(AUTOGROUP, "1\n");
	put(THP, "always [madvise] never\n");
	put(CPU "/cpufreq/policy0/scaling_governor", "powersave\n");
	put(CPU "/cpufreq/policy0/scaling_available_governors", "performance powersave\n");
	put(CPU "/cpufreq/policy1/scaling_governor", "performance\n");
	put(CPU "/intel_pstate/no_turbo", "0\n");
	return err;
}

static struct host_wish wish(const char *text)
{
	struct host_wish w = { 0 };

	assert_int_equal(host_wish_parse(&w, text), 0);
	return w;
}

static char *planned(const char *text)
{
	struct host_wish w = wish(text);
	struct changes c = { 0 };
	char *out = NULL;
	size_t len;
	FILE *f = open_memstream(&out, &len);

	assert_int_equal(settings_plan(&w, &c), 0);
	for (size_t i = 0; i < c.nr; i++)
		fprintf(f, "%s: %s > %s\n", c.change[i].path, c.change[i].before,
			c.change[i].after ? c.change[i].after : "-");
	fclose(f);
	changes_free(&c);
	return out;
}

static void plans(const char *text, const char *wanted)
{
	char *got = planned(text);

	assert_string_equal(got, wanted);
	free(got);
}

#define NO_AUTOGROUP AUTOGROUP ": 1 > 0\n"

static void only_what_differs_is_changed(void **state)
{
	(void)state;
	plans("thp=keep", NO_AUTOGROUP);
	plans("thp=madvise", NO_AUTOGROUP);
	plans("thp=never", NO_AUTOGROUP THP ": madvise > never\n");
	plans("turbo=on", NO_AUTOGROUP);
	plans("turbo=off", NO_AUTOGROUP CPU "/intel_pstate/no_turbo: 0 > 1\n");
	plans("governor=performance",
	      NO_AUTOGROUP CPU "/cpufreq/policy0/scaling_governor: powersave > performance\n");
}

/* The energy preference comes first, so that it is put back last. */
static void what_a_driver_alters_is_kept(void **state)
{
	(void)state;
	put(CPU "/cpufreq/policy0/energy_performance_preference", "balance_power\n");
	put(CPU "/cpufreq/policy1/energy_performance_preference", "performance\n");
	plans("governor=performance",
	      NO_AUTOGROUP CPU "/cpufreq/policy0/energy_performance_preference: balance_power > -\n" CPU
			       "/cpufreq/policy1/energy_performance_preference: performance > -\n" CPU
			       "/cpufreq/policy0/scaling_governor: powersave > performance\n");
	put(CPU "/cpufreq/policy0/schedutil/rate_limit_us", "500\n");
	plans("governor=performance",
	      NO_AUTOGROUP CPU "/cpufreq/policy0/energy_performance_preference: balance_power > -\n" CPU
			       "/cpufreq/policy1/energy_performance_preference: performance > -\n" CPU
			       "/cpufreq/policy0/schedutil/rate_limit_us: 500 > -\n" CPU
			       "/cpufreq/policy0/scaling_governor: powersave > performance\n");
	put(CPU "/cpufreq/policy1/scaling_max_freq", "3000000\n");
	plans("turbo=on", NO_AUTOGROUP);
	plans("turbo=off", NO_AUTOGROUP CPU "/cpufreq/policy1/scaling_max_freq: 3000000 > -\n" CPU
					    "/intel_pstate/no_turbo: 0 > 1\n");
}

static void turbo_has_two_places(void **state)
{
	(void)state;
	unlink(fs_sys(CPU "/intel_pstate/no_turbo"));
	put(CPU "/cpufreq/boost", "1\n");
	plans("turbo=off", NO_AUTOGROUP CPU "/cpufreq/boost: 1 > 0\n");
}

static void what_is_not_there_is_left_out(void **state)
{
	(void)state;
	unlink(fs_sys(AUTOGROUP));
	unlink(fs_sys(THP));
	plans("thp=never,irqbalance=off", "");
}

static void a_governor_must_be_offered(void **state)
{
	struct host_wish w = wish("governor=perform");
	struct changes c = { 0 };

	(void)state;
	assert_int_equal(settings_plan(&w, &c), -CAUSE_USAGE);
	assert_int_equal(c.nr, 0);
}

static void wishes_are_checked(void **state)
{
	static const char *const bad[] = { "",
					   "turbo",
					   "turbo=",
					   "turbo=maybe",
					   "turbo=on off",
					   "autogroup=off",
					   "color=1",
					   "thp=alwa",
					   "irqbalance=on",
					   "governor=",
					   "governor=a b",
					   "governor=0123456789012345678901234567890123" };
	struct host_wish w = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_int_equal(host_wish_parse(&w, bad[i]), -CAUSE_USAGE);
	w = wish("turbo=off,thp=always,turbo=keep");
	assert_string_equal(w.want[HOST_TURBO], "");
	assert_string_equal(w.want[HOST_THP], "always");
}

static void a_restore_file_is_read_back(void **state)
{
	struct changes c = { 0 }, again;
	char *text;

	(void)state;
	changes_add(&c, THP, "madvise", "never");
	changes_add(&c, CHANGE_PROCESS "irqbalance", PROCESS_RUNNING, PROCESS_STOPPED);
	text = changes_text(&c);
	assert_int_equal(changes_parse(text, &again), 0);
	assert_int_equal(again.nr, 2);
	assert_string_equal(again.change[0].path, THP);
	assert_string_equal(again.change[0].before, "madvise");
	assert_string_equal(again.change[1].path, CHANGE_PROCESS "irqbalance");
	free(text);
	changes_free(&c);
	changes_free(&again);
}

static void a_restore_file_names_settings_only(void **state)
{
	static const char *const bad[] = { "x",
					   ("\t" THP),
					   "x\t/etc/passwd",
					   "x\t/sys/../etc/passwd",
					   "x\t/sys/power/state",
					   "x\t/proc/sys/kernel/core_pattern",
					   "x\t" CPU "/cpufreq/policy0/../../x/scaling_governor",
					   "x\t" CHANGE_PROCESS "init",
					   "x\tsys/a" };
	struct changes c;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_int_equal(changes_parse(bad[i], &c), -EINVAL);
}

/* Root would write whatever it says. */
static void a_restore_file_that_others_may_write_is_not_applied(void **state)
{
	(void)state;
	put(RESTORE, "0\t" AUTOGROUP "\n");
	assert_int_equal(chmod(fs_sys(RESTORE), 0622), 0);
	assert_int_equal(host_recover(), -CAUSE_DAMAGED);
	holds(AUTOGROUP, "1");
	assert_true(fs_exists(fs_sys(RESTORE)));
}

/* Who can open the lock can hold it. */
static void nobody_else_can_open_the_lock(void **state)
{
	const char *path = fs_sys("/run/scxbench/lock");
	struct stat st;

	(void)state;
	put("/run/scxbench/lock", "");
	assert_int_equal(chmod(path, 0666), 0);
	assert_int_equal(lock_take(path), 0);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	lock_give();
}

static void what_a_dead_process_left_is_put_back(void **state)
{
	(void)state;
	put(THP, "never\n");
	put(RESTORE,
	    "1\t" AUTOGROUP "\nmadvise\t" THP "\npowersave\t" CPU "/cpufreq/policy9/scaling_governor\n");
	put(AUTOGROUP, "0\n");
	assert_int_equal(host_recover(), 0);
	holds(AUTOGROUP, "1");
	holds(THP, "madvise");
	assert_false(fs_exists(fs_sys(RESTORE)));
	assert_int_equal(host_recover(), 0);
}

static void what_cannot_be_put_back_is_not_forgotten(void **state)
{
	(void)state;
	unlink(fs_sys(THP));
	assert_int_equal(fs_mkdirs(fs_sys(THP)), 0); /* writing to it fails, for root too */
	put(RESTORE, "1\t" AUTOGROUP "\nmadvise\t" THP "\n");
	put(AUTOGROUP, "0\n");
	assert_int_equal(host_recover(), -EIO);
	holds(AUTOGROUP, "1");
	assert_true(fs_exists(fs_sys(RESTORE)));
	put(RESTORE, "rubbish");
	assert_int_equal(host_recover(), -CAUSE_DAMAGED);
	assert_true(fs_exists(fs_sys(RESTORE)));
}

/* A child that holds the lock until it is killed. */
static pid_t holder(void)
{
	int ready[2];
	pid_t pid;
	char c;

	assert_int_equal(pipe(ready), 0);
	pid = fork();
	if (!pid) {
		fs_mkdirs(fs_sys("/run/scxbench"));
		c = lock_take(fs_sys("/run/scxbench/lock"));
		host_publish_run(scratch);
		if (write(ready[1], &c, 1) == 1)
			pause();
		_exit(1);
	}
	assert_int_equal(read(ready[0], &c, 1), 1);
	assert_int_equal(c, 0);
	close(ready[0]);
	close(ready[1]);
	return pid;
}

/* A program that steers a policy finds the folder of the run while it is taken; the bench itself does not. */
static void a_run_tells_where_it_is(void **state)
{
	char *real = realpath(scratch, NULL), *told;
	pid_t pid;

	(void)state;
	assert_null(host_published_run());
	pid = holder();
	told = host_published_run();
	assert_string_equal(told, real);
	free(told);
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	assert_null(host_published_run());
	assert_int_equal(lock_take(fs_sys("/run/scxbench/lock")), 0);
	assert_int_equal(host_publish_run(scratch), 0);
	assert_null(host_published_run());
	lock_give();
	free(real);
}

static void a_living_one_keeps_its_settings(void **state)
{
	pid_t pid = holder();

	(void)state;
	put(RESTORE, "1\t" AUTOGROUP "\n");
	put(AUTOGROUP, "0\n");
	assert_int_equal(host_recover(), -CAUSE_BUSY);
	assert_int_equal(host_prepare(NULL), -CAUSE_BUSY);
	holds(AUTOGROUP, "0");
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	assert_int_equal(host_recover(), 0);
	holds(AUTOGROUP, "1");
}

static void shows(pid_t pid, char state)
{
	char path[64], *text = mem_printf("%d (irq (b) x) %c 1 1\n", (int)pid, state);

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	put(path, text);
	free(text);
}

static void a_daemon_is_stopped_and_goes_on(void **state)
{
	pid_t pid = fork();
	int status;

	(void)state;
	if (!pid) {
		pause();
		_exit(1);
	}
	assert_null(process_state("irq (b) x"));
	shows(pid, 'S');
	assert_null(process_state("irq"));
	assert_string_equal(process_state("irq (b) x"), PROCESS_RUNNING);
	assert_int_equal(process_run("irq (b) x", 0), 0);
	assert_int_equal(waitpid(pid, &status, WUNTRACED), pid);
	assert_true(WIFSTOPPED(status));
	shows(pid, 'T');
	assert_string_equal(process_state("irq (b) x"), PROCESS_STOPPED);
	assert_int_equal(process_run("irq (b) x", 1), 0);
	assert_int_equal(waitpid(pid, &status, WCONTINUED), pid);
	assert_true(WIFCONTINUED(status));
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	assert_int_equal(process_run("nobody", 1), -ENOENT);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, machine, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(only_what_differs_is_changed),
		TEST(what_a_driver_alters_is_kept),
		TEST(turbo_has_two_places),
		TEST(what_is_not_there_is_left_out),
		TEST(a_governor_must_be_offered),
		TEST(wishes_are_checked),
		TEST(a_restore_file_is_read_back),
		TEST(a_restore_file_names_settings_only),
		TEST(a_restore_file_that_others_may_write_is_not_applied),
		TEST(nobody_else_can_open_the_lock),
		TEST(what_a_dead_process_left_is_put_back),
		TEST(what_cannot_be_put_back_is_not_forgotten),
		TEST(a_run_tells_where_it_is),
		TEST(a_living_one_keeps_its_settings),
		TEST(a_daemon_is_stopped_and_goes_on),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
