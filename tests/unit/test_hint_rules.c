/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How many threads a user may give hints for; the policy takes all of them, and threads are a table. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <signal.h> /* IWYU pragma: keep */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "control/control.h"
#include "policy/policy.h"
#include "util/clock.h" /* IWYU pragma: keep */
#include "util/fs.h"	/* IWYU pragma: keep */
#include "util/mem.h"

#define THREADS 20000

/* By thread: is it one of the process, and does it have a hint? */
static bool lives[THREADS], hinted[THREADS];
static pid_t goes; /* this one ends while it is given its hint */
static bool attached, replaced;
static unsigned opened, looks;
static bool held;     /* the turn of a writer */
static char said[32]; /* the first word of the last hint */

#define CPU 5 /* of all threads */

static int read_stat(const char *path, char **text)
{
	pid_t tid;

	if (sscanf(strstr(path, "/task/"), "/task/%d", &tid) != 1 || !lives[tid])
		return -ENOENT;
	*text = mem_printf(
		"%d (a b) S 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 7 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 17 %d\n",
		tid, CPU);
	return 0;
}

static int open_any(struct control **c)
{
	opened++;
	*c = (struct control *)hinted;
	return 0;
}

static int give(const struct target *t, char *const *word)
{
	snprintf(said, sizeof(said), "%s", *word);
	hinted[t->id] = true;
	if (t->id == goes)
		lives[goes] = false;
	return 0;
}

static int take_back(const struct control_change *change)
{
	hinted[change->target.id] = false;
	return 0;
}

static bool is_current(void)
{
	bool was = replaced;

	looks++;
	replaced = false;
	return !was;
}

static void read_state(struct scx_state *s)
{
	*s = (struct scx_state){ .present = true };
	strcpy(s->state, attached ? "enabled" : "disabled");
}

#define fs_read(path, text, len) read_stat(path, text)
#define tgkill(process, tid, signal) ((void)(process), lives[tid] ? 0 : -1)
#define clock_ns() present
#define scx_state_read(s) read_state(s)
#define control_open(c) open_any(c)
#define control_close(c) ((void)(c))
#define control_is_current(c) ((void)(c), is_current())
#define control_get(c, t, set) ((void)(c), (void)(set), hinted[(t)->id])
#define control_set(c, t, word) ((void)(c), give(t, word))
#define control_apply(c, change, nr, at) ((void)(c), take_back(change))
#define control_heeds(c, whole) ((void)(c), ~0U)
#define control_hold(c) ((void)(c), held = true)
#define control_release(c) ((void)(c), held = false)
static uint64_t present;
#include "control/hint_rules.c" /* NOLINT(bugprone-suspicious-include) */

#define MINE 1000
#define OTHERS 1001

static int prepare(void **state)
{
	(void)state;
	memset(hinted, 0, sizeof(hinted));
	for (pid_t tid = 1; tid < THREADS; tid++)
		lives[tid] = true;
	attached = true;
	replaced = false;
	goes = 0;
	opened = looks = 0;
	present = 0;
	return 0;
}

static int hint_by(struct hint_rules *rules, uid_t uid, pid_t tid, int hint)
{
	struct ucred peer = { .pid = getpid(), .uid = uid };
	struct scxbench_hint_request r = { .hint = (__u32)hint, .tid = tid };
	int self = pidfd_open(getpid(), 0), err;

	present += 1000000; /* slow enough for any rate */
	hint_rules_begin(rules);
	err = hint_rules_take(rules, &peer, self, &r);
	close(self);
	return err;
}

static struct hint_rules *with_all_that_one_may(void)
{
	struct hint_rules *rules = hint_rules_new();

	for (pid_t tid = 1; tid <= HINT_RULES; tid++)
		assert_int_equal(hint_by(rules, MINE, tid, SCXBENCH_HINT_LATENCY), 0);
	return rules;
}

