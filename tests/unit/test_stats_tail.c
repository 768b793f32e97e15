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

#define BLOCKS 8
#define MANY 40

struct policy {
	struct metrics m[BLOCKS];
	const struct hist *block[BLOCKS];
};

/* Block i: so many values in each of the bins from i * shift on. */
static void fill(struct policy *p, unsigned bins, uint64_t count, double shift)
{
	memset(p, 0, sizeof(*p));
	for (unsigned i = 0; i < BLOCKS; i++) {
		struct hist *h = metrics_hist(&p->m[i], "latency", "us");

		for (unsigned bin = 0; bin < bins; bin++)
			hist_add(h, bin + i * shift, bin + i * shift + 1, count);
		p->block[i] = h;
	}
}

static void empty(struct policy *p)
{
	for (unsigned i = 0; i < BLOCKS; i++)
		metrics_free(&p->m[i]);
}

static void equal_blocks_have_a_band_of_no_width(void **state)
{
	struct interval out[NR_TAIL];
	struct policy p;

	(void)state;
	fill(&p, 1000, 10, 0);
	stats_tail_bands(p.block, BLOCKS, out);
	for (int t = 0; t < NR_TAIL - 1; t++)
		assert_true(out[t].value == 1000 * stats_tail[t] && out[t].low == out[t].value &&
			    out[t].high == out[t].value);
	empty(&p);
}

static void a_band_has_the_value_inside_and_the_same_digits_each_time(void **state)
{
	struct interval out[NR_TAIL], again[NR_TAIL];
	struct policy p;

	(void)state;
	fill(&p, 1000, 10, 50);
	stats_tail_bands(p.block, BLOCKS, out);
	stats_tail_bands(p.block, BLOCKS, again);
	for (int t = 0; t < NR_TAIL - 1; t++)
		assert_true(out[t].low < out[t].value && out[t].value < out[t].high);
	assert_memory_equal(out, again, sizeof(out));
	empty(&p);
}

static void what_is_too_rare_or_too_few_has_no_value_or_no_band(void **state)
{
	struct interval out[NR_TAIL];
	struct policy p;

	(void)state;
	fill(&p, 100, 1, 10);
	stats_tail_bands(p.block, BLOCKS, out); /* 800 values: 8 beyond the 99th percentile */
	assert_true(out[1].value > 0 && out[1].high > 0);
	assert_true(isnan(out[2].value) && isnan(out[2].low) && isnan(out[2].high));
	stats_tail_bands(p.block, 5, out);
	assert_true(out[0].value > 0 && isnan(out[0].low) && isnan(out[0].high));
	stats_tail_bands(NULL, 0, out);
	assert_true(isnan(out[0].value));
	/* With three left out there are five. */
	p.block[1] = p.block[4] = p.block[6] = NULL;
	stats_tail_bands(p.block, BLOCKS, out);
	assert_true(out[0].value > 0 && isnan(out[0].low));
	empty(&p);
}

/* Of n blocks the first have a stall of a hundred wakeups. */
static struct interval band_of_stalls(unsigned n, unsigned late)
{
	const struct hist *block[MANY] = { 0 };
	struct interval out[NR_TAIL];
	struct metrics m[MANY];

	memset(m, 0, sizeof(m));
	for (unsigned i = 0; i < n; i++) {
		struct hist *h = metrics_hist(&m[i], "latency", "us");

		hist_add(h, 10, 11, 4000);
		for (unsigned k = 0; i < late && k < 100; k++)
			hist_add(h, 1000 * k + 11, 1000 * k + 1011, 1);
		block[i] = h;
	}
	stats_tail_bands(block, n, out);
	for (unsigned i = 0; i < n; i++)
		metrics_free(&m[i]);
	return out[NR_TAIL - 1];
}

/* One stall in 30 blocks, or two: 1 in 10 is possible, whose p99.9 is 59 ms. */
static void a_rare_stall_widens_its_band(void **state)
{
	unsigned enough = (unsigned)stats_tail_blocks[NR_TAIL - 1];

	(void)state;
	assert_true(isnan(band_of_stalls(enough - 1, 3).low) && band_of_stalls(enough - 1, 3).value > 11);
	assert_true(band_of_stalls(enough, 1).low < 11 && band_of_stalls(enough, 1).high > 59e3);
	assert_true(band_of_stalls(enough, 2).low < 11 && band_of_stalls(enough, 2).high > 65e3);
	assert_true(band_of_stalls(enough, 0).high <= 11);
}

