/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whose process a peer is: never that of another one with the same id. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <signal.h>
#include <sys/pidfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include "control/hint_process.h"

static unsigned made; /* how often a pidfd was */
static pid_t child;   /* the process of any peer */

static int make_pidfd(int *pidfd)
{
	made++;
	*pidfd = pidfd_open(child, 0);
	return *pidfd < 0;
}

#define getsockopt(fd, level, name, to, len) ((void)(fd), (void)(len), make_pidfd(to))
#include "control/hint_process.c" /* NOLINT(bugprone-suspicious-include) */

static int child_begins(void **state)
{
	(void)state;
	made = 0;
	child = fork();
	while (!child)
		pause();
	return child < 0;
}

static int child_ends(void **state)
{
	(void)state;
	return kill(child, SIGKILL) || waitpid(child, NULL, 0) != child;
}

static int process_of(struct hint_process *kept, pid_t pid, uint64_t order)
{
	return hint_process_of(kept, &(struct hint_peer){ .cred.pid = pid, .order = order });
}

static void it_is_kept_for_the_next_peer_of_the_same_process(void **state)
{
	struct hint_process kept = { 0 };
	int pidfd;

	(void)state;
	pidfd = process_of(&kept, 7, 1);
	assert_true(pidfd >= 0);
	assert_int_equal(process_of(&kept, 7, 2), pidfd);
	assert_int_equal(process_of(&kept, 7, 9), pidfd);
	assert_int_equal(made, 1);
	hint_process_end(&kept);
	assert_true(process_of(&kept, 7, 10) >= 0);
	assert_int_equal(made, 2);
	hint_process_end(&kept);
}

static void and_not_for_one_that_may_be_another(void **state)
{
	struct hint_process kept = { 0 };

	(void)state;
	process_of(&kept, 7, 5);
	process_of(&kept, 8, 6);
	assert_int_equal(made, 2);
	/* It connected before the one that is kept. */
	process_of(&kept, 8, 4);
	assert_int_equal(made, 3);
	/* Of another namespace. */
	assert_int_equal(process_of(&kept, 0, 7), -1);
	assert_int_equal(made, 3);
	process_of(&kept, 8, 8);
	assert_int_equal(made, 4);
	/* It has ended, and its id is another's. */
	assert_int_equal(child_ends(NULL), 0);
	assert_int_equal(child_begins(NULL), 0);
	process_of(&kept, 8, 9);
	assert_int_equal(made, 1);
	hint_process_end(&kept);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(it_is_kept_for_the_next_peer_of_the_same_process,
						child_begins, child_ends),
		cmocka_unit_test_setup_teardown(and_not_for_one_that_may_be_another, child_begins,
						child_ends),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("hint_process", tests, NULL, NULL);
}
