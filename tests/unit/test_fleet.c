/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One answer from many machines. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "stats/fleet.h"

static void is_near(double got, double want, double within)
{
	if (!(fabs(got - want) <= within))
		fail_msg("%.10g is not %.10g", got, want);
}

/*
 * The 13 trials of the BCG vaccine (Colditz et al., J. Am. Med. Assoc. 271 (1994) 698), log relative risks
 * and their variances as R's metafor has them to four digits; it finds a variance of 0.318 by Paule and
 * Mandel.
 */
static void a_published_variance_between_is_found(void **state)
{
	static const double risk[][2] = {
		{ -0.8893, 0.3256 }, { -1.5854, 0.1946 }, { -1.3481, 0.4154 }, { -1.4416, 0.0200 },
		{ -0.2175, 0.0512 }, { -0.7861, 0.0069 }, { -1.6209, 0.2230 }, { 0.0120, 0.0040 },
		{ -0.4694, 0.0564 }, { -1.3713, 0.0730 }, { -0.3394, 0.0124 }, { 0.4459, 0.5325 },
		{ -0.0173, 0.0714 },
	};
	struct fleet_host host[13];
	struct fleet f;

	(void)state;
	for (size_t i = 0; i < 13; i++)
		host[i] = (struct fleet_host){ risk[i][0], sqrt(risk[i][1]), 15 };
	f = stats_fleet(host, 13);
	is_near(f.between * f.between, 0.318, 0.0005);
	is_near(log(f.effect.ratio), -0.715, 0.0005);
	assert_true(f.differ_p < 1e-6);
}

/* Equal errors, or none: the interval is Student's of the machines' own values. */
static void machines_that_are_alike_in_noise_are_a_t_test(void **state)
{
	struct fleet_host host[] = { { 0.01, 0.001, 15 }, { 0.03, 0.001, 15 }, { 0.08, 0.001, 15 } };
	double error = sqrt(0.0013 / 3); /* their variance is 0.0013 */
	struct fleet f;

	(void)state;
	for (int known = 1; known >= 0; known--) {
		host[1].error = known ? 0.001 : NAN;
		f = stats_fleet(host, 3);
		assert_int_equal(f.effect.n, 3);
		is_near(log(f.effect.ratio), 0.04, 1e-12);
		is_near(log(f.effect.high), 0.04 + 4.302652729911275 * error, 1e-9);
		is_near(log(f.effect.low90), 0.04 - 2.919985580353725 * error, 1e-9);
		is_near(f.between, sqrt(0.0013 - (known ? 1e-6 : 0)), 1e-9);
		assert_true(isnan(f.differ_p) == !known);
	}
}

/* What the blocks leave unknown is part of the interval also where machines happen to agree. */
static void machines_that_agree_by_chance_are_not_more_certain_than_their_blocks(void **state)
{
	const struct fleet_host host[] = { { 0.05, 0.01, 15 }, { 0.05, 0.01, 15 }, { 0.05, 0.01, 15 } };
	struct fleet f = stats_fleet(host, 3);

	(void)state;
	assert_true(f.between == 0);
	is_near(log(f.effect.high), 0.05 + 4.302652729911275 * 0.01 / sqrt(3), 1e-9);
	assert_true(f.next_high > f.effect.high);
	assert_true(f.differ_p > 0.99);
}

static void fewer_than_three_machines_have_no_interval(void **state)
{
	const struct fleet_host host[] = { { 0.01, 0.01, 15 }, { 0.03, 0.01, 15 } };
	struct fleet none = stats_fleet(host, 0), one = stats_fleet(host, 1), two = stats_fleet(host, 2);

	(void)state;
	assert_true(none.effect.n == 0 && isnan(none.effect.ratio));
	is_near(log(one.effect.ratio), 0.01, 1e-12);
	assert_true(isnan(one.between));
	is_near(log(two.effect.ratio), 0.02, 1e-12);
	assert_true(isnan(two.effect.low) && isnan(two.effect.p) && isnan(two.next_low));
	assert_false(isnan(two.differ_p));
}

