/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Two runs, and a run against the nights before it, where runs differ although nothing was changed: how often
 * a verdict is false, what the gate does at a true loss, and what one wild night costs.
 */
#include "simulate.h"
#include "stats/effect.h"
#include "stats/nights.h"
#include "stats/verdict.h"

#define BLOCKS 15
#define FAMILY 20
#define MOST 60
#define SMALLEST log(1.005)

/* A run: n ratios with its own shift; blocks have 1 % of noise a sample, so a ratio has sqrt(2) %. */
static void draw_blocks(double shift, double noise, double *ratio)
{
	for (size_t i = 0; i < BLOCKS; i++)
		ratio[i] = exp(shift + noise * (gsl_ran_gaussian_ziggurat(rng, 1) -
						gsl_ran_gaussian_ziggurat(rng, 1)));
}

struct world {
	double noise, between; /* of a sample; from run to run */
	size_t nights;
	double wild; /* one of the nights lies so far off */
};

static double draw_shift(const struct world *w)
{
	return gsl_ran_gaussian_ziggurat(rng, w->between);
}

static struct night_spread draw_spread(const struct world *w)
{
	struct night_ratio night[MOST];
	double ratio[BLOCKS];

	for (size_t i = 0; i < w->nights; i++) {
		draw_blocks(draw_shift(w) + (i == w->nights / 2 ? log1p(w->wild) : 0), w->noise, ratio);
		night[i] = stats_night(&(struct values){ ratio, BLOCKS });
	}
	return stats_night_spread(night, w->nights, &(struct night_rule){ SMALLEST, 0 });
}

/* A new run at a true loss, against an older run (two) or the nights. */
static struct effect draw_effect(const struct world *w, double loss, bool two)
{
	struct night_spread s = draw_spread(w);
	double old[BLOCKS], now[BLOCKS];
	struct effect e;

	draw_blocks(draw_shift(w), w->noise, old);
	draw_blocks(draw_shift(w) + log1p(loss), w->noise, now);
	if (two)
		stats_two_runs(&(struct values){ now, BLOCKS }, &(struct values){ old, BLOCKS }, &s, &e);
	else
		stats_next_night(&(struct values){ now, BLOCKS }, &s, &e);
	return e;
}

static void false_families(const struct world *w, unsigned families)
{
	unsigned wrong = 0, cells = 0;
	double share;

	for (unsigned f = 0; f < families; f++) {
		double p[FAMILY], adjusted[FAMILY];
		bool any = false;

		for (int i = 0; i < FAMILY; i++)
			p[i] = draw_effect(w, 0, true).p;
		stats_adjust(p, FAMILY, adjusted);
		for (int i = 0; i < FAMILY; i++) {
			any |= adjusted[i] < VERDICT_ALPHA;
			cells += p[i] < VERDICT_ALPHA;
		}
		wrong += any;
	}
	share = (double)wrong / families;
	ok(share <= 0.05 + 3 * standard_error(0.05, families),
	   "two runs, run-to-run sd %.1f %%, %zu nights: %.1f %% of families of %d are wrong, %.1f %% of cells have "
	   "p < 0.05 (%u families)",
	   100 * w->between, w->nights, 100 * share, FAMILY, 100.0 * cells / families / FAMILY, families);
}

static void gate(const struct world *w, bool two, unsigned runs)
{
	static const double loss[] = { 0, 0.03, 0.05, 0.08, 0.15 };
	unsigned passed = 0, at = 0;

	printf("# %s, noise %.0f %%, run-to-run sd %.1f %%, %zu nights%s:", two ? "two runs" : "nights",
	       100 * w->noise, 100 * w->between, w->nights, w->wild > 0 ? ", one wild" : "");
	for (int i = 0; i < 5; i++) {
		unsigned count[3] = { 0 };

		for (unsigned r = 0; r < runs; r++) {
			struct effect e = draw_effect(w, loss[i], two);

			count[stats_noninferior(&e, 0.05, BETTER_LOWER)]++;
		}
		if (loss[i] == 0.05)
			passed = count[GATE_PASS];
		printf(" %.0f %%: %.1f/%.1f/%.1f", 100 * loss[i], 100.0 * count[GATE_PASS] / runs,
		       100.0 * count[GATE_REGRESSION] / runs, 100.0 * count[GATE_INCONCLUSIVE] / runs);
	}
	printf("\n");
	at = (unsigned)(runs * (0.03 + 3 * standard_error(0.03, runs)));
	ok(passed <= at, "of %u runs that lose 5 %%, just the threshold, %u pass", runs, passed);
}

int main(int argc, char **argv)
{
	static const double between[] = { 0, 0.005, 0.01, 0.02 };
	static const double apart[] = { 0.003, 0.01, 0.02 };
	static const size_t nights[] = { 6, 10, 30 }, few[] = { 5, 7, 14 };
	unsigned more = begin(argc, argv);

	for (int k = 0; k < 3; k++)
		for (int i = 0; i < 4; i++)
			false_families(&(struct world){ 0.01, between[i], nights[k], 0 }, 300 * more);
	for (int k = 0; k < 3; k++)
		for (int i = 0; i < 4; i++)
			gate(&(struct world){ 0.01, between[i], nights[k], 0 }, true, 500 * more);
	for (int k = 0; k < 3; k++)
		for (int i = 0; i < 3; i++) {
			gate(&(struct world){ 0.01, apart[i], few[k], 0 }, false, 500 * more);
			gate(&(struct world){ 0.01, apart[i], few[k], 0.1 }, false, 500 * more);
		}
	return end();
}
