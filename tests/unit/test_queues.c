/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Queues that have owners: their names, and which of them are listed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "control/queues.h"
#include "control/target.h"
#include "stats_abi.h"
#include "custody_abi.h"
#include "util/cause.h"

#define NO_GROUP SCXB_OWNER(SCXB_BY_CGROUP, 1ULL << 60) /* the kernel counts from 1 */

static void an_owner_says_by_what_it_is(void **state)
{
	const __u64 user = SCXB_OWNER(SCXB_BY_USER, 4294967294U), root = SCXB_OWNER(SCXB_BY_USER, 0);

	(void)state;
	assert_int_equal(SCXB_OWNER_BY(user), SCXB_BY_USER);
	assert_int_equal(SCXB_OWNER_ID(user), 4294967294U);
	assert_int_equal(SCXB_OWNER_BY(NO_GROUP), SCXB_BY_CGROUP);
	assert_int_equal(SCXB_OWNER_ID(NO_GROUP), 1ULL << 60);
	assert_true(root); /* 0 is nobody */
}

static void a_queue_is_a_target_by_its_owner(void **state)
{
	static const struct {
		const char *text;
		__u64 owner;
		const char *again;
	} row[] = { { "queue:user:root", SCXB_OWNER(SCXB_BY_USER, 0), "queue:user:root" },
		    { "queue:user:0", SCXB_OWNER(SCXB_BY_USER, 0), "queue:user:root" },
		    { "queue:user:123456", SCXB_OWNER(SCXB_BY_USER, 123456), "queue:user:123456" } };
	struct target t;
	char *text;

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(*row); i++) {
		assert_int_equal(target_parse(row[i].text, &t), 0);
		assert_int_equal(t.kind, TARGET_QUEUE);
		assert_int_equal(t.owner, row[i].owner);
		assert_true(target_exists(&t));
		text = target_text(&t);
		assert_string_equal(text, row[i].again);
		free(text);
	}
}

static void what_owns_no_queue_is_no_target(void **state)
{
	struct target t = { .kind = TARGET_QUEUE, .owner = NO_GROUP };

	(void)state;
	assert_false(target_exists(&t));
	assert_int_equal(target_parse("queue:user:nosuchuser", &t), -CAUSE_NOT_FOUND);
	assert_int_equal(target_parse("queue:user:", &t), -CAUSE_NOT_FOUND);
	assert_int_equal(target_parse("queue:cgroup:", &t), -CAUSE_NOT_FOUND);
	assert_int_equal(target_parse("queue:cgroup:no/such/group", &t), -CAUSE_NOT_FOUND);
	assert_int_equal(target_parse("queue:", &t), -CAUSE_USAGE);
	assert_int_equal(target_parse("queue:3", &t), -CAUSE_USAGE);
	assert_int_equal(target_parse("queue:comm:make", &t), -CAUSE_USAGE);
}

static void check_queue(const struct scxb_owned *q, bool used, const char *owner)
{
	char *text = queue_owner(q);

	assert_int_equal(queue_is_used(q), used);
	assert_string_equal(text, owner);
	free(text);
}

static void listed_is_what_has_an_owner_or_a_task(void **state)
{
	(void)state;
	check_queue(&(struct scxb_owned){ 0 }, false, "all others");
	check_queue(&(struct scxb_owned){ .waiting = 1 }, true, "all others");
	check_queue(&(struct scxb_owned){ .owner = SCXB_OWNER(SCXB_BY_USER, 0) }, true, "user:root");
	check_queue(&(struct scxb_owned){ .owner = NO_GROUP }, false, "cgroup:#1152921504606846976");
	check_queue(&(struct scxb_owned){ .owner = NO_GROUP, .waiting = 2 }, true,
		    "cgroup:#1152921504606846976");
}

static void the_order_has_a_name(void **state)
{
	(void)state;
	assert_string_equal(queue_order(&(struct scxb_owned){ 0 }), "arrival");
	assert_string_equal(queue_order(&(struct scxb_owned){ .order = SCXB_ORDER_PRIORITY }), "priority");
}

#define BITS (SCXB_WORD_ON(8191) | SCXB_WORD_IS(SCXB_QUEUES - 1, SCXB_IN))

/* 44 bits of time wrap; the lowest six are lost. */
static void a_moved_word_tells_when_the_task_came(void **state)
{
	static const __u64 came[] = { 0, 1ULL << 40, (1ULL << 44) - 64 };

	(void)state;
	for (size_t i = 0; i < sizeof(came) / sizeof(*came); i++) {
		__u64 word = SCXB_WORD_FROM(came[i] | 63, 8191) | BITS;

		assert_true(scxb_word_plain(word) == word);
		for (__s32 steps = SCXB_LEAST_STEPS; steps <= SCXB_TO_FRONT; steps++) {
			__u64 moved = scxb_word_moved(word, steps);

			assert_true(scxb_word_plain(moved) == (word & ~(63ULL << 20)));
			assert_int_equal(moved & SCXB_WORD_WHERE, BITS | SCXB_WORD_MOVED);
		}
	}
}

/* The key of a task that came at a time. */
static __u64 key(__u64 came_ns, __s32 steps)
{
	return scxb_word_moved(SCXB_WORD_FROM(came_ns, 0), steps);
}

static bool is_before(__u64 a, __u64 b)
{
	return (__s64)(a - b) < 0;
}

static void a_step_is_worth_so_much_of_waiting(void **state)
{
	const __u64 end = 1ULL << 44, t = end - 1000; /* the time wraps just after */
	const __u64 step = SCXB_STEP_NS, far = SCXB_FRONT_NS - 128;

	(void)state;
	assert_true(is_before(key(t + 10 * step - 128, -5), key(t, 5)));
	assert_true(is_before(key(t, 5), key(t + 10 * step + 128, -5)));
	assert_true(is_before(key(t + 39 * step - 128, SCXB_LEAST_STEPS), key(t, SCXB_MOST_STEPS)));
	assert_true(is_before(key(t, 0), SCXB_WORD_FROM(t + 128, 0))); /* 0 is as who is not moved */
	assert_true(is_before(SCXB_WORD_FROM(t, 0), key(t + 128, 0)));
	assert_true(is_before(key(t + far, SCXB_TO_FRONT), SCXB_WORD_FROM(t, 0)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_owner_says_by_what_it_is),
		cmocka_unit_test(a_queue_is_a_target_by_its_owner),
		cmocka_unit_test(what_owns_no_queue_is_no_target),
		cmocka_unit_test(listed_is_what_has_an_owner_or_a_task),
		cmocka_unit_test(the_order_has_a_name),
		cmocka_unit_test(a_moved_word_tells_when_the_task_came),
		cmocka_unit_test(a_step_is_worth_so_much_of_waiting),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("queues", tests, NULL, NULL);
}
