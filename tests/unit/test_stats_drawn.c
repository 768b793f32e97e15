/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the headers of stats/ promise of every input, on drawn ones: none and few values, ties, zeros, wild
 * and missing values. The sanitizers watch. How often the answers are right is measured in
 * tests/stats/simulate.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdlib.h>
#include "judge/judgement.h"
#include "stats/carry.h"
#include "stats/effect.h"
#include "stats/resolution.h"
#include "stats/stats.h"
#include "stats/totals.h"
#include "stats/nights.h"
#include "stats/verdict.h"

#define MOST 40
#define DRAWS 3000

static gsl_rng *rng;

static size_t drawn_number(size_t most)
{
	return gsl_rng_uniform_int(rng, most + 1);
}

static double drawn_value(unsigned kind)
{
	switch (kind) {
	case 0:
		return exp(gsl_ran_gaussian(rng, 0.01));
	case 1:
		return exp(fmin(fmax(gsl_ran_cauchy(rng, 0.01), -20), 20));
	case 2:
		return 1 + (double)gsl_rng_uniform_int(rng, 4);
	case 3:
		return 7164;
	case 4:
		return pow(10, gsl_ran_flat(rng, -12, 12));
	default: /* zeros and negative ones among others */
		return (double)gsl_rng_uniform_int(rng, 5) - 1;
	}
}

/* All positive and finite, of one kind; its own allocation, so that a look beyond the end is noticed. */
static double *drawn_positive(size_t n)
{
	unsigned kind = (unsigned)drawn_number(4);
	double *x = calloc(n ? n : 1, sizeof(*x));

	for (size_t i = 0; i < n; i++)
		x[i] = drawn_value(kind);
	return x;
}

static double *drawn_any(size_t n)
{
	unsigned kind = (unsigned)drawn_number(5);
	double *x = calloc(n ? n : 1, sizeof(*x));

	for (size_t i = 0; i < n; i++)
		x[i] = drawn_value(kind);
	return x;
}

static unsigned *drawn_boots(size_t n)
{
	unsigned *boot = calloc(n ? n : 1, sizeof(*boot)), last = 1;

	for (size_t i = 0; i < n; i++)
		boot[i] = last += gsl_rng_uniform(rng) < 0.3;
	return boot;
}

/* a is not above b but by rounding. */
static void check_order(double a, double b)
{
	assert_true(a <= b + 1e-9 * fmax(fabs(a), fabs(b)));
}

static void check_part(double part, double least)
{
	assert_true(isnan(part) || (part >= least && part <= 1));
}

static void check_effect(const struct effect *e)
{
	assert_true(isnan(e->ratio) || (e->ratio > 0 && isfinite(e->ratio)));
	assert_int_equal(isnan(e->low), isnan(e->high));
	if (!isnan(e->low)) {
		check_order(e->low, e->low90);
		check_order(e->low90, e->ratio);
		check_order(e->ratio, e->high90);
		check_order(e->high90, e->high);
	}
	check_part(e->p, 0);
	check_part(e->cliff, -1);
}

static void check_verdict(const struct effect *e)
{
	struct verdict_rule rule = { .margin = VERDICT_MARGIN,
				     .alpha = VERDICT_ALPHA,
				     .better = BETTER_LOWER,
				     .family = (unsigned)drawn_number(20) };
	struct verdict_names names = { "fifo", "fair", "build", "time", "s" };
	struct judgement j = judgement_none();
	char *sentence;

	j.effect = *e;
	j.adjusted = e->p;
	judgement_rule(&j, &rule, false);
	if (e->n < STATS_MIN_PAIRS)
		assert_int_equal(j.verdict, VERDICT_NONE);
	sentence = judgement_sentence(&j, &names);
	assert_non_null(sentence);
	stats_blocks_needed(e, &rule);
	stats_noninferior(e, 0.05, BETTER_LOWER);
	free(sentence);
}