static void a_user_has_so_many_and_leaves_the_others_theirs(void **state)
{
	struct hint_rules *rules = with_all_that_one_may();
	int tries = 0;

	(void)state;
	assert_int_equal(opened, 1);
	assert_int_equal(hint_by(rules, MINE, HINT_RULES + 1, SCXBENCH_HINT_LATENCY), -EDQUOT);
	assert_int_equal(hint_by(rules, OTHERS, HINT_RULES + 1, SCXBENCH_HINT_LATENCY), 0);
	/* Another hint for a thread that has one is not one more. */
	assert_int_equal(hint_by(rules, MINE, 5, SCXBENCH_HINT_BATCH), 0);
	assert_int_equal(hint_by(rules, MINE, 5, SCXBENCH_HINT_NONE), 0);
	assert_int_equal(hint_by(rules, MINE, 5, SCXBENCH_HINT_BATCH), 0);
	/* A thread that ended makes room, and is found in some hints' time. */
	hinted[5] = false;
	while (hint_by(rules, MINE, HINT_RULES + 2, SCXBENCH_HINT_LATENCY) == -EDQUOT)
		tries++;
	assert_in_range(tries, 0, HINT_RULES / LOOKS);
	assert_int_equal(hint_by(rules, MINE, 5, SCXBENCH_HINT_LATENCY), -EDQUOT);
	hint_rules_free(rules);
}

static void what_is_taken_back_makes_room(void **state)
{
	struct hint_rules *rules = with_all_that_one_may();

	(void)state;
	assert_int_equal(hint_by(rules, MINE, 1, SCXBENCH_HINT_NONE), 0);
	assert_false(hinted[1]);
	assert_int_equal(hint_by(rules, MINE, HINT_RULES + 1, SCXBENCH_HINT_LATENCY), 0);
	hint_rules_free(rules);
}

static void all_users_have_what_the_policy_has_room_for(void **state)
{
	struct hint_rules *rules = hint_rules_new();
	pid_t tid = 0;

	(void)state;
	for (uid_t uid = MINE; tid < HINT_RULES_OF_ALL; uid++)
		for (int i = 0; i < HINT_RULES; i++)
			assert_int_equal(hint_by(rules, uid, ++tid, SCXBENCH_HINT_BATCH), 0);
	assert_int_equal(hint_by(rules, 1, ++tid, SCXBENCH_HINT_BATCH), -EDQUOT);
	hint_rules_free(rules);
}

static void a_thread_that_goes_meanwhile_has_no_hint(void **state)
{
	struct hint_rules *rules = hint_rules_new();

	(void)state;
	goes = 3;
	assert_int_equal(hint_by(rules, MINE, 3, SCXBENCH_HINT_LATENCY), -ESRCH);
	assert_false(hinted[3]);
	hint_rules_free(rules);
}

static void a_thread_of_somebody_else_has_no_hint(void **state)
{
	struct hint_rules *rules = hint_rules_new();

	(void)state;
	lives[3] = false;
	assert_int_equal(hint_by(rules, MINE, 3, SCXBENCH_HINT_LATENCY), -EACCES);
	assert_int_equal(hint_by(rules, MINE, -1, SCXBENCH_HINT_LATENCY), -EACCES);
	assert_int_equal(hint_by(rules, MINE, HINT_MAX_TID + 1, SCXBENCH_HINT_LATENCY), -EACCES);
	hint_rules_free(rules);
}

static void with_another_policy_the_hints_begin_anew(void **state)
{
	struct hint_rules *rules = with_all_that_one_may();

	(void)state;
	replaced = true;
	assert_int_equal(hint_by(rules, MINE, HINT_RULES + 1, SCXBENCH_HINT_LATENCY), 0);
	assert_int_equal(opened, 2);
	replaced = true;
	attached = false;
	assert_int_equal(hint_by(rules, MINE, 1, SCXBENCH_HINT_LATENCY), -ESRCH);
	assert_int_equal(opened, 2);
	hint_rules_free(rules);
}

static void a_round_looks_at_the_policy_once_and_is_one_turn(void **state)
{
	struct ucred peer = { .pid = getpid(), .uid = MINE };
	struct scxbench_hint_request r = { .hint = SCXBENCH_HINT_BATCH, .tid = 3 };
	struct hint_rules *rules = hint_rules_new();
	int self = pidfd_open(getpid(), 0);

	(void)state;
	for (unsigned round = 0; round < 3; round++) {
		hint_rules_begin(rules);
		for (int i = 0; i < 5; i++)
			assert_int_equal(hint_rules_take(rules, &peer, self, &r), 0);
		assert_int_equal(looks, round);
		assert_true(held);
		hint_rules_end(rules);
		assert_false(held);
	}
	assert_int_equal(opened, 1);
	close(self);
	hint_rules_free(rules);
}

