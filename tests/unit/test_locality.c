/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The locality score: a farther move weighs more, and the sum is for a unit of work. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <string.h>
#include "collect/locality.h"
#include "collect/per_work.h"
#include "record/metric_name.h"

#define NR_MOVES(c, l, n, f)                  \
	{                                     \
		.moved = {                    \
			[MIGRATE_core] = (c), \
			[MIGRATE_l3] = (l),   \
			[MIGRATE_node] = (n), \
			[MIGRATE_far] = (f)   \
		}                             \
	}

static void the_weights_are_those_of_the_manual(void **state)
{
	struct topology one = { .nr_nodes = 1, .distance = (int[]){ 10 } };
	struct topology two = { .nr_nodes = 2, .distance = (int[]){ 10, 21, 21, 10 } };
	struct topology three = { .nr_nodes = 3, .distance = (int[]){ 10, 12, 32, 12, 10, 16, 32, 16, 10 } };
	struct locality l = locality_of(&two);

	(void)state;
	assert_true(l.weight[MIGRATE_core] == 1 && l.weight[MIGRATE_l3] == 2 && l.weight[MIGRATE_node] == 4);
	assert_true(fabs(l.weight[MIGRATE_far] - 8.4) < 1e-12);
	assert_true(fabs(locality_of(&three).weight[MIGRATE_far] - 8) < 1e-12);
	assert_true(fabs(locality_of(&one).weight[MIGRATE_far] - 8) < 1e-12);
}

static void each_level_is_dearer_on_any_machine(void **state)
{
	static const char *const machines[] = { "synthetic:package:1 core:4 pu:2",
						"synthetic:package:2 numa:1 l3:2 core:2 pu:2",
						"synthetic:package:4 numa:1 core:2 pu:1" };

	(void)state;
	for (size_t i = 0; i < sizeof(machines) / sizeof(*machines); i++) {
		struct topology t;
		struct locality l;

		assert_int_equal(topology_load(machines[i], &t), 0);
		l = locality_of(&t);
		for (int level = 1; level < MIGRATE_NR; level++)
			assert_true(l.weight[level] > l.weight[level - 1]);
		topology_free(&t);
	}
}

static void a_score_is_what_it_is_by_hand(void **state)
{
	const struct locality l = { .weight = { 1, 2, 4, 8.4 } };
	const struct migrate_counts none = NR_MOVES(0, 0, 0, 0), moves = NR_MOVES(1000, 100, 10, 5);

	(void)state;
	assert_true(locality_score(&l, &none) == 0);
	assert_true(fabs(locality_score(&l, &moves) - 1282) < 1e-9);
}

static const struct per_work score = { METRIC_HOPS, METRIC_HOPS_WORK, "hop" };

static const struct metric *per_work(struct metrics *m)
{
	per_work_add(m, &score);
	return metrics_find(m, METRIC_HOPS_WORK);
}

static void it_is_for_the_work_that_was_done(void **state)
{
	struct metrics run = { 0 }, requests = { 0 };

	(void)state;
	metrics_add(&run, METRIC_HOPS, "hop", BETTER_LOWER, 1282);
	assert_true(per_work(&run)->value == 1282);
	assert_string_equal(per_work(&run)->unit, "hop/run");
	metrics_add(&requests, METRIC_HOPS, "hop", BETTER_LOWER, 1282);
	metrics_add(&requests, METRIC_WORK_DONE, "request", BETTER_NONE, 641);
	assert_true(per_work(&requests)->value == 2);
	assert_string_equal(per_work(&requests)->unit, "hop/request");
	metrics_free(&run);
	metrics_free(&requests);
}

static void what_is_not_known_is_absent(void **state)
{
	struct metrics absent = { 0 }, idle = { 0 };

	(void)state;
	metrics_absent(&absent, METRIC_HOPS, "hop", "the kernel refuses it");
	assert_string_equal(per_work(&absent)->absent, "the kernel refuses it");
	metrics_add(&idle, METRIC_HOPS, "hop", BETTER_LOWER, 3);
	metrics_add(&idle, METRIC_WORK_DONE, "request", BETTER_NONE, 0);
	assert_string_equal(per_work(&idle)->absent, "no work was done");
	metrics_free(&absent);
	metrics_free(&idle);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_weights_are_those_of_the_manual),
		cmocka_unit_test(each_level_is_dearer_on_any_machine),
		cmocka_unit_test(a_score_is_what_it_is_by_hand),
		cmocka_unit_test(it_is_for_the_work_that_was_done),
		cmocka_unit_test(what_is_not_known_is_absent),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
