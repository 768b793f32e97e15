/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "stats/effect.h"
#include "stats/stats.h"

#define NR(a) (sizeof(a) / sizeof(*(a)))

static void near(double a, double b, double within)
{
	if (!(fabs(a - b) <= within))
		fail_msg("%.17g is not within %g of %.17g", a, within, b);
}

static void median_is_the_middle(void **state)
{
	const double odd[] = { 3, 1, 2 }, even[] = { 4, 1, 3, 2 };

	(void)state;
	near(stats_median(odd, 3), 2, 0);
	near(stats_median(even, 4), 2.5, 0);
	near(stats_median(odd, 1), 3, 0);
	assert_true(isnan(stats_median(NULL, 0)));
	assert_true(odd[0] == 3 && odd[1] == 1);
}

static struct hist uniform(struct metrics *m, unsigned bins, uint64_t count)
{
	struct hist *h = metrics_hist(m, "h", "us");

	for (unsigned i = 0; i < bins; i++)
		hist_add(h, i, i + 1, count);
	return *h;
}

static void quantiles_are_upper_edges(void **state)
{
	struct metrics m = { 0 };
	struct hist h = uniform(&m, 10000, 1);

	(void)state;
	near(stats_hist_quantile(&h, 0.5), 5000, 0);
	near(stats_hist_quantile(&h, 0.99), 9900, 0);
	near(stats_hist_quantile(&h, 0.999), 9990, 0);
	near(stats_hist_quantile(&h, 0), 1, 0);
	metrics_free(&m);
}

static void too_few_exceedances_give_no_quantile(void **state)
{
	struct metrics m = { 0 };
	struct hist h = uniform(&m, 1000, 1);

	(void)state;
	near(stats_hist_quantile(&h, 0.99), 990, 0); /* exactly 10 beyond it */
	assert_true(isnan(stats_hist_quantile(&h, 0.991)));
	assert_true(isnan(stats_hist_quantile(&h, 0.999)));
	assert_true(isnan(stats_hist_quantile(&h, 1)));
	metrics_free(&m);
}

static void overflow_voids_the_quantiles_up_there(void **state)
{
	struct metrics m = { 0 };
	struct hist h = uniform(&m, 100, 10), none = { 0 };

	(void)state;
	h.overflow = 1000;
	near(stats_hist_quantile(&h, 0.25), 50, 0);
	near(stats_hist_quantile(&h, 0.5), 100, 0);
	assert_true(isnan(stats_hist_quantile(&h, 0.501)));
	assert_true(isnan(stats_hist_quantile(&none, 0.5)));
	metrics_free(&m);
}

static void every_quantile_of_ten_thousands_is_exact(void **state)
{
	struct metrics m = { 0 };
	struct hist h = uniform(&m, 10000, 100);

	(void)state;
	/* A share like 0.0007 times 10^6 is not a whole number in binary; the rank must be all the same. */
	for (int i = 1; i < 10000; i++)
		near(stats_hist_quantile(&h, i / 10000.0), i, 0);
	metrics_free(&m);
}

/*
 * Hollander, Wolfe, Chicken, Nonparametric Statistical Methods, 3rd ed., examples 3.1, 3.3 and 3.4:
 * depression scale factors (Salsburg 1970), Z = Y - X: estimate -.460, 96.1 % interval (-.786, -.010),
 * which is the narrowest of at least 95 % for n = 9. exp() of both, for ours works on logs.
 */
static void hodges_lehmann_as_published(void **state)
{
	const double before[] = { 1.83, .50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30 };
	const double after[] = { .878, .647, .598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29 };
	double x[9], y[9];
	struct effect r;

	(void)state;
	for (int i = 0; i < 9; i++) {
		x[i] = exp(after[i]);
		y[i] = exp(before[i]);
	}
	assert_int_equal(stats_effect(x, y, 9, &r), 0);
	assert_int_equal(r.n, 9);
	near(log(r.ratio), -.460, 1e-9);
	near(log(r.low), -.786, 1e-9);
	near(log(r.high), -.010, 1e-9);
}

static int ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/*
 * Critical values of the signed-rank test, two-sided 5 %: the largest T that is significant, as in every
 * table since Wilcoxon (1945), e.g. McCornack, JASA 60 (1965) 864. The interval ends at the averages
 * number T + 1 from below and from above.
 */
static const struct {
	size_t n, t;
} table[] = { { 6, 0 },	  { 7, 2 },   { 8, 3 },	  { 9, 5 },   { 10, 8 },   { 11, 10 },
	      { 12, 13 }, { 13, 17 }, { 14, 21 }, { 15, 25 }, { 16, 29 },  { 17, 34 },
	      { 18, 40 }, { 19, 46 }, { 20, 52 }, { 25, 89 }, { 30, 137 }, { 50, 434 } };

static void interval_ends_where_the_tables_say(void **state)
{
	static double x[50], y[50], w[50 * 51 / 2];
	struct effect r;

	(void)state;
	for (size_t c = 0; c < NR(table); c++) {
		size_t n = table[c].n, nr = 0;

		for (size_t i = 0; i < n; i++) {
			/* Irregular, so that no two averages are the same. */
			x[i] = exp(sqrt(i + 2) + i * i * 0.01);
			y[i] = 1;
			for (size_t k = 0; k <= i; k++)
				w[nr++] = (log(x[i]) + log(x[k])) / 2;
		}
		qsort(w, nr, sizeof(*w), ascending);
		assert_int_equal(stats_effect(x, y, n, &r), 0);
		near(log(r.low), w[table[c].t], 1e-12);
		near(log(r.high), w[nr - 1 - table[c].t], 1e-12);
	}
}

