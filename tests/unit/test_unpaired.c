/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Groups that are not paired: against a published example, against their own definition, against hand
 * arithmetic. */
#include <errno.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_sort_double.h>
#include "stats/unpaired.h"

#define NR(a) (sizeof(a) / sizeof(*(a)))

static void near(double a, double b, double within)
{
	if (!(fabs(a - b) <= within))
		fail_msg("%.17g is not within %g of %.17g", a, within, b);
}

/* Values whose logarithms are the example's, for the library works on logarithms. */
static struct values logs(const double *x, size_t n, double *room)
{
	for (size_t i = 0; i < n; i++)
		room[i] = exp(x[i]);
	return (struct values){ room, n };
}

/* Hollander, Wolfe: tritiated water diffusion across human chorioamnion; R and SAS print the same. */
static void published_example(void **state)
{
	static const double term[] = { 0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46 },
			    early[] = { 1.15, 0.88, 0.90, 0.74, 1.21 };
	double x[10], y[5];
	struct values a = logs(term, 10, x), b = logs(early, 5, y);
	struct effect e;

	(void)state;
	assert_int_equal(stats_unpaired(&b, &a, &e), 0);
	near(log(e.ratio), -0.305, 1e-9);
	near(e.p, 0.2544, 5e-5);
	near(e.cliff, (15.0 - 35.0) / 50, 1e-12);
	assert_int_equal(e.n, 5);
	assert_true(isnan(e.low) && isnan(e.high90)); /* fewer than 6 in a group */
}

/* The k-th smallest of all differences, with k from all 924 ways to choose 6 of 12 ranks. */
static void interval_by_definition(const double *x, const double *y, double tail, double *low, double *high)
{
	unsigned ways[37] = { 0 }, below = 0, k = 0;
	double d[36];

	for (unsigned mask = 0; mask < 1 << 12; mask++) {
		unsigned ranks = 0;

		if (__builtin_popcount(mask) != 6)
			continue;
		for (unsigned i = 0; i < 12; i++)
			ranks += mask >> i & 1 ? i + 1 : 0;
		ways[ranks - 21]++;
	}
	while ((below + ways[k]) / 924.0 <= tail)
		below += ways[k++];
	for (unsigned i = 0; i < 36; i++)
		d[i] = x[i / 6] - y[i % 6];
	gsl_sort(d, 1, 36);
	*low = d[k - 1];
	*high = d[36 - k];
}

static void intervals_are_those_of_the_definition(void **state)
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);

	(void)state;
	for (int turn = 0; turn < 200; turn++) {
		double x[6], y[6], ex[6], ey[6], low, high;
		struct values a, b;
		struct effect e;

		for (int i = 0; i < 6; i++) {
			x[i] = gsl_ran_gaussian(rng, 1);
			y[i] = gsl_ran_gaussian(rng, 1);
		}
		a = logs(x, 6, ex);
		b = logs(y, 6, ey);
		assert_int_equal(stats_unpaired(&a, &b, &e), 0);
		interval_by_definition(x, y, 0.025, &low, &high);
		near(log(e.low), low, 1e-9);
		near(log(e.high), high, 1e-9);
		interval_by_definition(x, y, 0.05, &low, &high);
		near(log(e.low90), low, 1e-9);
		near(log(e.high90), high, 1e-9);
	}
	gsl_rng_free(rng);
}

/* Where one ends and the other begins (25 * 25 against 25 * 26) nothing jumps. */
static void the_normal_distribution_takes_over_smoothly(void **state)
{
	double x[26], y[26];
	struct effect exact, normal;

	(void)state;
	for (int i = 0; i < 26; i++) {
		x[i] = exp(0.01 * sin(i * 1.7) + 0.005);
		y[i] = exp(0.01 * cos(i * 2.3));
	}
	stats_unpaired(&(struct values){ x, 25 }, &(struct values){ y, 25 }, &exact);
	stats_unpaired(&(struct values){ x, 25 }, &(struct values){ y, 26 }, &normal);
	near(exact.p, normal.p, 0.03);
	near(log(exact.low), log(normal.low), 0.001);
	near(log(exact.high), log(normal.high), 0.001);
}

static void ties_and_extremes(void **state)
{
	static const double same[] = { 2, 2, 2, 2, 2, 2 }, more[] = { 3, 3, 3, 3, 3, 3 };
	struct values a = { same, 6 }, b = { more, 6 }, none = { same, 0 };
	struct effect e;

	(void)state;
	assert_int_equal(stats_unpaired(&a, &a, &e), 0);
	near(e.ratio, 1, 0);
	near(e.p, 1, 0);
	near(e.cliff, 0, 0);
	assert_int_equal(stats_unpaired(&b, &a, &e), 0);
	near(e.ratio, 1.5, 1e-12);
	near(e.low, 1.5, 1e-12);
	near(e.cliff, 1, 0);
	assert_true(e.p < 0.01);
	assert_int_equal(stats_unpaired(&a, &none, &e), 0);
	assert_int_equal(e.n, 0);
	assert_true(isnan(e.ratio) && isnan(e.p));
}

static void what_has_no_logarithm_is_refused(void **state)
{
	static const double good[] = { 1, 2 }, zero[] = { 1, 0 }, absent[] = { 1, NAN };
	struct effect e;

	(void)state;
	assert_int_equal(stats_unpaired(&(struct values){ good, 2 }, &(struct values){ zero, 2 }, &e),
			 -EINVAL);
	assert_int_equal(stats_unpaired(&(struct values){ absent, 2 }, &(struct values){ good, 2 }, &e),
			 -EINVAL);
	assert_true(isnan(e.ratio));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(published_example),
		cmocka_unit_test(intervals_are_those_of_the_definition),
		cmocka_unit_test(the_normal_distribution_takes_over_smoothly),
		cmocka_unit_test(ties_and_extremes),
		cmocka_unit_test(what_has_no_logarithm_is_refused),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
