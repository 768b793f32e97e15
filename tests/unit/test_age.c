/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How old runs are by clocks that jump. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "store/age.h"

#define MOST 40

/* Starts and ages in days. */
struct story {
	int start[MOST];
	size_t n;
	int now;
};

static struct clock_state ages(const struct story *s, int64_t *age)
{
	int64_t started[MOST];

	for (size_t i = 0; i < s->n; i++)
		started[i] = s->start[i] * AGE_DAY;
	return ages_of(started, s->n, s->now * AGE_DAY, age);
}

static void is_old(const struct story *s, size_t run, int days)
{
	int64_t age[MOST];

	ages(s, age);
	assert_int_equal(age[run] / AGE_DAY, days);
}

static void doubts(const struct story *s, enum clock_doubt doubt, size_t run)
{
	int64_t age[MOST];
	struct clock_state clock = ages(s, age);

	assert_int_equal(clock.doubt, doubt);
	assert_int_equal(clock.at, run);
}

static void a_clock_that_is_right_is_believed(void **state)
{
	struct story s = { { 1, 2, 3, 6, 7, 20 }, 6, 21 }, none = { .n = 0 };

	(void)state;
	doubts(&s, CLOCK_CREDIBLE, 0);
	is_old(&s, 0, 20);
	is_old(&s, 5, 1);
	doubts(&none, CLOCK_CREDIBLE, 0);
}

/* Of the night itself, of more such nights, and of the first one after. */
static void a_jump_ahead_makes_nothing_old(void **state)
{
	struct story s = { { 1, 2, 3, 4, 734, 735 }, 5, 734 };

	(void)state;
	doubts(&s, CLOCK_JUMPED, 3);
	is_old(&s, 0, 3);
	s.n = 6;
	s.now = 736;
	doubts(&s, CLOCK_CREDIBLE, 0);
	is_old(&s, 0, 5);
	s.start[6] = s.now = 7;
	s.n = 7;
	doubts(&s, CLOCK_BEHIND, 5);
	is_old(&s, 0, 4);
	is_old(&s, 4, 0);
}

/* A battery that is empty: the clock begins with the century. */
static void a_jump_back_makes_nothing_old(void **state)
{
	struct story s = { { 9001, 9002, 9003, 1, 9004 }, 4, 1 };

	(void)state;
	doubts(&s, CLOCK_BEHIND, 2);
	is_old(&s, 0, 0);
	s.n = 5;
	s.now = 9005;
	doubts(&s, CLOCK_JUMPED, 3);
	is_old(&s, 0, 3);
	is_old(&s, 3, 1);
}

/* Twice the usual pause is usual; runs that are rare are not in doubt because of that. */
static void what_is_usual_is_a_matter_of_the_store(void **state)
{
	struct story monthly = { { 0, 60, 120, 180, 240 }, 5, 350 },
		     pause = { { 0, 1, 2, 3, 63, 64 }, 6, 65 };

	(void)state;
	doubts(&monthly, CLOCK_CREDIBLE, 0);
	is_old(&monthly, 0, 350);
	doubts(&pause, CLOCK_CREDIBLE, 0);
	is_old(&pause, 0, 5);
}

/* Imported runs of other machines lie side by side: nothing is older than its own date says. */
static void an_age_is_at_most_that_of_the_date(void **state)
{
	struct story s = { { 1, 10, 20, 1, 10, 20, 1, 10, 20 }, 9, 21 };

	(void)state;
	is_old(&s, 0, 20);
	is_old(&s, 3, 20);
	is_old(&s, 8, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_clock_that_is_right_is_believed),
		cmocka_unit_test(a_jump_ahead_makes_nothing_old),
		cmocka_unit_test(a_jump_back_makes_nothing_old),
		cmocka_unit_test(what_is_usual_is_a_matter_of_the_store),
		cmocka_unit_test(an_age_is_at_most_that_of_the_date),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("age", tests, NULL, NULL);
}