static void effects_keep_their_order(void **state)
{
	(void)state;
	for (unsigned i = 0; i < DRAWS; i++) {
		size_t n = drawn_number(MOST);
		double *x = drawn_positive(n), *y = drawn_positive(n);
		unsigned *boot = drawn_boots(n);
		struct effect e;

		assert_int_equal(stats_effect(x, y, n, &e), 0);
		assert_int_equal(e.n, n);
		assert_int_equal(isnan(e.low), n < STATS_MIN_PAIRS);
		check_effect(&e);
		check_verdict(&e);
		assert_int_equal(stats_effect_boots(x, y, boot, n, &e), 0);
		assert_int_equal(isnan(e.low), e.n < STATS_MIN_PAIRS);
		check_effect(&e);
		stats_totals(x, y, i % 2 ? boot : NULL, n, &e);
		check_effect(&e);
		free(boot);
		free(y);
		free(x);
	}
}

static void what_has_no_ratio_is_refused(void **state)
{
	static const double bad[] = { 0, -1, NAN, INFINITY };

	(void)state;
	for (unsigned i = 0; i < DRAWS; i++) {
		size_t n = 1 + drawn_number(MOST);
		double *x = drawn_positive(n), *y = drawn_positive(n);
		struct values a = { x, n }, b = { y, n };
		struct effect e;

		(i % 2 ? x : y)[drawn_number(n - 1)] = bad[i / 2 % 4];
		assert_int_equal(stats_effect(x, y, n, &e), -EINVAL);
		assert_true(isnan(e.ratio) && isnan(e.low) && isnan(e.p));
		assert_int_equal(stats_unpaired(&a, &b, &e), -EINVAL);
		assert_true(isnan(e.ratio) && isnan(e.low) && isnan(e.p));
		free(y);
		free(x);
	}
}

static void shifts_keep_their_order(void **state)
{
	(void)state;
	for (unsigned i = 0; i < DRAWS; i++) {
		size_t n = drawn_number(MOST);
		double *x = drawn_any(n), *y = drawn_any(n);
		unsigned *boot = drawn_boots(n);
		struct shift s;

		stats_shift(x, y, i % 2 ? boot : NULL, n, &s);
		if (!isnan(s.low)) {
			check_order(s.low, s.low90);
			check_order(s.high90, s.high);
		}
		check_part(s.p, 0);
		free(boot);
		free(y);
		free(x);
	}
}

static void groups_and_nights_keep_their_order(void **state)
{
	(void)state;
	for (unsigned i = 0; i < DRAWS; i++) {
		struct values night[9];
		struct night_ratio ratio[9];
		struct night_spread spread;
		size_t nr = 1 + drawn_number(7);
		struct effect e;

		for (size_t k = 0; k <= nr; k++) {
			night[k].n = 1 + drawn_number(MOST / 2);
			night[k].value = drawn_positive(night[k].n);
			assert_true(stats_middle(&night[k]) > 0);
		}
		assert_int_equal(stats_unpaired(&night[0], &night[nr], &e), 0);
		check_effect(&e);
		for (size_t k = 0; k < nr; k++)
			ratio[k] = stats_night(&night[k]);
		spread = stats_night_spread(ratio, nr, &(struct night_rule){ 0.005, 0 });
		assert_int_equal(stats_next_night(&night[nr], &spread, &e), 0);
		check_effect(&e);
		assert_int_equal(stats_two_runs(&night[0], &night[nr], &spread, &e), 0);
		check_effect(&e);
		for (size_t k = 0; k <= nr; k++)
			free((void *)night[k].value);
	}
}

static void adjusted_p_are_no_smaller(void **state)
{
	(void)state;
	for (unsigned i = 0; i < DRAWS; i++) {
		size_t n = drawn_number(MOST);
		double *p = calloc(n + 1, sizeof(*p)), *adjusted = calloc(n + 1, sizeof(*p));

		for (size_t k = 0; k < n; k++)
			p[k] = gsl_rng_uniform(rng) < 0.1 ? NAN : gsl_rng_uniform(rng);
		stats_adjust(p, n, adjusted);
		for (size_t k = 0; k < n; k++)
			assert_true(isnan(p[k]) ? isnan(adjusted[k])
						: adjusted[k] >= p[k] * (1 - 1e-12) && adjusted[k] <= 1);
		free(adjusted);
		free(p);
	}
}

