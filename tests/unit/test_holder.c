/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The dead-man's switch with a file for a policy: it exists while it is held. */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <cmocka.h>
#include "policy/held.h"
#include "policy/holder.h"
#include "scratch.h"
#include "util/fs.h"
#include "util/mem.h"

static const char *held_path(void)
{
	return scratch_path("held");
}

static int take(void *ctx)
{
	(void)ctx;
	return open(held_path(), O_CREAT | O_WRONLY, 0600);
}

static int take_nothing(void *ctx)
{
	(void)ctx;
	return -EXDEV;
}

static int drop(void *ctx)
{
	(void)ctx;
	unlink(held_path());
	return 5;
}

static const struct held file = { .take = take, .drop = drop };
static const struct held nothing = { .take = take_nothing, .drop = drop };

static bool gone_within(double seconds)
{
	const struct timespec step = { .tv_nsec = 10000000 };

	for (int i = 0; i < seconds * 100 && fs_exists(held_path()); i++)
		nanosleep(&step, NULL);
	return !fs_exists(held_path());
}

/* Of the parent; what holds the file says whether it has it. */
static int of_the_parent;

static int drop_alone(void *ctx)
{
	drop(ctx);
	return fcntl(of_the_parent, F_GETFD) < 0 ? 5 : 6;
}

static void has_no_file_of_its_parent(void **state)
{
	static const struct held alone = { .take = take, .drop = drop_alone };
	struct holder h = { 0 };

	(void)state;
	of_the_parent = open("/dev/null", O_RDONLY);
	assert_true(of_the_parent >= 0);
	assert_int_equal(holder_start(&h, &alone, NULL), 0);
	assert_int_equal(holder_end(&h), 5);
	close(of_the_parent);
}

static void holds_until_told(void **state)
{
	struct holder h = { 0 };

	(void)state;
	assert_int_equal(holder_start(&h, &file, NULL), 0);
	assert_true(holder_beat(&h));
	assert_true(fs_exists(held_path()));
	assert_int_equal(holder_end(&h), 5);
	assert_false(fs_exists(held_path()));
	assert_false(holder_beat(&h));
	assert_int_equal(holder_end(&h), 0);
}

static void hands_a_failure_on(void **state)
{
	struct holder h = { 0 };

	(void)state;
	assert_int_equal(holder_start(&h, &nothing, NULL), -EXDEV);
	assert_false(holder_beat(&h));
}

static void is_deaf_to_the_terminal(void **state)
{
	struct holder h = { 0 };

	(void)state;
	assert_int_equal(holder_start(&h, &file, NULL), 0);
	kill(h.pid, SIGINT);
	kill(h.pid, SIGTERM);
	kill(h.pid, SIGHUP);
	assert_false(gone_within(0.1));
	assert_true(holder_beat(&h));
	holder_end(&h);
}

static void drops_when_its_parent_is_killed(void **state)
{
	pid_t parent = fork();

	(void)state;
	if (!parent) {
		struct holder h = { 0 };

		holder_start(&h, &file, NULL);
		raise(SIGKILL);
	}
	waitpid(parent, NULL, 0);
	assert_true(gone_within(5));
}

static void drops_then_even_if_it_is_stopped(void **state)
{
	pid_t parent = fork();

	(void)state;
	if (!parent) {
		struct holder h = { 0 };

		holder_start(&h, &file, NULL);
		kill(h.pid, SIGSTOP);
		waitid(P_PID, h.pid, &(siginfo_t){ 0 }, WSTOPPED);
		raise(SIGKILL);
	}
	waitpid(parent, NULL, 0);
	assert_true(gone_within(5));
}

static void tells_when_it_is_dead(void **state)
{
	struct holder h = { 0 };

	(void)state;
	assert_int_equal(holder_start(&h, &file, NULL), 0);
	kill(h.pid, SIGKILL);
	waitid(P_PID, h.pid, &(siginfo_t){ 0 }, WEXITED | WNOWAIT);
	assert_false(holder_beat(&h));
	assert_int_equal(holder_end(&h), HOLDER_LOST);
	unlink(held_path());
}

/* Its line is full: to ask it once more would never return. */
static void is_ended_even_if_it_was_stopped_for_long(void **state)
{
	struct holder h = { 0 };

	(void)state;
	assert_int_equal(holder_start(&h, &file, NULL), 0);
	kill(h.pid, SIGSTOP);
	waitid(P_PID, h.pid, &(siginfo_t){ 0 }, WSTOPPED);
	for (int i = 0; i < 10000; i++)
		assert_true(holder_beat(&h));
	alarm(60);
	holder_end(&h);
	alarm(0);
	assert_int_equal(h.pid, 0);
	unlink(held_path());
}

/* What the kernel says: a policy is enabled, the n-th since boot. */
static void set_kernel(const char *state, const char *seq)
{
	assert_int_equal(fs_mkdirs(scratch_path("sys/kernel/sched_ext")), 0);
	assert_int_equal(fs_save(scratch_path("sys/kernel/sched_ext/state"), state), 0);
	assert_int_equal(fs_save(scratch_path("sys/kernel/sched_ext/enable_seq"), seq), 0);
}

