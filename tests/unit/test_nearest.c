/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "util/cause.h"
#include "util/nearest.h"

static const char *const words[] = { "fair", "fifo", "vtime", "locality", "prioq", NULL };

static const char *best_of(const char *word)
{
	struct nearest n = { .word = word };

	for (const char *const *w = words; *w; w++)
		nearest_try(&n, *w);
	return n.best ? n.best : "";
}

static void each_kind_of_slip_counts_once(void **state)
{
	(void)state;
	assert_int_equal(nearest_slips("", ""), 0);
	assert_int_equal(nearest_slips("fifo", "fifo"), 0);
	assert_int_equal(nearest_slips("", "abc"), 3);
	assert_int_equal(nearest_slips("fiffo", "fifo"), 1);
	assert_int_equal(nearest_slips("ffo", "fifo"), 1);
	assert_int_equal(nearest_slips("fofo", "fifo"), 1);
	assert_int_equal(nearest_slips("ffio", "fifo"), 1);
	assert_int_equal(nearest_slips("kitten", "sitting"), 3);
	/* A part that was swapped is not changed again. */
	assert_int_equal(nearest_slips("ca", "abc"), 3);
}

static void the_distance_is_the_same_from_either_side(void **state)
{
	(void)state;
	for (const char *const *a = words; *a; a++)
		for (const char *const *b = words; *b; b++)
			assert_int_equal(nearest_slips(*a, *b), nearest_slips(*b, *a));
}

static void a_slip_is_recognised(void **state)
{
	(void)state;
	assert_string_equal(best_of("fiffo"), "fifo");
	assert_string_equal(best_of("fiar"), "fair");
	assert_string_equal(best_of("loaclity"), "locality");
	assert_string_equal(best_of("vtim"), "vtime");
	assert_string_equal(best_of("fifo"), "fifo");
	assert_string_equal(best_of("vtme"), "vtime");
}

static void a_beginning_is_near(void **state)
{
	(void)state;
	assert_string_equal(best_of("loc"), "locality");
	assert_string_equal(best_of("l"), "");
}

static void another_word_is_not_near(void **state)
{
	(void)state;
	assert_string_equal(best_of("nosuch"), "");
	assert_string_equal(best_of(""), "");
	assert_string_equal(best_of("x"), "");
	assert_string_equal(best_of("rusty"), "");
}

static void a_word_without_end_is_far_from_all(void **state)
{
	char longest[64], longer[65];

	(void)state;
	memset(longest, 'a', sizeof(longest) - 1);
	longest[63] = '\0';
	memset(longer, 'a', sizeof(longer) - 1);
	longer[64] = '\0';
	assert_int_equal(nearest_slips(longest, longest), 0);
	assert_int_equal(nearest_slips(longer, longer), UINT_MAX);
	assert_string_equal(best_of(longer), "");
}

static void the_question_names_the_nearest_or_ends_the_sentence(void **state)
{
	struct nearest n = { .word = "fiffo" };

	(void)state;
	assert_string_equal(nearest_ask(&n), ":");
	nearest_try(&n, "prioq");
	nearest_try(&n, "fifo");
	nearest_try(&n, "fair");
	assert_string_equal(nearest_ask(&n), ": did you mean fifo?");
}

static void a_word_of_a_list_has_its_place(void **state)
{
	(void)state;
	assert_int_equal(nearest_index("--policy", "fair", words), 0);
	assert_int_equal(nearest_index("--policy", "prioq", words), 4);
	assert_int_equal(nearest_index("--policy", "fiffo", words), -CAUSE_USAGE);
	assert_int_equal(nearest_index("--policy", "", words), -CAUSE_USAGE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_kind_of_slip_counts_once),
		cmocka_unit_test(the_distance_is_the_same_from_either_side),
		cmocka_unit_test(a_slip_is_recognised),
		cmocka_unit_test(a_beginning_is_near),
		cmocka_unit_test(another_word_is_not_near),
		cmocka_unit_test(a_word_without_end_is_far_from_all),
		cmocka_unit_test(the_question_names_the_nearest_or_ends_the_sentence),
		cmocka_unit_test(a_word_of_a_list_has_its_place),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("nearest", tests, NULL, NULL);
}
