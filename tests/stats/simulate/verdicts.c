/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Families of comparisons: how often a verdict is false where nothing differs, and how often what differs is
 * found; and whether the blocks and the smallest effect that are foretold are right.
 */
#include "judged.h"
#include "simulate.h"

#define MOST 400
#define POLICIES 5
#define WORKLOADS 4
#define FAMILY (POLICIES * WORKLOADS)

static const struct verdict_rule rule = { VERDICT_MARGIN, VERDICT_ALPHA, BETTER_LOWER, 1 };

struct family {
	size_t n;
	enum noise noise;
	double ratio[FAMILY]; /* the truth */
	double step;	      /* values are rounded to it, as a clock does, so that there are ties; or 0 */
	enum verdict verdict[FAMILY];
};

static double rounded(double x, double step)
{
	return step > 0 ? fmax(round(x / step), 1) * step : x;
}

/* The policies of a workload share the block's fair sample, so their effects are not independent. */
static void draw_workload(const struct family *f, unsigned work, struct judgement *j)
{
	double fair[MOST], policy[POLICIES][MOST], block[MOST];

	for (size_t i = 0; i < f->n; i++) {
		block[i] = exp(gsl_ran_gaussian_ziggurat(rng, 0.1));
		fair[i] = rounded(block[i] * exp(0.02 * draw(f->noise)), f->step);
	}
	for (unsigned p = 0; p < POLICIES; p++) {
		for (size_t i = 0; i < f->n; i++)
			policy[p][i] =
				rounded(f->ratio[work * POLICIES + p] * block[i] * exp(0.02 * draw(f->noise)),
					f->step);
		j[p] = measured(policy[p], fair, f->n, f->step);
	}
}

static void judge(struct family *f)
{
	struct judgement j[FAMILY], *family[FAMILY];

	for (unsigned w = 0; w < WORKLOADS; w++)
		draw_workload(f, w, &j[w * POLICIES]);
	for (unsigned i = 0; i < FAMILY; i++)
		family[i] = &j[i];
	judge_family(family, FAMILY);
	for (unsigned i = 0; i < FAMILY; i++)
		f->verdict[i] = j[i].verdict;
}

static bool says_different(enum verdict v)
{
	return v == VERDICT_BETTER || v == VERDICT_WORSE;
}

/* The share of families in which something that does not differ is said to. */
static void false_families(size_t n, double step, unsigned runs)
{
	unsigned wrong = 0;
	double share;

	for (unsigned r = 0; r < runs; r++) {
		struct family f = { .n = n, .noise = r % NR_NOISE, .step = step };
		bool any = false;

		for (unsigned i = 0; i < FAMILY; i++)
			f.ratio[i] = 1;
		judge(&f);
		for (unsigned i = 0; i < FAMILY; i++)
			any |= says_different(f.verdict[i]);
		wrong += any;
	}
	share = (double)wrong / runs;
	ok(share <= 0.05,
	   "A/A, n = %zu%s: %.2f %% of families have a false verdict (%u families of %d, 3 s.e. %.2f %%)", n,
	   step > 0 ? ", with ties" : "", 100 * share, runs, FAMILY, 300 * standard_error(share, runs));
}

/*
 * In a family in which `real` comparisons have a true effect of 3 % and the others none: the false discovery
 * rate, the mean over families of the share of their verdicts of difference that is false.
 */
static void found(unsigned real, enum noise noise, unsigned runs)
{
	double rate = 0, error = 3 * standard_error(0.05, runs);
	unsigned right = 0;

	for (unsigned r = 0; r < runs; r++) {
		struct family f = { .n = 15, .noise = noise };
		unsigned wrong = 0, said = 0;

		for (unsigned i = 0; i < FAMILY; i++)
			f.ratio[i] = i < real ? 0.97 : 1;
		judge(&f);
		for (unsigned i = 0; i < FAMILY; i++) {
			said += says_different(f.verdict[i]);
			right += i < real && f.verdict[i] == VERDICT_BETTER;
			wrong += i >= real && says_different(f.verdict[i]);
		}
		rate += said ? (double)wrong / said / runs : 0;
	}
	printf("# %2u of %d comparisons differ by 3 %%, %s noise of 2 %% a sample, n = 15: %.1f %% of them found\n",
	       real, FAMILY, noise_name[noise], 100.0 * right / runs / real);
	ok(rate <= 0.05 + error,
	   "%u of %d differ, %s noise: false discovery rate %.2f %% (%u runs, 3 s.e. %.2f %%)", real, FAMILY,
	   noise_name[noise], 100 * rate, runs, 100 * error);
}