static void medians_drift_and_steps(void **state)
{
	(void)state;
	for (unsigned i = 0; i < DRAWS; i++) {
		size_t n = drawn_number(MOST);
		double *x = drawn_any(n), step = stats_step(x, n);
		struct interval m = stats_median_interval(x, n);
		struct drift d = stats_drift(x, n);

		assert_true(n ? m.value == stats_median(x, n) : isnan(m.value));
		assert_int_equal(isnan(m.low), n < STATS_MIN_PAIRS);
		assert_true(isnan(m.low) || (m.low <= m.value && m.value <= m.high));
		check_part(d.rho, -1);
		check_part(d.p, 0);
		assert_true(isnan(step) || (step > 0 && stats_hidden(x, n, step) <= step));
		free(x);
	}
}

/* Few latencies or many, some beyond the last bin, or no histogram at all. */
static struct hist *drawn_hist(void)
{
	struct hist *h = calloc(1, sizeof(*h));
	double low = 0;

	if (gsl_rng_uniform(rng) < 0.1) {
		free(h);
		return NULL;
	}
	for (size_t bins = drawn_number(30); bins; bins--) {
		low += 1 + (double)drawn_number(2);
		hist_add(h, low, low + 1, 1 + drawn_number(200));
	}
	h->overflow = gsl_rng_uniform(rng) < 0.2 ? drawn_number(20) : 0;
	return h;
}

static void drop_hist(struct hist *h)
{
	if (h)
		free(h->bins);
	free(h);
}

static void check_bands(const struct interval band[NR_TAIL], size_t n)
{
	for (size_t i = 0; i < NR_TAIL; i++) {
		assert_int_equal(isnan(band[i].low), isnan(band[i].high));
		assert_true(isnan(band[i].low) || (n >= STATS_MIN_PAIRS && band[i].low <= band[i].high));
	}
}

static void tails_of_any_histograms(void **state)
{
	(void)state;
	for (unsigned i = 0; i < DRAWS / 30; i++) {
		size_t n = drawn_number(12);
		struct hist **x = calloc(n + 1, sizeof(*x)), **y = calloc(n + 1, sizeof(*y)), all = { 0 };
		struct interval band[NR_TAIL];
		uint64_t total = 0;

		for (size_t k = 0; k < n; k++) {
			x[k] = drawn_hist();
			y[k] = drawn_hist();
			if (x[k])
				stats_hist_merge(&all, x[k]);
			total += x[k] ? hist_total(x[k]) : 0;
		}
		assert_true(hist_total(&all) == total);
		assert_true(total || isnan(stats_hist_quantile(&all, 0.5)));
		stats_tail_bands((const struct hist *const *)x, n, band);
		check_bands(band, n);
		stats_tail_shifts((const struct hist *const *)x, (const struct hist *const *)y, n, band);
		check_bands(band, n);
		for (size_t k = 0; k < n; k++) {
			drop_hist(x[k]);
			drop_hist(y[k]);
		}
		free(all.bins);
		free(y);
		free(x);
	}
}

/* Blocks of all arms in drawn order, some samples missing. */
static void carry_over_of_any_order(void **state)
{
	(void)state;
	for (unsigned i = 0; i < DRAWS / 3; i++) {
		unsigned arms = 1 + (unsigned)drawn_number(4), blocks = (unsigned)drawn_number(15), after = 0;
		struct carry_sample *s = calloc(arms * blocks + 1, sizeof(*s));
		struct carry c;
		size_t n = 0;

		for (unsigned k = 0; k < arms * blocks; k++) {
			unsigned arm = (unsigned)drawn_number(arms - 1);

			if (gsl_rng_uniform(rng) < 0.8)
				s[n++] = (struct carry_sample){ log(drawn_value(i % 5)), k / arms, arm,
								after };
			after = arm;
		}
		stats_carry(s, n, arms, arms, &c);
		check_part(c.p, 0);
		carry_free(&c);
		free(s);
	}
}

static int set_up(void **state)
{
	(void)state;
	rng = gsl_rng_alloc(gsl_rng_taus2);
	return rng ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	gsl_rng_free(rng);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(effects_keep_their_order),
		cmocka_unit_test(what_has_no_ratio_is_refused),
		cmocka_unit_test(shifts_keep_their_order),
		cmocka_unit_test(groups_and_nights_keep_their_order),
		cmocka_unit_test(adjusted_p_are_no_smaller),
		cmocka_unit_test(medians_drift_and_steps),
		cmocka_unit_test(tails_of_any_histograms),
		cmocka_unit_test(carry_over_of_any_order),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("stats, drawn", tests, set_up, tear_down);
}