static void the_same_cache_is_that_of_the_others_cpu(void **state)
{
	struct ucred peer = { .pid = getpid(), .uid = MINE };
	struct scxbench_hint_request r = { .hint = SCXBENCH_HINT_SAME_CACHE, .tid = 3, .like = 4 };
	struct hint_rules *rules = hint_rules_new();
	int self = pidfd_open(getpid(), 0);

	(void)state;
	assert_int_equal(hint_rules_take(rules, &peer, self, &r), 0);
	assert_string_equal(said, "cpu=5");
	lives[4] = false;
	assert_int_equal(hint_rules_take(rules, &peer, self, &r), -EACCES);
	close(self);
	hint_rules_free(rules);
}

static void who_asks_too_often_waits_and_delays_nobody(void **state)
{
	struct ucred mine = { .pid = getpid(), .uid = MINE }, others = { .pid = getpid(), .uid = OTHERS };
	struct scxbench_hint_request r = { .hint = SCXBENCH_HINT_BATCH, .tid = 3 };
	struct hint_rules *rules = hint_rules_new();
	int self = pidfd_open(getpid(), 0);

	(void)state;
	for (int i = 0; i < HINT_BURST; i++)
		assert_int_equal(hint_rules_take(rules, &mine, self, &r), 0);
	assert_int_equal(hint_rules_take(rules, &mine, self, &r), -EAGAIN);
	assert_int_equal(hint_rules_take(rules, &others, self, &r), 0);
	present += 1000000000ULL / HINT_RATE;
	assert_int_equal(hint_rules_take(rules, &mine, self, &r), 0);
	assert_int_equal(hint_rules_take(rules, &mine, self, &r), -EAGAIN);
	close(self);
	hint_rules_free(rules);
}

static void no_hint_buys_time(void **state)
{
	const __u32 turns = SCXB_HAS_SETTING(slice_us) | SCXB_HAS_SETTING(quota),
		    priorities = turns | SCXB_HAS_SETTING(priority), charges = turns | SCXB_CHARGES;

	(void)state;
	assert_false(hint_is_heeded(turns, SCXBENCH_HINT_LATENCY));
	assert_false(hint_is_heeded(turns, SCXBENCH_HINT_BATCH));
	assert_false(hint_is_heeded(priorities, SCXBENCH_HINT_LATENCY));
	assert_true(hint_is_heeded(priorities, SCXBENCH_HINT_BATCH));
	assert_false(hint_is_heeded(priorities | SCXB_IN_ORDER, SCXBENCH_HINT_BATCH));
	assert_true(hint_is_heeded(charges, SCXBENCH_HINT_LATENCY));
	assert_true(hint_is_heeded(charges, SCXBENCH_HINT_BATCH));
	assert_false(hint_is_heeded(charges, SCXBENCH_HINT_SAME_CACHE));
	assert_true(hint_is_heeded(SCXB_HAS_SETTING(cpu), SCXBENCH_HINT_SAME_CACHE));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_user_has_so_many_and_leaves_the_others_theirs, prepare),
		cmocka_unit_test_setup(what_is_taken_back_makes_room, prepare),
		cmocka_unit_test_setup(all_users_have_what_the_policy_has_room_for, prepare),
		cmocka_unit_test_setup(a_thread_that_goes_meanwhile_has_no_hint, prepare),
		cmocka_unit_test_setup(a_thread_of_somebody_else_has_no_hint, prepare),
		cmocka_unit_test_setup(with_another_policy_the_hints_begin_anew, prepare),
		cmocka_unit_test_setup(a_round_looks_at_the_policy_once_and_is_one_turn, prepare),
		cmocka_unit_test_setup(the_same_cache_is_that_of_the_others_cpu, prepare),
		cmocka_unit_test_setup(who_asks_too_often_waits_and_delays_nobody, prepare),
		cmocka_unit_test(no_hint_buys_time),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("hint_rules", tests, NULL, NULL);
}