static void no_interval_below_six(void **state)
{
	const double x[] = { 1, 2, 3, 4, 5, 6 }, y[] = { 1, 1, 1, 1, 1, 1 };
	struct effect r;

	(void)state;
	for (size_t n = 1; n < 6; n++) {
		assert_int_equal(stats_effect(x, y, n, &r), 0);
		assert_true(r.ratio > 0 && isnan(r.low) && isnan(r.high));
	}
	assert_int_equal(stats_effect(x, y, 6, &r), 0);
	near(r.low, 1, 1e-12);
	near(r.high, 6, 1e-12);
	assert_int_equal(stats_effect(x, y, 0, &r), 0);
	assert_true(isnan(r.ratio) && isnan(r.low));
}

static void ratios_mirror_and_scale(void **state)
{
	double x[12], y[12], scaled[12];
	struct effect r, mirrored, s;

	(void)state;
	srand(1);
	for (int i = 0; i < 12; i++) {
		x[i] = 1 + rand() % 1000;
		y[i] = 1 + rand() % 1000;
		scaled[i] = 3 * x[i];
	}
	assert_int_equal(stats_effect(x, y, 12, &r), 0);
	assert_int_equal(stats_effect(y, x, 12, &mirrored), 0);
	assert_int_equal(stats_effect(scaled, y, 12, &s), 0);
	near(r.ratio * mirrored.ratio, 1, 1e-12);
	near(r.low * mirrored.high, 1, 1e-12);
	near(s.ratio / r.ratio, 3, 1e-12);
	near(s.low / r.low, 3, 1e-12);
	assert_true(r.low <= r.ratio && r.ratio <= r.high);
}

static void values_that_have_no_log_are_refused(void **state)
{
	const double bad[] = { 0, -1, NAN, INFINITY, -INFINITY }, one = 1;
	struct effect r;

	(void)state;
	for (size_t i = 0; i < NR(bad); i++) {
		assert_int_equal(stats_effect(&bad[i], &one, 1, &r), -EINVAL);
		assert_int_equal(stats_effect(&one, &bad[i], 1, &r), -EINVAL);
		assert_true(isnan(r.ratio));
	}
}

static void the_interval_covers_as_promised(void **state)
{
	double x[10], y[10];
	int covered = 0;
	struct effect r;

	(void)state;
	srand(7);
	for (int run = 0; run < 4000; run++) {
		for (int i = 0; i < 10; i++) {
			x[i] = 2 * exp(rand() / (double)RAND_MAX - 0.5);
			y[i] = 1;
		}
		stats_effect(x, y, 10, &r);
		covered += r.low <= 2 && 2 <= r.high;
	}
	/* 1 - 2 P(T <= 8) = 0.9512 for n = 10; 4 standard errors are 0.0136. */
	near(covered / 4000.0, 0.9512, 0.0136);
}

static void merging_adds_up(void **state)
{
	struct metrics m = { 0 };
	struct hist *a = metrics_hist(&m, "a", "us"), b = { 0 }, none = { 0 };

	(void)state;
	hist_add(a, 1, 2, 1);
	hist_add(a, 4, 8, 2);
	hist_add(&b, 0, 1, 10);
	hist_add(&b, 1, 2, 20);
	hist_add(&b, 8, 9, 30);
	a->overflow = 1;
	b.overflow = 2;
	stats_hist_merge(a, &b);
	assert_int_equal(a->nr, 4);
	assert_true(a->bins[0].low == 0 && a->bins[0].count == 10);
	assert_true(a->bins[1].low == 1 && a->bins[1].count == 21);
	assert_true(a->bins[2].low == 4 && a->bins[2].count == 2);
	assert_true(a->bins[3].low == 8 && a->bins[3].count == 30);
	assert_true(a->overflow == 3 && hist_total(a) == 66);
	assert_string_equal(a->name, "a");
	stats_hist_merge(a, &none);
	assert_true(a->nr == 4 && hist_total(a) == 66);
	stats_hist_merge(&none, &b);
	assert_true(none.nr == 3 && hist_total(&none) == 62);
	free(none.bins);
	free(b.bins);
	metrics_free(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(median_is_the_middle),
		cmocka_unit_test(quantiles_are_upper_edges),
		cmocka_unit_test(too_few_exceedances_give_no_quantile),
		cmocka_unit_test(overflow_voids_the_quantiles_up_there),
		cmocka_unit_test(every_quantile_of_ten_thousands_is_exact),
		cmocka_unit_test(hodges_lehmann_as_published),
		cmocka_unit_test(interval_ends_where_the_tables_say),
		cmocka_unit_test(no_interval_below_six),
		cmocka_unit_test(ratios_mirror_and_scale),
		cmocka_unit_test(values_that_have_no_log_are_refused),
		cmocka_unit_test(the_interval_covers_as_promised),
		cmocka_unit_test(merging_adds_up),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("stats", tests, NULL, NULL);
}
