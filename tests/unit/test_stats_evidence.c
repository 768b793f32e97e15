/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a judgement rests on beside the ratio: shares, totals, steps, dependence, carry-over, differences. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "stats/binomial.h"
#include "stats/carry.h"
#include "stats/dependence.h"
#include "stats/resolution.h"
#include "stats/totals.h"

#define NR(a) (sizeof(a) / sizeof(*(a)))

static void near(double a, double b, double within)
{
	if (!(fabs(a - b) <= within))
		fail_msg("%.17g is not within %g of %.17g", a, within, b);
}

/* P(at most k of n) by the definition. */
static double at_most(unsigned k, unsigned n, double p)
{
	double sum = 0;

	for (unsigned i = 0; i <= k; i++)
		sum += exp(lgamma(n + 1) - lgamma(i + 1) - lgamma(n - i + 1) + i * log(p) +
			   (n - i) * log1p(-p));
	return sum;
}

static void shares_are_exact(void **state)
{
	struct interval some = stats_share(12, 30), none = stats_share(0, 10), all = stats_share(10, 10);

	(void)state;
	near(some.value, 0.4, 1e-15);
	near(1 - at_most(11, 30, some.low), 0.025, 1e-9);
	near(at_most(12, 30, some.high), 0.025, 1e-9);
	assert_true(none.low == 0 && all.high == 1);
	near(at_most(0, 10, none.high), 0.025, 1e-9);
	near(all.low, 1 - none.high, 1e-12);
	assert_true(isnan(stats_share(0, 0).value) && isnan(stats_share(3, 2).high));
}

static void rare_events_may_not_show(void **state)
{
	(void)state;
	near(pow(1 - stats_unseen(15), 15), 0.05, 1e-12);
	near(stats_unseen(0), 1, 0);
}

static void totals_by_hand(void **state)
{
	const double x[] = { 10, 11, 9, 30, 10, 12, 10 }, y[] = { 10, 10, 10, 10, 11, 12, 9 };
	double huge[7], tiny[7];
	struct effect e, scaled;

	(void)state;
	stats_totals(x, y, NULL, 7, &e);
	near(e.ratio, 92.0 / 72, 1e-12);
	near(e.low, 0.7061545, 1e-7);
	near(e.high, 2.3121230, 1e-7);
	assert_true(e.n == 7 && e.low < e.low90 && e.high90 < e.high && e.p > 0.3 && e.p < 0.5);
	for (int i = 0; i < 7; i++) {
		huge[i] = x[i] * (1e307 / 3);
		tiny[i] = y[i] * (1e307 / 3);
	}
	stats_totals(huge, tiny, NULL, 7, &scaled);
	near(scaled.low, e.low, 1e-9);
	stats_totals(x, y, NULL, 5, &e);
	assert_true(e.ratio > 1 && isnan(e.low) && isnan(e.p));
	stats_totals(x, y, NULL, 0, &e);
	assert_true(isnan(e.ratio) && !e.n);
}

/* Blocks of a boot stand for one: as many boots as there are, in whatever order they come. */
static void totals_over_boots(void **state)
{
	double x[12], y[12], sum_x[6] = { 0 }, sum_y[6] = { 0 };
	struct effect boots, sums;
	unsigned boot[12];

	(void)state;
	for (unsigned i = 0; i < 12; i++) {
		boot[i] = 9 - i % 6;
		x[i] = 10 + i * i % 5;
		y[i] = 10;
		sum_x[i % 6] += x[i];
		sum_y[i % 6] += y[i];
	}
	stats_totals(x, y, boot, 12, &boots);
	stats_totals(sum_x, sum_y, NULL, 6, &sums);
	assert_int_equal(boots.n, 6);
	near(boots.high, sums.high, 1e-12);
}

