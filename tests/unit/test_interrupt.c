/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>
#include "util/interrupt.h"

/* In a process of its own: the flag is never taken back. True when the flag is up after the signal. */
static bool is_caught(int sig)
{
	pid_t pid = fork();
	int status;

	if (!pid) {
		interrupt_catch();
		raise(sig);
		_exit(interrupted() ? 42 : 1);
	}
	waitpid(pid, &status, 0);
	return WIFEXITED(status) && WEXITSTATUS(status) == 42;
}

static void what_asks_us_to_end_is_caught(void **state)
{
	(void)state;
	assert_false(interrupted());
	assert_true(is_caught(SIGINT) && is_caught(SIGTERM) && is_caught(SIGHUP));
	assert_false(is_caught(SIGUSR1));
}

static void sleeper(void)
{
	for (;;)
		pause();
}

static void it_is_passed_on(void **state)
{
	pid_t pid = fork(), other;
	int status;

	(void)state;
	if (!pid) {
		interrupt_handle(SIG_DFL);
		other = fork();
		if (!other)
			sleeper();
		interrupt_pass_to(other);
		interrupt_catch();
		raise(SIGHUP);
		waitpid(other, &status, 0);
		_exit(WIFSIGNALED(status) && WTERMSIG(status) == SIGHUP && interrupted() ? 42 : 1);
	}
	waitpid(pid, &status, 0);
	assert_int_equal(WEXITSTATUS(status), 42);
}

static void a_set_holds_just_them(void **state)
{
	sigset_t set;

	(void)state;
	interrupt_signals(&set);
	assert_true(sigismember(&set, SIGINT) && sigismember(&set, SIGTERM) && sigismember(&set, SIGHUP));
	assert_false(sigismember(&set, SIGCHLD));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_asks_us_to_end_is_caught),
		cmocka_unit_test(it_is_passed_on),
		cmocka_unit_test(a_set_holds_just_them),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("interrupt", tests, NULL, NULL);
}
