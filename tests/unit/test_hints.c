/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where the broker of hints listens: nobody else's file or socket is lost. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include "control/hints.h"
#include "scratch.h"
#include "util/cause.h"
#include "util/fs.h"

#define PATH scratch_path("hint.sock")

/* A socket at PATH: the server's, or a client of it; connect or bind. */
static int open_socket(int (*join)(int fd, const struct sockaddr *at, socklen_t len), int type)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, type, 0);

	strcpy(at.sun_path, PATH);
	if (join(fd, (struct sockaddr *)&at, sizeof(at))) {
		close(fd);
		return -1;
	}
	return fd;
}

static void somebody_listens(void)
{
	int fd = open_socket(connect, SOCK_SEQPACKET);

	assert_true(fd >= 0);
	close(fd);
}

static void the_socket_is_there_while_it_listens(void **state)
{
	struct hints *h;

	(void)state;
	assert_int_equal(hints_listen(PATH, 0, &h), 0);
	somebody_listens();
	hints_end(h);
	assert_false(fs_exists(PATH));
}

static void a_file_that_is_not_a_socket_stays(void **state)
{
	struct hints *h;
	char *text;

	(void)state;
	assert_int_equal(fs_write_durable(PATH, "precious", 8), 0);
	assert_int_equal(hints_listen(PATH, 0, &h), -CAUSE_EXISTS);
	assert_int_equal(fs_read(PATH, &text, NULL), 0);
	assert_string_equal(text, "precious");
	free(text);
}

static void a_socket_that_is_in_use_stays(void **state)
{
	struct hints *first, *second;

	(void)state;
	assert_int_equal(hints_listen(PATH, 0, &first), 0);
	assert_int_equal(hints_listen(PATH, 0, &second), -CAUSE_BUSY);
	somebody_listens();
	hints_end(first);
}

static void so_does_one_of_another_kind(void **state)
{
	int fd = open_socket(bind, SOCK_STREAM);
	struct hints *h;

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(listen(fd, 1), 0);
	assert_int_equal(hints_listen(PATH, 0, &h), -CAUSE_BUSY);
	assert_true(fs_exists(PATH));
	close(fd);
}

static void what_a_killed_one_left_is_replaced(void **state)
{
	int fd = open_socket(bind, SOCK_SEQPACKET);
	struct hints *h;

	(void)state;
	assert_true(fd >= 0);
	close(fd);
	assert_true(fs_exists(PATH));
	assert_int_equal(hints_listen(PATH, 0, &h), 0);
	somebody_listens();
	hints_end(h);
}

static void only_its_own_socket_is_removed_at_the_end(void **state)
{
	struct hints *first, *second;

	(void)state;
	assert_int_equal(hints_listen(PATH, 0, &first), 0);
	assert_int_equal(unlink(PATH), 0);
	assert_int_equal(hints_listen(PATH, 0, &second), 0);
	hints_end(first);
	somebody_listens();
	hints_end(second);
}

int main(void)
{
#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_setup, scratch_teardown)
	const struct CMUnitTest tests[] = {
		IN_SCRATCH(the_socket_is_there_while_it_listens),
		IN_SCRATCH(a_file_that_is_not_a_socket_stays),
		IN_SCRATCH(a_socket_that_is_in_use_stays),
		IN_SCRATCH(so_does_one_of_another_kind),
		IN_SCRATCH(what_a_killed_one_left_is_replaced),
		IN_SCRATCH(only_its_own_socket_is_removed_at_the_end),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("hints", tests, NULL, NULL);
}