/* Runs it until it has ended by itself; it was to be the first policy of this boot. */
static int end_of(char *command)
{
	struct policy p = { .kind = POLICY_CMD, .command = command, .seq = 1 };
	struct holder h = { 0 };

	assert_int_equal(holder_start(&h, &held_command, &p), 0);
	waitid(P_PID, h.pid, &(siginfo_t){ 0 }, WEXITED | WNOWAIT);
	return holder_end(&h);
}

static void a_command_that_ends_may_leave_its_policy_in(void **state)
{
	static const struct {
		const char *state, *seq;
		char *command;
		int left;
	} cases[] = {
		{ "enabled\n", "1\n", "exit 0", HELD_LEFT_IN },
		{ "enabled\n", "1\n", "exit 3", HELD_LEFT_IN },
		{ "disabled\n", "1\n", "exit 0", 0 }, /* it went with its command */
		{ "disabled\n", "0\n", "exit 3", 0 }, /* there never was one */
		{ "disabled\n", "0\n", "exit 0", 0 },
	};

	(void)state;
	setenv("SCXBENCH_ROOT", scratch, 1);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		set_kernel(cases[i].state, cases[i].seq);
		assert_int_equal(end_of(cases[i].command), cases[i].left);
	}
}

static void what_a_command_leaves_behind_is_ended(void **state)
{
	char *command =
		mem_printf("setsid -f sh -c 'echo $$ >%s; exec sleep 1000'; while ! test -s %s; do :; done",
			   held_path(), held_path());
	uint64_t pid = 0;

	(void)state;
	set_kernel("disabled\n", "1\n");
	assert_int_equal(end_of(command), 0);
	assert_int_equal(fs_read_u64(held_path(), &pid), 0);
	assert_int_equal(kill((pid_t)pid, 0), -1);
	unlink(held_path());
	free(command);
}

/* It hears the second signal alone, 5 s after the first. */
static void a_command_that_ignores_the_first_signal_is_ended(void **state)
{
	char *command = mem_printf("trap '' INT; echo $$ >%s; while :; do sleep 0.1; done", held_path());
	struct policy p = { .kind = POLICY_CMD, .command = command, .seq = 1 };
	struct holder h = { 0 };
	uint64_t pid = 0;

	(void)state;
	set_kernel("disabled\n", "1\n");
	assert_int_equal(holder_start(&h, &held_command, &p), 0);
	while (fs_read_u64(held_path(), &pid))
		sched_yield();
	assert_int_equal(holder_end(&h), 0);
	assert_int_equal(kill((pid_t)pid, 0), -1);
	unlink(held_path());
	free(command);
}

/* A file of the cgroup for the command of that process. */
static const char *group_file(int pid, const char *name)
{
	char path[96];

	snprintf(path, sizeof(path), "sys/fs/cgroup/scxbench-command.%d%s", pid, name);
	return scratch_path(path);
}

static void make_group(int pid)
{
	assert_int_equal(fs_mkdirs(group_file(pid, "")), 0);
	assert_int_equal(fs_save(group_file(pid, "/cgroup.events"), "populated 0\n"), 0);
	assert_int_equal(fs_save(group_file(pid, "/cgroup.kill"), ""), 0);
}

static bool was_killed(int pid)
{
	char *text, first;

	assert_int_equal(fs_read(group_file(pid, "/cgroup.kill"), &text, NULL), 0);
	first = *text;
	free(text);
	return first == '1';
}

static void a_sweep_ends_only_what_the_dead_have_left(void **state)
{
	pid_t dead = fork();

	(void)state;
	if (!dead)
		_exit(0);
	waitpid(dead, NULL, 0);
	setenv("SCXBENCH_ROOT", scratch, 1);
	make_group(dead);
	make_group(getpid());
	policy_sweep();
	assert_true(was_killed(dead));
	assert_false(was_killed(getpid()));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(holds_until_told),
		cmocka_unit_test(hands_a_failure_on),
		cmocka_unit_test(is_deaf_to_the_terminal),
		cmocka_unit_test(drops_when_its_parent_is_killed),
		cmocka_unit_test(drops_then_even_if_it_is_stopped),
		cmocka_unit_test(tells_when_it_is_dead),
		cmocka_unit_test(is_ended_even_if_it_was_stopped_for_long),
		cmocka_unit_test(a_command_that_ends_may_leave_its_policy_in),
		cmocka_unit_test(what_a_command_leaves_behind_is_ended),
		cmocka_unit_test(a_command_that_ignores_the_first_signal_is_ended),
		cmocka_unit_test(has_no_file_of_its_parent),
		cmocka_unit_test(a_sweep_ends_only_what_the_dead_have_left),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, scratch_setup, scratch_teardown);
}