static void a_band_that_may_reach_the_overflow_has_no_ends(void **state)
{
	struct interval out[NR_TAIL];
	struct policy p;

	(void)state;
	fill(&p, 1000, 10, 0);
	p.m[0].hist->overflow = 3000;
	stats_tail_bands(p.block, BLOCKS, out);
	assert_true(out[0].value > 0 && out[0].high > out[0].value);
	assert_true(out[1].value > 0 && isnan(out[1].low) && isnan(out[1].high));
	empty(&p);
}

static struct hist hist_of(const uint64_t *count, size_t nr)
{
	struct hist h = { 0 };

	for (size_t i = 0; i < nr; i++)
		hist_add(&h, 4 + i, 5 + i, count[i]);
	return h;
}

static void a_quantile_is_interpolated(void **state)
{
	struct hist h = hist_of((const uint64_t[]){ 100, 400, 500 }, 3);

	(void)state;
	assert_true(fabs(stats_hist_quantile(&h, 0.05) - 4.5) < 1e-12);
	assert_true(fabs(stats_hist_quantile(&h, 0.1) - 5) < 1e-12);
	assert_true(fabs(stats_hist_quantile(&h, 0.2) - 5.25) < 1e-12);
	assert_true(fabs(stats_hist_quantile(&h, 0.99) - 6.98) < 1e-12);
	assert_true(isnan(stats_hist_quantile(&h, 0.995)));
	free(h.bins);
}

/* What a bin hides is less where its neighbours show how values are spread. */
static void a_step_is_a_width_or_less(void **state)
{
	struct hist even = hist_of((const uint64_t[]){ 100, 100, 100 }, 3),
		    falling = hist_of((const uint64_t[]){ 2718, 1000, 368 }, 3),
		    alone = hist_of((const uint64_t[]){ 50 }, 1);

	(void)state;
	assert_true(stats_hist_step(&even, 0.5) == 0);
	assert_true(fabs(stats_hist_step(&falling, 0.8) - 0.25) < 1e-3);
	assert_true(stats_hist_step(&falling, 0.5) == 1); /* below it there is nothing */
	assert_true(stats_hist_step(&alone, 0.5) == 1);
	even.overflow = 1000;
	assert_true(isnan(stats_hist_step(&even, 0.5)));
	hist_add(&alone, 7, 8, 50); /* a gap before it */
	assert_true(stats_hist_step(&alone, 0.9) == 1);
	free(even.bins);
	free(falling.bins);
	free(alone.bins);
}

/* y is x and 7 later: what differs between the blocks does not blur the shift. */
static void a_shift_is_of_pairs(void **state)
{
	struct interval out[NR_TAIL];
	struct policy x, y;

	(void)state;
	fill(&x, 1000, 10, 50);
	fill(&y, 1000, 10, 50);
	for (unsigned i = 0; i < BLOCKS; i++)
		for (size_t k = 0; k < y.m[i].hist->nr; k++) {
			y.m[i].hist->bins[k].low += 7;
			y.m[i].hist->bins[k].high += 7;
		}
	stats_tail_shifts(y.block, x.block, BLOCKS, out);
	for (int t = 0; t < NR_TAIL - 1; t++)
		assert_true(fabs(out[t].value - 7) < 1e-9 && fabs(out[t].low - 7) < 1e-9 &&
			    fabs(out[t].high - 7) < 1e-9);
	/* A block that lacks one of the two is left out of both. */
	x.block[2] = y.block[5] = NULL;
	stats_tail_shifts(x.block, y.block, BLOCKS, out);
	assert_true(fabs(out[0].value + 7) < 1e-9 && fabs(out[0].low + 7) < 1e-9);
	x.block[3] = NULL;
	stats_tail_shifts(x.block, y.block, BLOCKS, out);
	assert_true(fabs(out[0].value + 7) < 1e-9 && isnan(out[0].low));
	empty(&x);
	empty(&y);
}

static void a_median_lies_between_order_statistics(void **state)
{
	const double x[] = { 9, 1, 8, 2, 7, 3, 6, 4, 5, 10 };
	struct interval m = stats_median_interval(x, 10);

	(void)state;
	/* P(B(10, 1/2) <= 1) = 0.0107, P(B <= 2) = 0.0547: from the 2nd to the 9th. */
	assert_true(m.value == 5.5 && m.low == 2 && m.high == 9);
	m = stats_median_interval(x, 6);
	assert_true(m.value == 5 && m.low == 1 && m.high == 9);
	m = stats_median_interval(x, 5);
	assert_true(m.value == 7 && isnan(m.low) && isnan(m.high));
	assert_true(isnan(stats_median_interval(x, 0).value));
}