/* What a minority of the blocks does moves the totals alone. */
static void totals_see_a_stall(void **state)
{
	struct effect ranks, totals;
	double x[15], y[15];

	(void)state;
	for (int i = 0; i < 15; i++) {
		y[i] = 10 + 0.01 * (i % 5);
		x[i] = i == 4 || i == 10 ? 3 * y[i] : y[i] + 0.001;
	}
	stats_effect(x, y, 15, &ranks);
	stats_totals(x, y, NULL, 15, &totals);
	assert_true(ranks.high90 < 1.001 && totals.ratio > 1.25 && totals.high90 > 1.4);
}

static void steps_are_found(void **state)
{
	const double whole[] = { 4, 5, 4, 4 }, cents[] = { 1.25, 3.5, 7.01 }, tens[] = { 1200, 30, 10 },
		     fine[] = { 0.123456789123, 1 }, nothing[] = { 0, 0 };

	(void)state;
	near(stats_step(whole, 4), 1, 0);
	near(stats_step(cents, 3), 0.01, 1e-18);
	near(stats_step(tens, 3), 10, 0);
	assert_true(isnan(stats_step(fine, 2)) && isnan(stats_step(whole, 0)));
	near(stats_step(nothing, 2), 100, 0);
	assert_true(stats_identical(nothing, 2) && !stats_identical(whole, 4) && !stats_identical(whole, 1));
	/* A third of 3e8, as a program prints it. */
	near(stats_step((double[]){ 100000000.333 }, 1), 0.001, 1e-18);
}

static void steps_hide(void **state)
{
	struct effect e = { 15, 1, 1, 1, 1, 1, 1, 0 };
	const double same[] = { 4, 4, 4 }, wide[] = { 20, 30, 40 };

	(void)state;
	near(stats_hidden(same, 3, 1), 1, 0);
	near(stats_hidden(wide, 3, 1), 1 / 20.0, 1e-12);
	effect_hide(&e, &(struct hidden){ 4, 5, 1, 0.5 });
	near(e.low, 5 / 5.5, 1e-12);
	near(e.high90, 5 / 4.0, 1e-12);
}

static void free_values_lose_nothing(void **state)
{
	const double zigzag[] = { 1, -1, 1, -1, 1, -1, 1, -1, 1, -1 }, flat[10] = { 0 };

	(void)state;
	near(stats_inflation(zigzag, 10), 1, 0);
	near(stats_inflation(flat, 10), 1, 0);
	near(stats_inflation((double[]){ 1, 1, 1, 1, 0, 0, 0, 0, 0 }, 9), 1, 0);
}

static void what_hangs_together_counts_less(void **state)
{
	const double two_levels[] = { 1.1, 1, 1.2, 1, 1.1, 1, 0, .1, 0, .2, 0, .1 };
	double factor = stats_inflation(two_levels, NR(two_levels));
	struct effect e = { 12, 1.1, 1.05, 1.2, 1.06, 1.18, 0.01, 0 };

	(void)state;
	assert_true(factor > 2 && factor < 4.4);
	effect_inflate(&e, 2);
	near(log(e.high / e.ratio), 2 * log(1.2 / 1.1), 1e-12);
	near(log(e.ratio / e.low90), 2 * log(1.1 / 1.06), 1e-12);
	near(e.p, 0.1445, 1e-4); /* Student's t is 1.571 */
	near(effect_within(&e, log(1.5)), 0.000169, 1e-6);
}

/* The smallest p of 12 ranks is 0.0005: half its deviate is no evidence, and three times as much is. */
static void much_stays_much_when_it_is_widened(void **state)
{
	struct effect e = { 12, 3, 2.9, 3.1, 2.95, 3.05, 2 / 4096.0, 1 },
		      none = { 3, 2, NAN, NAN, NAN, NAN, 0.25, 1 };
	struct shift s = { 12, 0, -1, 1, -0.9, 0.9, 1 };

	(void)state;
	effect_inflate(&e, 4.4);
	assert_true(e.p < 1e-4);
	effect_inflate(&none, 4.4);
	near(none.p, 0.25, 0);
	assert_true(isnan(effect_within(&none, 1)));
	shift_inflate(&s, 2);
	near(s.p, 1, 1e-12);
	near(s.high, 2, 1e-12);
	near(shift_within(&s, 2), 0.025, 1e-12);
}

