/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The coverage of the intervals that are not the effect's: of a median, of an effect over boots and between
 * runs, of quantiles of merged histograms and of their shifts.
 */
#include <string.h>
#include <gsl/gsl_statistics_double.h>
#include "simulate.h"
#include "stats/effect.h"
#include "stats/stats.h"
#include "stats/unpaired.h"

#define MOST 50
#define BLOCKS_A_BOOT 4
#define BINS_AN_E_FOLD 20
#define BINS 150
#define LATENCIES 3000 /* of a block */
#define TRUE_RATIO 0.97

static double median_covers(size_t n, unsigned runs)
{
	unsigned covered = 0;

	for (unsigned r = 0; r < runs; r++) {
		struct interval median;
		double x[MOST];

		for (size_t i = 0; i < n; i++)
			x[i] = gsl_ran_lognormal(rng, 0, 1);
		median = stats_median_interval(x, n);
		covered += median.low <= 1 && 1 <= median.high;
	}
	return (double)covered / runs;
}

/* Boots differ by as much as two samples do, evenly to both sides: else the truth would be no single number.
 */
static double boots_cover(size_t boots, unsigned runs)
{
	unsigned covered = 0;

	for (unsigned r = 0; r < runs; r++) {
		double x[MOST * BLOCKS_A_BOOT], y[MOST * BLOCKS_A_BOOT];
		unsigned boot[MOST * BLOCKS_A_BOOT];
		struct effect e;

		for (size_t b = 0; b < boots; b++) {
			double shift = exp(0.02 * draw(r % 2 ? NORMAL : HEAVY));

			draw_run(r % NR_NOISE, TRUE_RATIO * shift, BLOCKS_A_BOOT, x + b * BLOCKS_A_BOOT,
				 y + b * BLOCKS_A_BOOT);
			for (size_t i = 0; i < BLOCKS_A_BOOT; i++)
				boot[b * BLOCKS_A_BOOT + i] = (unsigned)b;
		}
		stats_effect_boots(x, y, boot, boots * BLOCKS_A_BOOT, &e);
		covered += e.low <= TRUE_RATIO && TRUE_RATIO <= e.high;
	}
	return (double)covered / runs;
}

static double unpaired_covers(size_t n, unsigned runs)
{
	unsigned covered = 0;

	for (unsigned r = 0; r < runs; r++) {
		double x[MOST], y[MOST];
		struct values a = { x, n }, b = { y, n };
		struct effect e;

		for (size_t i = 0; i < n; i++) {
			x[i] = TRUE_RATIO * exp(0.02 * draw(r % NR_NOISE));
			y[i] = exp(0.02 * draw(r % NR_NOISE));
		}
		stats_unpaired(&a, &b, &e);
		covered += e.low <= TRUE_RATIO && TRUE_RATIO <= e.high;
	}
	return (double)covered / runs;
}

/* Bins a twentieth of an e-fold wide, from exp(-2) on. */
static double edge(double bin)
{
	return exp(bin / BINS_AN_E_FOLD - 2);
}

/* Latencies of a block are lognormal, and blocks differ: by 10 % in their pace and as much in their tail. */
static double pace, spread;

static void next_block(void)
{
	pace = gsl_ran_gaussian_ziggurat(rng, 0.1);
	spread = exp(gsl_ran_gaussian_ziggurat(rng, 0.1));
}

static double log_latency(void)
{
	return pace + spread * gsl_ran_gaussian_ziggurat(rng, 1);
}

static void draw_block(double counts[BINS])
{
	next_block();
	for (int i = 0; i < LATENCIES; i++) {
		int bin = (int)floor((log_latency() + 2) * BINS_AN_E_FOLD);

		counts[bin < 0 ? 0 : bin < BINS ? bin : BINS - 1]++;
	}
}

static void to_hist(const double counts[BINS], struct hist *h)
{
	*h = (struct hist){ 0 };
	for (int bin = 0; bin < BINS; bin++)
		hist_add(h, edge(bin), edge(bin + 1), (uint64_t)counts[bin]);
}

