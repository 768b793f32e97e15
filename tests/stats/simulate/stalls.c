/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A policy that stalls in a few samples: how often it is called equivalent, by the ranks of the blocks alone
 * and by the judgement. Beside it the floor: where not one of n blocks had a stall, every method must call it
 * equivalent or refuse runs without stalls as well.
 */
#include <string.h>
#include "judged.h"
#include "simulate.h"
#include "stats/effect.h"

#define MOST 30

static const struct stall {
	double share, times, noise; /* of samples; as long; standard deviation */
} stalls[] = {
	{ 0.10, 1.5, 0.01 }, { 0.05, 3, 0.01 }, { 0.02, 10, 0.01 }, { 0, 1, 0.01 },
	{ 0.10, 1.5, 0.02 }, { 0.05, 3, 0.02 }, { 0.02, 10, 0.02 }, { 0, 1, 0.02 },
};

struct shares {
	double ranks, judged, covered; /* called equivalent; the totals' 95 % interval holds the truth */
};

static void draw_stalls(const struct stall *s, size_t n, double *policy, double *fair)
{
	for (size_t i = 0; i < n; i++) {
		fair[i] = 10 * exp(s->noise * draw(NORMAL));
		policy[i] =
			10 * exp(s->noise * draw(NORMAL)) * (gsl_rng_uniform(rng) < s->share ? s->times : 1);
	}
}

static bool equal_by_ranks(const double *policy, const double *fair, size_t n)
{
	struct effect e;

	stats_effect(policy, fair, n, &e);
	return e.low90 >= 1 / (1 + VERDICT_MARGIN) && e.high90 <= 1 + VERDICT_MARGIN;
}

static struct shares count_equal(const struct stall *s, size_t n, unsigned runs)
{
	double truth = 1 + s->share * (s->times - 1);
	struct shares sum = { 0 };

	for (unsigned r = 0; r < runs; r++) {
		double policy[MOST], fair[MOST];
		struct judgement j, *alone = &j;

		draw_stalls(s, n, policy, fair);
		j = measured(policy, fair, n, 0);
		judge_family(&alone, 1);
		sum.ranks += equal_by_ranks(policy, fair, n);
		sum.judged += j.verdict == VERDICT_EQUIVALENT;
		sum.covered += j.totals.low <= truth && truth <= j.totals.high;
	}
	return (struct shares){ sum.ranks / runs, sum.judged / runs, sum.covered / runs };
}

static void put_row(const struct stall *s, size_t n, const struct shares *f)
{
	printf("| %.0f %% of samples %gx | %.0f %% | %zu | %.1f | %.1f | %.1f | %.1f |\n", 100 * s->share,
	       s->times, 100 * s->noise, n, 100 * pow(1 - s->share, n), 100 * f->ranks, 100 * f->judged,
	       100 * f->covered);
}

/* Above the floor by no more than 5 %; without stalls as often as by ranks, but for a few. */
static void check(const struct stall *s, size_t n, unsigned runs)
{
	struct shares f = count_equal(s, n, runs);
	double floor = pow(1 - s->share, n), error = 3 * standard_error(fmin(0.5, floor + 0.05), runs);

	if (s->share > 0)
		ok(f.judged <= floor + 0.05 + error,
		   "%.0f %% of samples %gx, noise %.0f %%, n = %zu: %.1f %% equivalent", 100 * s->share,
		   s->times, 100 * s->noise, n, 100 * f.judged);
	else
		ok(f.judged >= f.ranks - 0.1,
		   "no stalls, noise %.0f %%, n = %zu: %.1f %% equivalent, %.1f %% by ranks", 100 * s->noise,
		   n, 100 * f.judged, 100 * f.ranks);
}

int main(int argc, char **argv)
{
	bool all = argc > 1 && !strcmp(argv[1], "all");

	begin(1, argv);
	for (size_t i = 0; i < sizeof(stalls) / sizeof(*stalls); i++) {
		for (size_t n = 15; n <= MOST; n *= 2) {
			struct shares f;

			if (!all) {
				check(&stalls[i], n, 400);
				continue;
			}
			f = count_equal(&stalls[i], n, 10000);
			put_row(&stalls[i], n, &f);
		}
	}
	return all ? 0 : end();
}
