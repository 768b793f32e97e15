/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How many threads a user may give hints for; the policy takes all of them, and /proc is a folder. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <unistd.h>
#include "control/control.h"
#include "scratch.h"

static int open_any(struct control **c)
{
	*c = NULL;
	return 0;
}

/* What the policy was given for a thread and what was taken back; the thread that goes while it is given. */
static unsigned given, taken_back;
static pid_t goes;

static void thread_begins(pid_t tid, unsigned at);

static int give_any(struct control *c, const struct target *t)
{
	(void)c;
	given++;
	if (t->id == goes)
		thread_begins(goes, 1000);
	return 0;
}

static int take_back(struct control *c, const struct target *t)
{
	(void)c, (void)t;
	taken_back++;
	return 0;
}

#define control_open(c) open_any(c)
#define control_close(c) ((void)(c))
#define control_get(c, t, set) ((void)(c), (void)(t), (void)(set), true)
#define control_set(c, t, word) ((void)(word), give_any(c, t))
#define control_reset(c, t) take_back(c, t)
#define control_heeds(c, whole) ((void)(c), ~0U)
#include "control/hint_rules.c" /* NOLINT(bugprone-suspicious-include) */

#define MINE 1000
#define OTHERS 1001

static void thread_begins(pid_t tid, unsigned at)
{
	char name[64], text[256];

	snprintf(name, sizeof(name), "proc/%d/task/%d/stat", getpid(), tid);
	snprintf(text, sizeof(text),
		 "%d (a b) S 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 %u 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 17 0\n",
		 tid, at);
	scratch_put(name, text);
}

static int hint_by(struct hint_rules *rules, uid_t uid, pid_t tid, int hint)
{
	struct ucred peer = { .pid = getpid(), .uid = uid };
	struct scxbench_hint_request r = { .hint = (__u32)hint, .tid = tid };
	int self = pidfd_open(getpid(), 0), err = hint_rules_take(rules, &peer, self, &r);

	close(self);
	return err;
}

static void a_user_has_so_many_and_leaves_the_others_theirs(void **state)
{
	struct hint_rules *rules = hint_rules_new();

	(void)state;
	setenv("SCXBENCH_ROOT", scratch, 1);
	for (pid_t tid = 1; tid <= HINT_RULES + 1; tid++)
		thread_begins(tid, 7);
	for (pid_t tid = 1; tid <= HINT_RULES; tid++)
		assert_int_equal(hint_by(rules, MINE, tid, SCXBENCH_HINT_LATENCY), 0);
	assert_int_equal(hint_by(rules, MINE, HINT_RULES + 1, SCXBENCH_HINT_LATENCY), -EDQUOT);
	assert_int_equal(hint_by(rules, OTHERS, HINT_RULES + 1, SCXBENCH_HINT_LATENCY), 0);
	/* Another hint for a thread that has one is not one more. */
	assert_int_equal(hint_by(rules, MINE, 5, SCXBENCH_HINT_BATCH), 0);
	assert_int_equal(hint_by(rules, MINE, 5, SCXBENCH_HINT_NONE), 0);
	assert_int_equal(hint_by(rules, MINE, 5, SCXBENCH_HINT_BATCH), 0);
	/* A thread that ended makes room, also when its number is another's by now. */
	thread_begins(5, 8);
	thread_begins(HINT_RULES + 2, 9);
	assert_int_equal(hint_by(rules, MINE, HINT_RULES + 2, SCXBENCH_HINT_LATENCY), 0);
	assert_int_equal(hint_by(rules, MINE, 5, SCXBENCH_HINT_LATENCY), -EDQUOT);
	hint_rules_free(rules);
	unsetenv("SCXBENCH_ROOT");
}

static void what_is_taken_back_makes_room(void **state)
{
	struct hint_rules *rules = hint_rules_new();

	(void)state;
	setenv("SCXBENCH_ROOT", scratch, 1);
	for (pid_t tid = 1; tid <= HINT_RULES + 1; tid++)
		thread_begins(tid, 7);
	for (pid_t tid = 1; tid <= HINT_RULES; tid++)
		assert_int_equal(hint_by(rules, MINE, tid, SCXBENCH_HINT_LATENCY), 0);
	taken_back = 0;
	assert_int_equal(hint_by(rules, MINE, 1, SCXBENCH_HINT_NONE), 0);
	assert_int_equal(taken_back, 1);
	assert_int_equal(hint_by(rules, MINE, HINT_RULES + 1, SCXBENCH_HINT_LATENCY), 0);
	hint_rules_free(rules);
	unsetenv("SCXBENCH_ROOT");
}

/* Its number is another thread's by now, which did not ask. */
static void a_thread_that_goes_meanwhile_has_no_rule(void **state)
{
	struct hint_rules *rules = hint_rules_new();

	(void)state;
	setenv("SCXBENCH_ROOT", scratch, 1);
	thread_begins(3, 7);
	given = taken_back = 0;
	goes = 3;
	assert_int_equal(hint_by(rules, MINE, 3, SCXBENCH_HINT_LATENCY), -ESRCH);
	goes = 0;
	assert_int_equal(given, 1);
	assert_int_equal(taken_back, 1);
	hint_rules_free(rules);
	unsetenv("SCXBENCH_ROOT");
}

int main(void)
{
#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_setup, scratch_teardown)
	const struct CMUnitTest tests[] = {
		IN_SCRATCH(a_user_has_so_many_and_leaves_the_others_theirs),
		IN_SCRATCH(what_is_taken_back_makes_room),
		IN_SCRATCH(a_thread_that_goes_meanwhile_has_no_rule),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("hint_rules", tests, NULL, NULL);
}
