/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The broker of hints: nobody else's file or socket is lost, and nobody keeps it from answering others. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <grp.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include "control/hint_peers.h"
#include "control/hints.h"
#include "control/scxbench-hint.h"
#include "scratch.h"
#include "util/cause.h"
#include "util/fs.h"

#define PATH scratch_path("hint.sock")

/* Root may be in any group, so one that no user has. */
#define NO_GROUP 987654

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

/* A hint that is answered without a policy: the thread is not the peer's. */
static int client_asks(void)
{
	const struct scxbench_hint_request r = { .version = 1, .hint = SCXBENCH_HINT_BATCH, .tid = 1 };
	int fd = open_socket(connect, SOCK_SEQPACKET);

	assert_true(fd >= 0);
	assert_int_equal(send(fd, &r, sizeof(r), 0), sizeof(r));
	return fd;
}

static void has_answer(int fd, int answer)
{
	int32_t got = 0;

	assert_int_equal(recv(fd, &got, sizeof(got), MSG_DONTWAIT), sizeof(got));
	assert_int_equal(got, answer);
	close(fd);
}

/* Is it still connected? */
static bool is_waited_for(int fd)
{
	char c;

	return recv(fd, &c, 1, MSG_DONTWAIT | MSG_PEEK) < 0 && errno == EAGAIN;
}

/* How many of so many silent peers are waited for, while others are answered. */
static int silent_beside(gid_t group, int answer)
{
	enum { NR = 60 };
	struct hints *h;
	int silent[NR], first, waited = 0;

	assert_int_equal(hints_listen(PATH, group, &h), 0);
	first = client_asks();
	for (int i = 0; i < NR; i++)
		silent[i] = open_socket(connect, SOCK_SEQPACKET);
	hints_serve(h, NULL);
	has_answer(first, answer);
	for (int i = 0; i < NR; i++)
		waited += is_waited_for(silent[i]);
	first = client_asks();
	hints_serve(h, NULL);
	has_answer(first, answer);
	for (int i = 0; i < NR; i++)
		close(silent[i]);
	hints_end(h);
	return waited;
}

static void the_silent_cost_the_others_nothing(void **state)
{
	(void)state;
	assert_int_equal(silent_beside(getegid(), -EACCES), 60);
	assert_int_equal(silent_beside(NO_GROUP, -EPERM), HINT_STRANGERS);
}

/* So many turns of the broker, however many of the peers say nothing. */
static void thousands_are_answered_in_their_turn(void **state)
{
	enum { NR = 2000 };
	static int client[NR];
	int turns = 0;
	struct hints *h;

	(void)state;
	assert_int_equal(hints_listen(PATH, getegid(), &h), 0);
	for (int i = 0; i < NR; i++)
		client[i] = i % 10 ? client_asks() : open_socket(connect, SOCK_SEQPACKET);
	while (is_waited_for(client[NR - 1]) && turns < NR) {
		hints_serve(h, NULL);
		turns++;
	}
	assert_in_range(turns, 1, NR / 64 + 1);
	for (int i = 0; i < NR; i++) {
		if (i % 10)
			has_answer(client[i], -EACCES);
		else
			close(client[i]);
	}
	hints_end(h);
}

static void who_is_not_a_member_is_refused(void **state)
{
	struct hints *h;
	int fd;

	(void)state;
	assert_int_equal(hints_listen(PATH, NO_GROUP, &h), 0);
	fd = client_asks();
	hints_serve(h, NULL);
	has_answer(fd, -EPERM);
	hints_end(h);
}

/* The groups that a user is in besides its own. */
static void a_further_group_counts_if_it_is_the_one(void **state)
{
	static const gid_t further[] = { 4321, 4322 };
	struct hints *h;
	int fd;

	(void)state;
	if (setgroups(2, further))
		skip();
	for (unsigned group = 4321; group < 4324; group++) {
		assert_int_equal(hints_listen(PATH, group, &h), 0);
		fd = client_asks();
		hints_serve(h, NULL);
		has_answer(fd, group < 4323 ? -EACCES : -EPERM);
		hints_end(h);
	}
	assert_int_equal(setgroups(0, NULL), 0);
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
		IN_SCRATCH(the_silent_cost_the_others_nothing),
		IN_SCRATCH(thousands_are_answered_in_their_turn),
		IN_SCRATCH(who_is_not_a_member_is_refused),
		IN_SCRATCH(a_further_group_counts_if_it_is_the_one),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("hints", tests, NULL, NULL);
}