/* Three arms, 8 blocks, in random order; what comes after arm 1 is 5 % slower. Arm 2 is 10 % slower itself.
 */
static size_t carried(struct carry_sample *s, double noise)
{
	static const unsigned order[8][3] = { { 0, 1, 2 }, { 2, 1, 0 }, { 1, 0, 2 }, { 1, 2, 0 },
					      { 0, 2, 1 }, { 2, 0, 1 }, { 1, 2, 0 }, { 0, 1, 2 } };
	unsigned after = 3;
	size_t n = 0;

	for (unsigned b = 0; b < 8; b++) {
		for (unsigned i = 0; i < 3; i++, n++) {
			unsigned arm = order[b][i];

			s[n] = (struct carry_sample){ b + (arm == 2 ? 0.1 : 0) + (after == 1 ? 0.05 : 0) +
							      noise * ((n * 7919 % 13) / 6.0 - 1),
						      b, arm, after };
			after = arm;
		}
	}
	return n;
}

static void predecessors_are_told_apart(void **state)
{
	struct carry_sample s[24];
	struct carry c;

	(void)state;
	stats_carry(s, carried(s, 1e-4), 3, 4, &c);
	assert_true(c.p < 1e-9);
	near(c.left[1] - c.left[0], 0.05, 1e-3);
	near(c.left[2] - c.left[0], 0, 1e-3);
	near(c.left[0] + c.left[1] + c.left[2] + c.left[3], 0, 1e-9);
	assert_true(c.wider[0] == 1 && c.wider[1] > 1 && c.wider[1] < 2 && c.wider[2] > 1 && c.wider[2] < 2);
	carry_free(&c);
}

/* In always the same order nobody can tell a policy from what runs before it. */
static void an_order_that_shows_nothing(void **state)
{
	struct carry_sample s[24];
	struct carry c;

	(void)state;
	for (unsigned i = 0; i < 24; i++)
		s[i] = (struct carry_sample){ i * 7919 % 13, i / 2, i % 2, (i + 1) % 2 };
	stats_carry(s, 24, 2, 2, &c);
	assert_true(isnan(c.p) && c.left[0] == 0 && c.wider[1] == 1);
	carry_free(&c);
	stats_carry(s, 1, 2, 2, &c);
	assert_true(isnan(c.p));
	carry_free(&c);
	stats_carry(s, 0, 1, 1, &c);
	assert_true(isnan(c.p));
	carry_free(&c);
}

static void differences_of_what_has_no_ratio(void **state)
{
	const double x[] = { 0, 0, 0, 1, 0, 2, 0 }, y[] = { 10, 11, 9, 10, 12, 10, 11 };
	const unsigned boot[] = { 1, 1, 1, 2, 2, 2, 2 };
	struct shift s;

	(void)state;
	stats_shift(x, y, NULL, 7, &s);
	assert_true(s.n == 7 && s.value == -10 && s.low == -11.5 && s.high == -8.5 && s.p < 0.001);
	stats_shift(x, y, boot, 7, &s);
	assert_true(s.n == 2 && isnan(s.low));
	stats_shift(x, x, NULL, 7, &s);
	assert_true(s.value == 0 && s.low == 0 && s.p == 1);
	stats_shift(x, y, NULL, 0, &s);
	assert_true(!s.n && isnan(s.value));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shares_are_exact),
		cmocka_unit_test(rare_events_may_not_show),
		cmocka_unit_test(totals_by_hand),
		cmocka_unit_test(totals_over_boots),
		cmocka_unit_test(totals_see_a_stall),
		cmocka_unit_test(steps_are_found),
		cmocka_unit_test(steps_hide),
		cmocka_unit_test(free_values_lose_nothing),
		cmocka_unit_test(what_hangs_together_counts_less),
		cmocka_unit_test(much_stays_much_when_it_is_widened),
		cmocka_unit_test(predecessors_are_told_apart),
		cmocka_unit_test(an_order_that_shows_nothing),
		cmocka_unit_test(differences_of_what_has_no_ratio),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("stats_evidence", tests, NULL, NULL);
}
