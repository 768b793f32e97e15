/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The dead-man's switch with a file for a policy: it exists while it is held. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <cmocka.h>
#include "policy/holder.h"
#include "scratch.h"
#include "util/fs.h"

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

static void drop(void *ctx)
{
	(void)ctx;
	unlink(held_path());
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

static void holds_until_told(void **state)
{
	struct holder h = { 0 };

	(void)state;
	assert_int_equal(holder_start(&h, &file, NULL), 0);
	assert_true(holder_beat(&h));
	assert_true(fs_exists(held_path()));
	holder_end(&h);
	assert_false(fs_exists(held_path()));
	assert_false(holder_beat(&h));
	holder_end(&h);
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

static void tells_when_it_is_dead(void **state)
{
	struct holder h = { 0 };

	(void)state;
	assert_int_equal(holder_start(&h, &file, NULL), 0);
	kill(h.pid, SIGKILL);
	waitid(P_PID, h.pid, &(siginfo_t){ 0 }, WEXITED | WNOWAIT);
	assert_false(holder_beat(&h));
	holder_end(&h);
	unlink(held_path());
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(holds_until_told),	   cmocka_unit_test(hands_a_failure_on),
		cmocka_unit_test(is_deaf_to_the_terminal), cmocka_unit_test(drops_when_its_parent_is_killed),
		cmocka_unit_test(tells_when_it_is_dead),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, scratch_setup, scratch_teardown);
}
