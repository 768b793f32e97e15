/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "stats/location.h"
#include "stats/ranks.h"
#include "stats/verdict.h"

#define NR(a) (sizeof(a) / sizeof(*(a)))

static const struct verdict_rule lower = { VERDICT_MARGIN, VERDICT_ALPHA, BETTER_LOWER, 1 };

static void near(double a, double b, double within)
{
	if (!(fabs(a - b) <= within))
		fail_msg("%.17g is not within %g of %.17g", a, within, b);
}

/* An effect with a 95 % interval, and a 90 % one a fifth narrower. */
static struct effect shown(double low, double high, size_t n)
{
	double middle = sqrt(low * high), inner = pow(high / low, 0.4);

	return (struct effect){ n, middle, low, high, middle / inner, middle * inner, 0.01, 0 };
}

static struct effect of_logs(const double *d, size_t n)
{
	double x[32], y[32];
	struct effect e;

	for (size_t i = 0; i < n; i++) {
		x[i] = exp(d[i]);
		y[i] = 1;
	}
	assert_int_equal(stats_effect(x, y, n, &e), 0);
	return e;
}

/* As published: Hollander, Wolfe, Chicken, example 3.1 (one-sided .0195, of ranks); and with ties and zeros,
 * Bortz, Lienert, Boehnke, Verteilungsfreie Methoden in der Biostatistik, as computed by R's exactRankTests
 * (V = 13, .1367). */
static void p_as_published(void **state)
{
	const double untied[] = { -.952, .147, -1.022, -.430, -.620, -.590, -.490, .080, -.010 };
	const double tied[] = { -4, -1, -1, -1, -2, 0, 0, 1, 0, -2, 4, -1, -1, 0, 0 };

	(void)state;
	near(signed_rank(untied, NR(untied)).p, 20 / 512.0, 1e-12);
	near(signed_rank_below(untied, NR(untied)), 10 / 512.0, 1e-12);
	near(of_logs(tied, NR(tied)).p, 0.1367, 5e-5);
}

static void p_of_little(void **state)
{
	const double zero[6] = { 0 }, up[] = { .1, .2, .3, .4, .5, .6 }, alike[] = { .1, .1, .1, .1, .1, .1 };

	(void)state;
	near(of_logs(zero, 6).p, 1, 0);
	near(of_logs(up, 1).p, 1, 0);
	near(of_logs(up, 2).p, 1 - 2 * atan(3) / M_PI, 1e-12); /* Student's t is 3 */
	near(of_logs(up, 6).p, 0.005934, 1e-6);
	near(of_logs(alike, 6).p, 2 / 64.0, 1e-15);
	near(signed_rank(up, 6).p, 2 / 64.0, 1e-15);
	assert_true(isnan(of_logs(up, 0).p) && of_logs(up, 0).n == 0 && isnan(of_logs(up, 0).cliff));
	near(of_logs(up, 6).cliff, 1, 0);
}

/* 1 / 3 and 100 / 300 are the same ratio, but not the same in binary. */
static void rounding_makes_no_rank(void **state)
{
	const double x[] = { 1, 100, 7, 3, 900, 21 }, y[] = { 3, 300, 21, 1, 300, 7 };
	struct effect e;

	(void)state;
	assert_int_equal(stats_effect(x, y, 6, &e), 0);
	near(e.p, 1, 1e-12);
}

/* Benjamini, Hochberg (1995), 3.2: fifteen p-values of a trial of two treatments of infarction; four are
 * found. */
static void false_discovery_as_published(void **state)
{
	const double p[] = { .0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344,
			     .0459, .3240, .4262, .5719, .6528, .7590, 1 };
	double adjusted[NR(p)], shuffled[NR(p) + 1], again[NR(p) + 1];

	(void)state;
	stats_adjust(p, NR(p), adjusted);
	near(adjusted[3], .0095 * 15 / 4, 1e-15);
	near(adjusted[4], .0201 * 15 / 5, 1e-15);
	assert_true(adjusted[3] < 0.05 && adjusted[4] > 0.05);
	near(adjusted[14], 1, 0);
	/* In another order and with one that is absent: the same. */
	for (size_t i = 0; i < NR(p); i++)
		shuffled[i * 7 % NR(p)] = p[i];
	shuffled[NR(p)] = NAN;
	stats_adjust(shuffled, NR(p) + 1, again);
	for (size_t i = 0; i < NR(p); i++)
		near(again[i * 7 % NR(p)], adjusted[i], 0);
	assert_true(isnan(again[NR(p)]));
}

static void the_gate_passes_only_what_is_shown(void **state)
{
	struct effect better = shown(0.90, 0.95, 15), within = shown(0.99, 1.019, 15),
		      open = shown(0.99, 1.03, 15);
	struct effect small_loss = shown(1.01, 1.03, 15), loss = shown(1.03, 1.05, 15),
		      few = shown(NAN, NAN, 5);

	(void)state;
	assert_int_equal(stats_noninferior(&better, 0.02, BETTER_LOWER), GATE_PASS);
	assert_int_equal(stats_noninferior(&better, 0.02, BETTER_HIGHER), GATE_REGRESSION);
	assert_int_equal(stats_noninferior(&within, 0.02, BETTER_LOWER), GATE_PASS);
	assert_int_equal(stats_noninferior(&open, 0.02, BETTER_LOWER), GATE_INCONCLUSIVE);
	assert_int_equal(stats_noninferior(&small_loss, 0.02, BETTER_LOWER), GATE_INCONCLUSIVE);
	assert_int_equal(stats_noninferior(&loss, 0.02, BETTER_LOWER), GATE_REGRESSION);
	assert_int_equal(stats_noninferior(&loss, 0.02, BETTER_HIGHER), GATE_PASS);
	assert_int_equal(stats_noninferior(&loss, 0.02, BETTER_NONE), GATE_INCONCLUSIVE);
	assert_int_equal(stats_noninferior(&few, 0.02, BETTER_LOWER), GATE_INCONCLUSIVE);
}

