/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Turns of a bisection; tests/stats/simulate/turns.c has how often they err. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "judge/turns.h"
#include "stats/anytime.h"

#define NR(a) (sizeof(a) / sizeof(*(a)))

static const double values[] = { 0.4, -0.1, 0.7, 0.3, 0.2, 0.9 };

static void near(double a, double b, double within)
{
	if (!(fabs(a - b) <= within))
		fail_msg("%.17g is not within %g of %.17g", a, within, b);
}

/* Of values of spread s and mean h s. */
static double likelihood(double s, double h)
{
	const size_t nr = NR(values);
	double sum = 0;

	for (size_t i = 0; i < nr; i++)
		sum += (values[i] - h * s) * (values[i] - h * s);
	return pow(s, -(double)nr) * exp(-sum / (2 * s * s));
}

/* By the definition: over log s, whose density is 1 / s, and a half-normal h. */
static double evidence_by_sums(void)
{
	double with = 0, without = 0;

	for (double t = -4; t < 4; t += 0.02) {
		without += likelihood(exp(t), 0);
		for (double h = 0.01; h < 8; h += 0.02)
			with += likelihood(exp(t), h) * 2 * exp(-h * h / 2) / sqrt(2 * M_PI) * 0.02;
	}
	return log(with / without);
}

static void evidence_is_the_ratio_of_the_likelihoods(void **state)
{
	(void)state;
	near(stats_evidence(values, NR(values), 1), evidence_by_sums(), 1e-4);
}

static void evidence_grows_with_a_shift_and_not_with_a_scale(void **state)
{
	double d[NR(values)], before = -INFINITY;

	(void)state;
	for (double shift = -1; shift < 1; shift += 0.1) {
		double e;

		for (size_t i = 0; i < NR(values); i++)
			d[i] = values[i] + shift;
		e = stats_evidence(d, NR(d), 1);
		assert_true(e > before);
		before = e;
		for (size_t i = 0; i < NR(values); i++)
			d[i] *= 1000;
		near(stats_evidence(d, NR(d), 1), e, 1e-9);
	}
}

static void values_that_are_all_alike_are_no_proof_at_once(void **state)
{
	double d[9];

	(void)state;
	for (size_t i = 0; i < NR(d); i++)
		d[i] = 0.01;
	assert_int_equal(stats_side(d, 5, 0.05), 0);
	assert_int_equal(stats_side(d, 6, 0.05), 1);
	assert_int_equal(stats_side(d, 6, 1e-4), 0);
	assert_int_equal(stats_side(d, 9, 1e-4), 1);
	memset(d, 0, sizeof(d));
	assert_int_equal(stats_side(d, 9, 0.5), 0);
	near(stats_evidence(d, 9, 1), 0, 0);
}

static void turns_are_as_many_as_halvings(void **state)
{
	static const unsigned commits[] = { 1, 2, 3, 4, 5, 64, 65, 1000 },
			      turns[] = { 0, 1, 2, 2, 3, 6, 7, 10 };

	(void)state;
	for (size_t i = 0; i < NR(commits); i++)
		assert_int_equal(turns_most(commits[i]), turns[i]);
}

static void all_turns_share_the_risk(void **state)
{
	(void)state;
	for (unsigned most = 0; most < 12; most++) {
		double sum = 0;

		for (unsigned nth = 0; nth < 60; nth++)
			sum += turns_level(0.05, most, nth);
		assert_true(sum <= 0.05 * (1 + 1e-12));
		near(sum, 0.05, 1e-9);
	}
}

#define BLOCKS 12

/* Blocks of their own speed, with a little noise that differs from arm to arm. */
static void draw(double *to, double ratio, unsigned arm)
{
	for (unsigned i = 0; i < BLOCKS; i++)
		to[i] = ratio * (1 + 0.3 * (i % 4)) * (1 + 0.002 * ((i * 7 + arm * 5) % 11));
}

static void a_commit_is_like_what_it_is_nearer_to(void **state)
{
	double good[BLOCKS], bad[BLOCKS], mid[BLOCKS];
	struct turn_values v = { good, bad, mid, BLOCKS };

	(void)state;
	draw(good, 1, 0);
	for (int up = 0; up < 2; up++) {
		double to = up ? 1.2 : 0.8;
		int direction = up ? 1 : -1;

		draw(bad, to, 1);
		assert_int_equal(turns_direction(&v, 0.01), direction);
		draw(mid, 1, 2);
		assert_int_equal(turns_take(&v, direction, 0.01), TURN_GOOD);
		draw(mid, to, 2);
		assert_int_equal(turns_take(&v, direction, 0.01), TURN_BAD);
		draw(mid, 1 + (to - 1) * 0.8, 2);
		assert_int_equal(turns_take(&v, direction, 0.01), TURN_BAD);
		draw(mid, sqrt(to), 2);
		assert_int_equal(turns_take(&v, direction, 0.01), TURN_OPEN);
	}
	draw(bad, 1, 1);
	assert_int_equal(turns_direction(&v, 0.01), 0);
}

static void blocks_without_a_value_do_not_count(void **state)
{
	double good[BLOCKS], bad[BLOCKS], mid[BLOCKS];
	struct turn_values v = { good, bad, mid, BLOCKS };

	(void)state;
	draw(good, 1, 0);
	draw(bad, 2, 1);
	draw(mid, 2, 2);
	for (unsigned i = 0; i < 4; i++) {
		good[i] = NAN;
		mid[i + 4] = 0;
	}
	assert_int_equal(turns_take(&v, 1, 0.01), TURN_OPEN);
	good[0] = good[1] = 1;
	assert_int_equal(turns_take(&v, 1, 0.01), TURN_BAD);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(evidence_is_the_ratio_of_the_likelihoods),
		cmocka_unit_test(evidence_grows_with_a_shift_and_not_with_a_scale),
		cmocka_unit_test(values_that_are_all_alike_are_no_proof_at_once),
		cmocka_unit_test(turns_are_as_many_as_halvings),
		cmocka_unit_test(all_turns_share_the_risk),
		cmocka_unit_test(a_commit_is_like_what_it_is_nearer_to),
		cmocka_unit_test(blocks_without_a_value_do_not_count),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("turns", tests, NULL, NULL);
}