/* What blocks without number would show, a latency of each. */
static void true_quantiles(double value[NR_TAIL])
{
	static double x[2000000];
	const size_t n = sizeof(x) / sizeof(*x);

	for (size_t i = 0; i < n; i++) {
		next_block();
		x[i] = log_latency();
	}
	for (int t = 0; t < NR_TAIL; t++)
		value[t] = exp(gsl_stats_select(x, 1, n, (size_t)(stats_tail[t] * n)));
}

static void draw_hists(struct hist *h, const struct hist **block, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		double counts[BINS] = { 0 };

		draw_block(counts);
		to_hist(counts, &h[i]);
		block[i] = &h[i];
	}
}

static bool holds(const struct interval *band, double truth)
{
	return band->low <= truth && truth <= band->high;
}

/* Of the quantiles, and of the shifts between two policies that do not differ. */
static void tails_cover(size_t n, unsigned runs, const double *truth, unsigned covered[2][NR_TAIL])
{
	struct hist hx[MOST], hy[MOST];
	const struct hist *x[MOST], *y[MOST];
	struct interval band[NR_TAIL], shift[NR_TAIL];

	memset(covered, 0, 2 * sizeof(*covered));
	for (unsigned r = 0; r < runs; r++) {
		draw_hists(hx, x, n);
		draw_hists(hy, y, n);
		stats_tail_bands(x, n, band);
		stats_tail_shifts(x, y, n, shift);
		for (int t = 0; t < NR_TAIL; t++) {
			covered[0][t] += holds(&band[t], truth[t]);
			covered[1][t] += shift[t].low <= 0 && 0 <= shift[t].high;
		}
		for (size_t i = 0; i < n; i++) {
			free(hx[i].bins);
			free(hy[i].bins);
		}
	}
}

static void row(size_t n, unsigned runs, const double *truth)
{
	double median = median_covers(n, 40 * runs), unpaired = unpaired_covers(n, 40 * runs);
	double boots = boots_cover(n, 40 * runs), error = 3 * standard_error(0.95, 40 * runs);
	unsigned covered[2][NR_TAIL], least = runs;

	tails_cover(n, runs, truth, covered);
	printf("# %2zu   %5.1f   %5.1f   %5.1f  ", n, 100 * median, 100 * unpaired, 100 * boots);
	for (int t = 0; t < 2 * NR_TAIL; t++) {
		unsigned c = covered[t / NR_TAIL][t % NR_TAIL];

		printf(" %5.1f", 100.0 * c / runs);
		if (t % NR_TAIL < 3)
			least = c < least ? c : least;
	}
	printf("\n");
	ok(fmin(median, fmin(unpaired, boots)) >= 0.95 - error,
	   "n = %zu: exact intervals cover what they promise", n);
	ok(least >= 0.85 * runs, "n = %zu: bands and shifts up to p99 cover 85 %% at least", n);
}

/*
 * Few runs and sizes for a test, more for the table in harness/stats/README.md. With 50 runs a coverage of 95
 * % is below 85 % by chance too often.
 */
int main(int argc, char **argv)
{
	static const size_t sizes[] = { 6, 15, 50, 8, 10, 20, 30, 40 };
	unsigned times = begin(argc, argv), runs = times > 1 ? 50 * times : 200;
	double truth[NR_TAIL];

	true_quantiles(truth);
	printf("# coverage in %% of 95 %% intervals; standard error %.1f of bands and shifts, %.2f of the others\n",
	       100 * standard_error(0.95, runs), 100 * standard_error(0.95, 40 * runs));
	printf("#  n  median unpaired boots   band: .5    .9   .99  .999 shift: .5    .9   .99  .999\n");
	for (size_t i = 0; i < (times > 1 ? 8 : 3); i++)
		row(sizes[i], runs, truth);
	return end();
}