static void blocks_that_would_decide(void **state)
{
	struct effect open = shown(0.95, 1.02, 15), noisy = shown(0.80, 1.21, 15), few = shown(NAN, NAN, 5);

	(void)state;
	assert_in_range(stats_blocks_needed(&open, &lower), 131,
			135); /* by hand: (2.80 * .0642 / .01575)^2 */
	/* Without an effect and without a margin nothing can be decided. */
	assert_true(stats_blocks_needed(&noisy, &lower) > 10 * stats_blocks_needed(&open, &lower));
	assert_int_equal(stats_blocks_needed(&few, &lower), 0);
	assert_int_equal(stats_blocks_needed(&(struct effect){ 15, 1, 0.9, 1.1, 0.92, 1.08, 1, 0 },
					     &(struct verdict_rule){ 0, 0.05, BETTER_LOWER, 1 }),
			 0);
	assert_true(stats_blocks_needed(&open, &(struct verdict_rule){ 0.02, 0.05, BETTER_LOWER, 20 }) > 230);
	assert_true(isnan(stats_detectable(&few, 15, 1)) && isnan(stats_detectable(&open, 5, 1)));
	assert_true(stats_detectable(&open, 60, 1) < stats_detectable(&open, 15, 1) / 1.9);
}

/* Of 16 pairs that differ by 0.1 to 1.6 %: well within 2 %, as far as 16 signs can show it. */
static void equivalence_has_a_p(void **state)
{
	double d[16];

	(void)state;
	for (int i = 0; i < 16; i++)
		d[i] = 0.001 * (i + 1);
	near(location_within(d, 16, 0.02), pow(2, -16), 1e-15);
	near(location_within(d, 16, 0.016), pow(2, -15), 1e-15); /* one is at the margin: no sign */
	assert_true(location_within(d, 16, 0.008) > 0.5);
	for (int i = 0; i < 16; i++)
		d[i] = -d[i];
	near(location_within(d, 16, 0.02), pow(2, -16), 1e-15);
	assert_true(location_within(d, 8, 0.02) < 1e-5 && location_within(d, 8, 0.02) > 0);
}

/* The smallest p of 6 signs is 1 / 32: ranks could not show the largest difference in a family of 20. */
static void a_family_needs_more(void **state)
{
	struct effect thrice = shown(2.9, 3.1, 6), noisy = shown(0.9, 1.1, 15);
	const struct verdict_rule twenty = { 0.02, 0.05, BETTER_LOWER, 20 },
				  many = { 0.02, 0.05, BETTER_LOWER, 9000 };

	(void)state;
	assert_int_equal(stats_blocks_needed(&thrice, &twenty), 7); /* one more than there are */
	assert_true(stats_blocks_needed(&noisy, &many) >= 19);	    /* 1 + log2(9000 / 0.05) */
	assert_true(isinf(stats_detectable(&noisy, 15, 9000)) && stats_detectable(&noisy, 19, 9000) > 0);
	assert_true(stats_detectable(&noisy, 15, 20) > 1.2 * stats_detectable(&noisy, 15, 1));
	near(stats_shown_by(stats_noise(&noisy), 15, 20), stats_detectable(&noisy, 15, 20), 1e-12);
	/* Ranks of 13 pairs have a smallest p of 1 / 4096, which 204 comparisons can pass and 205 can't. */
	assert_int_equal(stats_enough_blocks(13, 204), 13);
	assert_int_equal(stats_enough_blocks(13, 205), 14);
	assert_int_equal(stats_enough_blocks(3, 1), STATS_MIN_PAIRS);
	assert_int_equal(stats_enough_blocks(12, 600), 12); /* Student's t */
}

static void words(void **state)
{
	(void)state;
	assert_string_equal(verdict_word(VERDICT_BETTER, "s"), "faster");
	assert_string_equal(verdict_word(VERDICT_WORSE, "us"), "slower");
	assert_string_equal(verdict_word(VERDICT_BETTER, "chunks/s"), "faster");
	assert_string_equal(verdict_word(VERDICT_BETTER, "%"), "better");
	assert_string_equal(verdict_word(VERDICT_WORSE, "joule"), "worse");
	assert_string_equal(verdict_word(VERDICT_BETTER, "insn"), "fewer instructions");
	assert_string_equal(verdict_word(VERDICT_WORSE, "insn"), "more instructions");
	assert_string_equal(verdict_word(VERDICT_EQUIVALENT, "insn"), "equivalent");
	assert_string_equal(verdict_word(VERDICT_NONE, "s"), "no verdict");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(p_as_published),
		cmocka_unit_test(p_of_little),
		cmocka_unit_test(rounding_makes_no_rank),
		cmocka_unit_test(false_discovery_as_published),
		cmocka_unit_test(the_gate_passes_only_what_is_shown),
		cmocka_unit_test(blocks_that_would_decide),
		cmocka_unit_test(equivalence_has_a_p),
		cmocka_unit_test(a_family_needs_more),
		cmocka_unit_test(words),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("stats_verdict", tests, NULL, NULL);
}