static void drift_is_a_rank_correlation_with_time(void **state)
{
	const double up[] = { 1, 2, 4, 8, 16, 32 }, same[] = { 3, 3, 3, 3, 3, 3 };
	double slow[40];
	struct drift d = stats_drift(up, 6);

	(void)state;
	assert_true(fabs(d.rho - 1) < 1e-12 && fabs(d.p - 2 / 720.0) < 1e-12);
	assert_true(isnan(stats_drift(same, 6).rho) && isnan(stats_drift(same, 6).p));
	assert_true(isnan(stats_drift(up, 2).rho) && isnan(stats_drift(up, 2).p));
	for (int i = 0; i < 40; i++)
		slow[i] = -i;
	d = stats_drift(slow, 40);
	assert_true(fabs(d.rho + 1) < 1e-12 && d.p >= 0 && d.p < 1e-6);
}

/* Ten blocks of two boots that differ are ten pairs, but not ten that repeat. */
static void boots_are_what_repeats(void **state)
{
	double x[12], y[12];
	unsigned two[12], twelve[12];
	struct effect e;

	(void)state;
	for (unsigned i = 0; i < 12; i++) {
		x[i] = i % 2 ? 1.1 : 1.2;
		y[i] = 1;
		two[i] = i % 2 ? 77 : 3;
		twelve[i] = 100 - i;
	}
	assert_int_equal(stats_effect_boots(x, y, two, 12, &e), 0);
	assert_true(e.n == 2 && isnan(e.low) && e.p > 0 && e.cliff == 1);
	assert_true(fabs(e.ratio - sqrt(1.1 * 1.2)) < 1e-12);
	assert_int_equal(stats_effect_boots(x, y, twelve, 12, &e), 0);
	assert_true(e.n == 12 && fabs(e.low - 1.1) < 1e-12 && fabs(e.high - 1.2) < 1e-12);
	x[3] = NAN;
	assert_int_equal(stats_effect_boots(x, y, two, 12, &e), -EINVAL);
	assert_true(isnan(e.ratio));
	assert_int_equal(stats_effect_boots(x, y, two, 0, &e), 0);
	assert_true(e.n == 0 && isnan(e.ratio));
}

/* Beyond the exact test random signs are drawn: the same each time, and never a p of 0. */
static void many_pairs_are_resampled(void **state)
{
	static double x[400], y[400];
	struct effect e, again;

	(void)state;
	for (int i = 0; i < 400; i++) {
		x[i] = 1.5 + sin(i);
		y[i] = 1.5 + cos(3 * i);
	}
	assert_int_equal(stats_effect(x, y, 400, &e), 0);
	assert_int_equal(stats_effect(x, y, 400, &again), 0);
	assert_true(e.p > 0.001 && e.p <= 1 && e.p == again.p && e.low < e.ratio && e.ratio < e.high);
	for (int i = 0; i < 400; i++)
		x[i] = 3 * y[i];
	assert_int_equal(stats_effect(x, y, 400, &e), 0);
	assert_true(e.p == 1.0 / (1 + STATS_RESAMPLES));
}

/* No door lets such counts in: see record/bounds.h. Still nothing is read or written beyond an array. */
static void counts_that_wrap_harm_no_memory(void **state)
{
	struct interval out[NR_TAIL];
	struct policy p;

	(void)state;
	fill(&p, 2, UINT64_C(1) << 61, 0);
	stats_tail_bands(p.block, BLOCKS, out);
	empty(&p);
	fill(&p, 2, UINT64_C(1) << 61, 0);
	p.m[0].hist[0].bins[1].count = 5;
	stats_tail_bands(p.block, BLOCKS, out);
	empty(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equal_blocks_have_a_band_of_no_width),
		cmocka_unit_test(a_band_has_the_value_inside_and_the_same_digits_each_time),
		cmocka_unit_test(what_is_too_rare_or_too_few_has_no_value_or_no_band),
		cmocka_unit_test(a_rare_stall_widens_its_band),
		cmocka_unit_test(a_band_that_may_reach_the_overflow_has_no_ends),
		cmocka_unit_test(a_quantile_is_interpolated),
		cmocka_unit_test(a_step_is_a_width_or_less),
		cmocka_unit_test(a_shift_is_of_pairs),
		cmocka_unit_test(a_median_lies_between_order_statistics),
		cmocka_unit_test(drift_is_a_rank_correlation_with_time),
		cmocka_unit_test(boots_are_what_repeats),
		cmocka_unit_test(many_pairs_are_resampled),
		cmocka_unit_test(counts_that_wrap_harm_no_memory),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("stats_tail", tests, NULL, NULL);
}