/* How often a comparison by itself has one of the verdicts, a set of bits. */
static double alone(double ratio, size_t n, unsigned runs, unsigned verdicts)
{
	unsigned given = 0;

	for (unsigned r = 0; r < runs; r++) {
		double policy[MOST], fair[MOST];
		struct judgement j, *alone = &j;

		draw_run(NORMAL, ratio, n, policy, fair);
		j = measured(policy, fair, n, 0);
		judge_family(&alone, 1);
		given += verdicts >> j.verdict & 1;
	}
	return (double)given / runs;
}

static void single_comparisons(unsigned runs)
{
	double power = alone(0.97, 15, runs, 1 << VERDICT_BETTER),
	       edge = alone(1.02, 15, runs, 1 << VERDICT_EQUIVALENT);

	ok(power - 3 * standard_error(power, runs) >= 0.9,
	   "3 %% at 2 %% noise, n = 15, a comparison by itself: %.1f %% found (%u runs, 3 s.e. %.1f %%)",
	   100 * power, runs, 300 * standard_error(power, runs));
	ok(edge <= 0.05 + 3 * standard_error(0.05, runs),
	   "an effect of just the margin is called equivalent in %.2f %% (%u runs, 3 s.e. %.2f %%)",
	   100 * edge, runs, 300 * standard_error(edge, runs));
}

/* An effect without error: what very many runs would show on average. */
static struct effect typical(double ratio, size_t n)
{
	double low = 0, high = 0, low90 = 0, high90 = 0;
	const unsigned runs = 2000;
	struct effect e;

	for (unsigned r = 0; r < runs; r++) {
		double policy[MOST], fair[MOST];

		draw_run(NORMAL, ratio, n, policy, fair);
		stats_effect(policy, fair, n, &e);
		low += log(e.low) / runs;
		high += log(e.high) / runs;
		low90 += log(e.low90) / runs;
		high90 += log(e.high90) / runs;
	}
	return (struct effect){ n, ratio, exp(low), exp(high), exp(low90), exp(high90), 0.5, 0 };
}

/* A difference or equivalence, whichever: 80 % is aimed at, and more for the few blocks with wide intervals.
 */
static void foretold(double ratio, size_t n, unsigned runs)
{
	const unsigned decided = 1 << VERDICT_BETTER | 1 << VERDICT_WORSE | 1 << VERDICT_EQUIVALENT;
	struct effect e = typical(ratio, n);
	unsigned blocks = stats_blocks_needed(&e, &rule);
	double share = blocks && blocks < MOST ? alone(ratio, blocks, runs, decided) : NAN;

	ok(share > 0.75 && share < 0.96,
	   "a ratio of %.3f after %zu blocks: %u blocks are foretold, and decide in %.0f %%", ratio, n,
	   blocks, 100 * share);
}

/* Shown to be there, be it large enough to matter or not. */
static void detectable(size_t n, unsigned runs)
{
	struct effect aa = typical(1, n);
	double least = stats_detectable(&aa, n, 1);
	unsigned seen = 0;

	for (unsigned r = 0; r < runs; r++) {
		double policy[MOST], fair[MOST];
		struct effect e;

		draw_run(NORMAL, 1 / (1 + least), n, policy, fair);
		stats_effect(policy, fair, n, &e);
		seen += e.high < 1;
	}
	ok(seen > 0.75 * runs && seen < 0.85 * runs,
	   "n = %zu: the smallest effect to be seen is %.2f %%, and is in %.0f %%", n, 100 * least,
	   100.0 * seen / runs);
}

int main(int argc, char **argv)
{
	unsigned times = begin(argc, argv);

	false_families(6, 0, 2000 * times);
	false_families(10, 0, 2000 * times);
	false_families(15, 0, 4000 * times);
	false_families(15, 0.02, 2000 * times);
	false_families(30, 0, 1000 * times);
	single_comparisons(20000 * times);
	for (unsigned noise = 0; noise < NR_NOISE; noise++)
		found(5, noise, 1000 * times);
	found(1, NORMAL, 1000 * times);
	found(FAMILY, NORMAL, 500 * times);
	foretold(0.985, 10, 2000 * times);
	foretold(1, 6, 2000 * times);
	foretold(0.97, 6, 2000 * times);
	foretold(0.975, 15, 2000 * times);
	for (size_t n = 6; n <= 48; n *= 2)
		detectable(n, 2000 * times);
	return end();
}
