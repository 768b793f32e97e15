/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Tails that a few blocks decide: a share of the blocks has a stall of 100 ms, which delays a hundred wakeups
 * by 100 ms, 99 ms and so on. How often a band is shown, and how often it then holds the true quantile.
 */
#include <string.h>
#include "simulate.h"
#include "stats/stats.h"

#define MOST 50
#define WAKEUPS 4000 /* of a block */
#define STALL 100    /* ms, and wakeups */
#define BINS_AN_E_FOLD 20
#define BINS 260 /* from 1 us on */

static double edge(int bin)
{
	return exp((double)bin / BINS_AN_E_FOLD);
}

static void count_latency(uint64_t count[BINS], double us)
{
	int bin = (int)floor(log(us) * BINS_AN_E_FOLD);

	count[bin < 0 ? 0 : bin < BINS ? bin : BINS - 1]++;
}

/* Blocks differ by 10 % in their pace and as much in their spread. */
static void draw_block(double stalls, uint64_t count[BINS])
{
	double pace = gsl_ran_gaussian_ziggurat(rng, 0.1),
	       spread = 0.5 * exp(gsl_ran_gaussian_ziggurat(rng, 0.1));

	memset(count, 0, BINS * sizeof(*count));
	for (int i = 0; i < WAKEUPS; i++)
		count_latency(count, 10 * exp(pace + spread * gsl_ran_gaussian_ziggurat(rng, 1)));
	if (gsl_rng_uniform(rng) < stalls)
		for (int k = 1; k <= STALL; k++)
			count_latency(count, 1000 * (k - gsl_rng_uniform(rng)));
}

static void to_hist(const uint64_t count[BINS], struct hist *h)
{
	*h = (struct hist){ 0 };
	for (int bin = 0; bin < BINS; bin++)
		hist_add(h, edge(bin), edge(bin + 1), count[bin]);
}

static double true_quantile(double stalls, double q)
{
	uint64_t all[BINS] = { 0 }, count[BINS];
	struct hist h;
	double value;

	for (int i = 0; i < 10000; i++) {
		draw_block(stalls, count);
		for (int bin = 0; bin < BINS; bin++)
			all[bin] += count[bin];
	}
	to_hist(all, &h);
	value = stats_hist_quantile(&h, q);
	free(h.bins);
	return value;
}

struct shown {
	double band, holds; /* in % of runs; of bands */
};

static bool band_holds(double stalls, size_t n, double truth, bool *band)
{
	const struct hist *block[MOST] = { 0 };
	struct interval out[NR_TAIL], *last = &out[NR_TAIL - 1];
	struct hist h[MOST];
	uint64_t count[BINS];

	for (size_t i = 0; i < n; i++) {
		draw_block(stalls, count);
		to_hist(count, &h[i]);
		block[i] = &h[i];
	}
	stats_tail_bands(block, n, out);
	for (size_t i = 0; i < n; i++)
		free(h[i].bins);
	*band = !isnan(last->low);
	return last->low <= truth && truth <= last->high;
}

static struct shown count_runs(double stalls, size_t n, double truth, unsigned runs)
{
	struct shown s = { 0 };

	for (unsigned r = 0; r < runs; r++) {
		bool band;

		s.holds += band_holds(stalls, n, truth, &band);
		s.band += band;
	}
	s.holds *= 100 / s.band;
	s.band *= 100.0 / runs;
	return s;
}

static void table(void)
{
	static const double stalls[] = { 0, 0.05, 0.1, 0.2, 0.4 };
	static const size_t sizes[] = { 6, 15, 30, 40, 50 };

	for (size_t k = 0; k < sizeof(stalls) / sizeof(*stalls); k++) {
		double truth = true_quantile(stalls[k], 0.999);

		printf("| %.0f %% of blocks | %.3g |", 100 * stalls[k], truth / 1000);
		for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
			struct shown s = count_runs(stalls[k], sizes[i], truth, 1000);

			printf(s.band > 0 ? " %.1f |" : " none |", s.holds);
			fflush(stdout);
		}
		printf("\n");
	}
}

int main(int argc, char **argv)
{
	const unsigned runs = 60;
	struct shown few, enough;
	double truth;

	begin(1, argv);
	if (argc > 1 && !strcmp(argv[1], "all")) {
		table();
		return 0;
	}
	truth = true_quantile(0.1, 0.999);
	few = count_runs(0.1, 15, truth, 10);
	ok(few.band == 0, "stalls in 10 %% of blocks, n = 15: p99.9 has no band");
	enough = count_runs(0.1, 30, truth, runs);
	ok(enough.band == 100 && enough.holds >= 93 - 300 * standard_error(0.93, runs),
	   "n = 30: it has one, which holds in %.0f %%", enough.holds);
	return end();
}