static void values_that_are_all_the_same_are_certain(void **state)
{
	const struct fleet_host host[] = { { 0.1, 0, 15 }, { 0.1, 0, 15 }, { 0.1, 0, 15 } };
	struct fleet f = stats_fleet(host, 3);

	(void)state;
	assert_true(f.effect.low == f.effect.high);
	assert_true(f.effect.p == 0);
}

static void without_a_machine_the_others_answer(void **state)
{
	const struct fleet_host host[] = {
		{ 0.01, 0.01, 15 }, { 0.9, NAN, 15 }, { 0.02, 0.01, 15 }, { 0.03, 0.01, 15 }
	};
	const struct fleet_host rest[] = { { 0.01, 0, 15 }, { 0.02, 0, 15 }, { 0.03, 0, 15 } };
	struct fleet f = stats_fleet_without(host, 4, 1), want = stats_fleet(rest, 3);

	(void)state;
	assert_int_equal(f.effect.n, 3);
	is_near(f.effect.ratio, want.effect.ratio, 1e-12);
	is_near(f.effect.low, want.effect.low, 1e-12);
}

static void a_machine_unlike_the_others_strays(void **state)
{
	const struct fleet_host host[] = { { 0.01, 0.01, 15 },
					   { 0.02, 0.01, 15 },
					   { 0.03, 0.01, 15 },
					   { 0.02, 0.01, 15 },
					   { 0.30, 0.01, 15 } };

	(void)state;
	assert_true(stats_fleet_stray(host, 5, 4) < 0.01);
	assert_true(stats_fleet_stray(host, 5, 0) > 0.5);
	assert_true(isnan(stats_fleet_stray(host, 3, 0))); /* two others foretell nothing */
}

/* What Student's t has for one more value of three that are alike: the distance over sd * sqrt(1 + 1 / 3). */
static void what_others_foretell_is_as_wide_as_they_lie_apart(void **state)
{
	const struct fleet_host host[] = {
		{ 0.00, NAN, 15 }, { 0.01, NAN, 15 }, { 0.02, NAN, 15 }, { 0.05, NAN, 15 }
	};

	(void)state;
	/* t = 0.04 / (0.01 * sqrt(4 / 3)) = 3.4641, of one degree of freedom */
	is_near(stats_fleet_stray(host, 4, 3), 1 - 2 / M_PI * atan(3.4641016151377544), 1e-9);
}

static void a_machine_by_itself_has_the_interval_of_its_blocks(void **state)
{
	struct effect e = stats_host_effect(&(struct fleet_host){ 0.05, 0.01, 15 }),
		      one = stats_host_effect(&(struct fleet_host){ 0.05, NAN, 1 }),
		      none = stats_host_effect(&(struct fleet_host){ NAN, NAN, 0 });

	(void)state;
	is_near(log(e.high), 0.05 + 2.144786687916928 * 0.01, 1e-9);
	assert_true(isnan(one.low) && one.n == 1);
	assert_true(isnan(none.ratio) && none.n == 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_published_variance_between_is_found),
		cmocka_unit_test(machines_that_are_alike_in_noise_are_a_t_test),
		cmocka_unit_test(machines_that_agree_by_chance_are_not_more_certain_than_their_blocks),
		cmocka_unit_test(fewer_than_three_machines_have_no_interval),
		cmocka_unit_test(values_that_are_all_the_same_are_certain),
		cmocka_unit_test(without_a_machine_the_others_answer),
		cmocka_unit_test(a_machine_unlike_the_others_strays),
		cmocka_unit_test(a_machine_by_itself_has_the_interval_of_its_blocks),
		cmocka_unit_test(what_others_foretell_is_as_wide_as_they_lie_apart),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
