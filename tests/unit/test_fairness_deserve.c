/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a target wants and deserves, and what becomes of that over windows. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "monitor/fairness.h"

#define near(got, want) assert_float_equal(got, want, 1e-9)

static struct fairness_claim claim(double weight, double received, double wanted)
{
	return (struct fairness_claim){ weight, INFINITY, received, wanted, NULL, NAN };
}

static void what_a_thread_wants(void **state)
{
	(void)state;
	near(fairness_wanted(0, 0, 5), 0);		     /* slept */
	near(fairness_wanted(0, 5, 5), 5);		     /* only waited */
	near(fairness_wanted(1, 4, 5), 5);		     /* never slept */
	near(fairness_wanted(1, 0, 5), 1);		     /* never waited */
	near(fairness_wanted(0.1, 0.9, 10), 10 * 0.1 / 9.1); /* light, and late each time */
	near(fairness_wanted(1, 1, 3), 1.5);
	near(fairness_wanted(3.1, 0, 3), 3); /* clocks differ */
}

static void all_want_all(void **state)
{
	struct fairness_claim c[] = { claim(1, 5, 20), claim(2, 5, 20), claim(4, 4, 20) };

	(void)state;
	fairness_deserve(c, 3, 20);
	near(c[0].deserved, 2);
	near(c[1].deserved, 4);
	near(c[2].deserved, 8);
}

/* What a sleeper leaves goes to the others by weight, and may satisfy one more. */
static void who_wants_little_gets_it(void **state)
{
	struct fairness_claim c[] = { claim(4, 1, 1), claim(2, 4, 4), claim(1, 5, 10), claim(1, 4, 10) };

	(void)state;
	fairness_deserve(c, 4, 20);
	near(c[0].deserved, 1);
	near(c[1].deserved, 4);
	near(c[2].deserved, 4.5);
	near(c[3].deserved, 4.5);
}

static void a_quota_is_the_most(void **state)
{
	struct fairness_claim c[] = { claim(1, 3, 10), claim(1, 7, 10) };

	(void)state;
	c[1].most = 2;
	fairness_deserve(c, 2, 20);
	near(c[0].deserved, 8);
	near(c[1].deserved, 2);
	c[0].wanted = 3; /* now no target has a claim to what the second took too much */
	fairness_deserve(c, 2, 20);
	near(c[0].deserved, 3);
	near(c[1].deserved, 2);
}

static const struct fairness_cpus cpu_0 = { { 1 } }, cpu_1 = { { 2 } }, both = { { 3 } }, four = { { 15 } };

static struct fairness_claim bound_claim(double weight, double received, const struct fairness_cpus *may)
{
	return (struct fairness_claim){ weight, INFINITY, received, 40, may, NAN };
}

/* Two CPUs for ten seconds. */
static void a_target_deserves_what_its_cpus_can_give(void **state)
{
	struct fairness_claim heavy[] = { bound_claim(9, 10, &cpu_0), bound_claim(1, 10, &both) },
			      crowded[] = { bound_claim(1, 5, &cpu_0), bound_claim(1, 5, &cpu_0),
					    bound_claim(1, 10, &both) },
			      weighed[] = { bound_claim(1, 2, &cpu_0), bound_claim(3, 8, &cpu_0),
					    bound_claim(1, 10, &cpu_1) };

	(void)state;
	fairness_deserve(heavy, 2, 10);
	near(heavy[0].deserved, 10);
	near(heavy[1].deserved, 10);
	fairness_deserve(crowded, 3, 10);
	near(crowded[0].deserved, 5);
	near(crowded[1].deserved, 5);
	near(crowded[2].deserved, 10);
	fairness_deserve(weighed, 3, 10);
	near(weighed[0].deserved, 2.5);
	near(weighed[1].deserved, 7.5);
	near(weighed[2].deserved, 10);
}

/* Four CPUs: those of the two sets are full only together. */
static void two_sets_of_cpus_are_one_room(void **state)
{
	struct fairness_claim c[] = { bound_claim(1, 5, &cpu_0), bound_claim(1, 5, &cpu_1),
				      bound_claim(1, 10, &both), bound_claim(1, 20, &four) };

	(void)state;
	fairness_deserve(c, 4, 10);
	near(c[0].deserved, 20.0 / 3);
	near(c[1].deserved, 20.0 / 3);
	near(c[2].deserved, 20.0 / 3);
	near(c[3].deserved, 20);
}

static void jains_index(void **state)
{
	static const double alike[] = { 3, 3, 3 }, one[] = { 1, 0, 0, 0 }, his[] = { 1, 2, 3 };

	(void)state;
	near(fairness_jain(alike, 3), 1);
	near(fairness_jain(one, 4), 0.25);
	near(fairness_jain(his, 3), 36.0 / 42);
	assert_true(isnan(fairness_jain(one, 0)));
}

static void windows_are_summed_up(void **state)
{
	struct fairness_claim fair[] = { claim(1, 1, 4), claim(1, 1, 4) },
			      unfair[] = { claim(1, 3, 4), claim(1, 1, 4) };
	struct fairness f;

	(void)state;
	fairness_begin(&f, 2);
	assert_true(isnan(f.jain));
	fairness_add(&f, fair, 1, 4);
	fairness_add(&f, unfair, 2, 4);
	fairness_add(&f, fair, 3, 4);
	assert_int_equal(f.windows, 3);
	assert_int_equal(f.contended, 3);
	near(f.jain, (1 + 0.8 + 1) / 3);
	near(f.jain_least, 0.8);
	near(f.error, 0.5 / 3);
	near(f.error_most, 0.5);
	near(f.error_at, 2);
	near(f.share[0].received, 5);
	near(f.share[0].deserved, 4);
	near(f.share[0].ratio, 3.5 / 3);
	near(f.share[1].ratio_least, 0.5);
	near(f.share[1].ratio_most, 1);
	fairness_free(&f);
}

static void sleepers_are_no_victims(void **state)
{
	struct fairness_claim c[] = { claim(100, 0, 0), claim(1, 2, 2.01), claim(1, 1, 1) };
	struct fairness f;

	(void)state;
	fairness_begin(&f, 3);
	fairness_add(&f, c, 1, 4);
	assert_int_equal(f.windows, 1);
	assert_int_equal(f.contended, 0);
	assert_true(f.jain > 0.999);
	assert_int_equal(f.share[0].windows, 0);
	assert_true(isnan(f.share[0].ratio));
	for (int i = 0; i < 3; i++)
		c[i] = claim(1, 0, 0);
	fairness_add(&f, c, 2, 4); /* no target wants anything */
	assert_int_equal(f.windows, 1);
	fairness_free(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_a_thread_wants),
		cmocka_unit_test(all_want_all),
		cmocka_unit_test(who_wants_little_gets_it),
		cmocka_unit_test(a_quota_is_the_most),
		cmocka_unit_test(a_target_deserves_what_its_cpus_can_give),
		cmocka_unit_test(two_sets_of_cpus_are_one_room),
		cmocka_unit_test(jains_index),
		cmocka_unit_test(windows_are_summed_up),
		cmocka_unit_test(sleepers_are_no_victims),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("fairness_deserve", tests, NULL, NULL);
}
